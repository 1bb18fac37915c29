"""The command line: arguments in, exit code out.

What a command needs is imported when it runs, so that `--help` and wrong arguments are answered at once.
"""

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot import __version__
from bot.cli.adopting import adopting
from bot.cli.arguments import Articles, DossierFile, Format, Formats, Words, spread_paths
from bot.cli.batch import batch
from bot.cli.checking import checking
from bot.cli.corrections import corrections
from bot.cli.evidence import evidence
from bot.cli.opening import end, settings_of, token_of, with_app
from bot.cli.schedules import schedules
from bot.cli.searching import searching
from bot.cli.settings import settings as settings_file
from bot.cli.sources import sources
from bot.errors import AttacheError, ConfigurationError
from bot.process import STOPPED, exit_code, share_one_heap, speak_utf8

if TYPE_CHECKING:
    from config.settings import Settings

app = typer.Typer(
    name="attache",
    help="A briefing officer for people who follow a negotiation: who said what, verbatim and cited.",
    epilog="Without a command the console opens. Settings come from the environment or .env; see README.md.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"Attaché {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version.")]


@app.callback(invoke_without_command=True)
def _default(
    context: typer.Context,
    dossier: DossierFile = None,
    articles: Articles = None,
    version: Version = False,  # noqa: ARG001  # typer answers it before this runs
) -> None:
    context.obj = (dossier, articles)
    if context.invoked_subcommand is None:
        console(context)


@app.command()
def console(context: typer.Context, dossier: DossierFile = None, articles: Articles = None) -> None:
    """Load, print today's briefing and take the same commands as in Discord. Commands may be piped in."""
    from bot.console.screen import Screen  # noqa: PLC0415  # see the module's docstring; so below
    from bot.console.session import Console  # noqa: PLC0415

    settings, given = settings_of(context, dossier, articles)
    history = None if given else _data_folder(settings) / "console_history"
    end(with_app(settings, given, lambda opened: Console(opened.services, Screen(), history).run()))


@app.command()
def run(context: typer.Context, dossier: DossierFile = None, articles: Articles = None) -> None:
    """Run the Discord bot until SIGTERM. Needs DISCORD_TOKEN."""
    settings, given = settings_of(context, dossier, articles)
    if not token_of(settings):
        raise ConfigurationError("DISCORD_TOKEN", "it is not set, and the bot can't log in without it")
    from bot.roles import run_discord  # noqa: PLC0415

    end(run_discord(settings, articles=given), stopped=0)


@app.command()
def load(
    context: typer.Context,
    every: Annotated[
        int | None, typer.Option(min=1, max=1440, help="Minutes between rounds; RELOAD_MINUTES without it.")
    ] = None,
    dossier: DossierFile = None,
) -> None:
    """Read the sources every so often until SIGTERM, so that bots at the same database need not."""
    settings, _ = settings_of(context, dossier, None)
    from datetime import timedelta  # noqa: PLC0415

    from bot.roles import run_loader  # noqa: PLC0415

    end(run_loader(settings, timedelta(minutes=every or settings.reload_minutes)), stopped=0)


@app.command()
def reload(context: typer.Context, dossier: DossierFile = None, articles: Articles = None) -> None:
    """Read what changed in the sources. Exit code 1 if something could not be read."""
    from bot.console import answers  # noqa: PLC0415

    settings, given = settings_of(context, dossier, articles)
    end(with_app(settings, given, lambda opened: answers.reload(opened.services)))


@app.command()
def brief(  # noqa: PLR0917  # typer reads options from the parameters
    context: typer.Context,
    topic: Annotated[list[str] | None, typer.Option(help="Only this topic; may be given again.")] = None,
    actor: Annotated[list[str] | None, typer.Option(help="Only this actor; may be given again.")] = None,
    since: Annotated[str, typer.Option(metavar="24h|7d|DATE|all", help="How far back.")] = "24h",
    words: Words = None,
    items: Annotated[int | None, typer.Option(min=1, help="At most this many items.")] = None,
    style: Formats = Format.TEXT,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print a briefing: verbatim sentences with citations, what shifted, what is contested."""
    from bot.console import answers  # noqa: PLC0415
    from bot.services.results import BriefRequest  # noqa: PLC0415

    request = BriefRequest(tuple(topic or ()), tuple(actor or ()), since, words, items)
    settings, given = settings_of(context, dossier, articles)
    end(with_app(settings, given, lambda opened: answers.brief(opened.services, request, style.value)))


@app.command()
def positions(  # noqa: PLR0917  # typer reads options from the parameters
    context: typer.Context,
    actor: Annotated[str | None, typer.Argument(help="A person, state or organisation, by name or alias.")] = None,
    topic: Annotated[str | None, typer.Option(help="A topic of the dossier.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="What was known on this date.")] = None,
    style: Formats = Format.TEXT,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print where an actor stands on each topic, or who stands where on one."""
    from bot.console import answers  # noqa: PLC0415
    from bot.services.results import PositionsRequest  # noqa: PLC0415

    request = PositionsRequest(actor, topic, as_of)
    settings, given = settings_of(context, dossier, articles)
    end(with_app(settings, given, lambda opened: answers.positions(opened.services, request, style.value)))


for commands in (checking, adopting, batch, evidence, searching, sources, settings_file, schedules, corrections):
    app.add_typer(commands)


def main() -> NoReturn:
    """Entry point of `attache` and `python -m bot`."""
    speak_utf8()
    share_one_heap()
    try:
        sys.exit(app(spread_paths(sys.argv[1:]), prog_name="attache"))
    except AttacheError as error:
        from bot.console.screen import Screen  # noqa: PLC0415

        Screen().fail(error)
        sys.exit(exit_code(error))
    except BrokenPipeError:  # `attache brief | head`: whoever read has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(STOPPED + signal.SIGPIPE)
    except KeyboardInterrupt:
        sys.exit(STOPPED + signal.SIGINT)


def _data_folder(settings: "Settings") -> Path:
    """Where an SQLite file lives, or would."""
    prefix = "sqlite+aiosqlite:///"
    file = settings.database_url.removeprefix(prefix) if settings.database_url.startswith(prefix) else ""
    return Path(file).parent if file and not file.startswith(":") else Path("data")
