"""`attache schedules …`: every server's schedules, for the operator. `bot.cli.main` takes it up.

As there, what a command needs is imported when it runs.
"""

from typing import Annotated

import typer

from bot.cli.arguments import DossierFile
from bot.cli.opening import answer_with

Number = Annotated[int, typer.Argument(help="The schedule's number.", min=1)]
Guild = Annotated[int | None, typer.Option("--server", help="Only this server's: its id.")]

schedules = typer.Typer(name="schedules", help="What is posted where, and what became of it.", no_args_is_help=True)


@schedules.command("list")
def list_all(context: typer.Context, server: Guild = None, dossier: DossierFile = None) -> None:
    """Print every schedule with its next run and its last outcome."""
    from bot.console import schedule_answers  # noqa: PLC0415

    answer_with(context, dossier, None, lambda services: schedule_answers.list_schedules(services, server))


@schedules.command()
def log(
    context: typer.Context,
    number: Annotated[int | None, typer.Argument(help="Only this schedule's: its number.", min=1)] = None,
    server: Guild = None,
    last: Annotated[int, typer.Option(help="So many of the newest.", min=1, max=100)] = 20,
    dossier: DossierFile = None,
) -> None:
    """Print what became of the last posts: date, outcome, reason, tries and address of the message."""
    from bot.console import schedule_answers  # noqa: PLC0415

    answer_with(context, dossier, None, lambda services: schedule_answers.log(services, server, number, last))


@schedules.command()
def pause(context: typer.Context, number: Number, dossier: DossierFile = None) -> None:
    """Post nothing for a schedule until it is resumed."""
    from bot.console import schedule_answers  # noqa: PLC0415

    answer_with(context, dossier, None, lambda services: schedule_answers.pause(services, number))


@schedules.command()
def resume(context: typer.Context, number: Number, dossier: DossierFile = None) -> None:
    """Go on with a paused schedule."""
    from bot.console import schedule_answers  # noqa: PLC0415

    answer_with(context, dossier, None, lambda services: schedule_answers.resume(services, number))


@schedules.command()
def run(context: typer.Context, number: Number, dossier: DossierFile = None) -> None:
    """Have the running bot post a schedule within a minute, besides its times."""
    from bot.console import schedule_answers  # noqa: PLC0415

    answer_with(context, dossier, None, lambda services: schedule_answers.run(services, number))
