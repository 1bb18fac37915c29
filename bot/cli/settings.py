"""`attache settings …`: a server's settings as a file, as `/settings` does it in Discord. `bot.cli.main` takes it up.

As there, what a command needs is imported when it runs.
"""

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.arguments import DossierFile
from bot.cli.opening import answer_with

Guild = Annotated[int, typer.Option("--guild", min=1, help="The server's id.")]

_CHANNEL = re.compile(r"<(#\d+)>")  # as Discord would show it by name

settings = typer.Typer(name="settings", help="A server's settings as a file.", no_args_is_help=True)


@settings.command()
def export(
    context: typer.Context,
    guild: Guild,
    file: Annotated[Path | None, typer.Argument(help="Where to write; without it, the file is printed.")] = None,
    dossier: DossierFile = None,
) -> None:
    """Write schedules, own sources and log channel of a server."""
    from bot.services.app import Services  # noqa: PLC0415

    async def act(services: Services) -> int:
        content = await services.settings.export(guild)
        if file is None:
            sys.stdout.write(content.decode())
        else:
            file.write_bytes(content)
        return 0

    answer_with(context, dossier, None, act)


@settings.command("import")
def import_file(
    context: typer.Context,
    guild: Guild,
    file: Annotated[Path, typer.Argument(help="As `settings export` writes it.", exists=True, dir_okay=False)],
    apply: Annotated[bool, typer.Option("--apply", help="Change it; without, only say what would.")] = False,
    dossier: DossierFile = None,
) -> None:
    """Say what a file would change on a server; with --apply, change it. `doctor` looks at the channels' rights."""
    from bot.services.app import Services  # noqa: PLC0415
    from bot.services.guild_settings import plan_lines  # noqa: PLC0415

    async def act(services: Services) -> int:
        plan = await services.settings.plan(file.read_bytes(), guild, {})
        for line in plan_lines(plan):
            sys.stdout.write(_CHANNEL.sub(r"\1", line) + "\n")
        if apply:
            await services.settings.apply(plan, guild, 0)
        return 0

    answer_with(context, dossier, None, act)
