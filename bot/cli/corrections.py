"""`attache corrections …`: the same that `/corrections` does in Discord. `bot.cli.main` takes it up.

As there, what a command needs is imported when it runs.
"""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.arguments import DossierFile
from bot.cli.opening import answer_with

Number = Annotated[int, typer.Argument(min=1, help="The report's number.")]

corrections = typer.Typer(name="corrections", help="What was reported, and what was put right.", no_args_is_help=True)


@corrections.command("list")
def list_all(context: typer.Context, dossier: DossierFile = None) -> None:
    """Print what was put right for everybody: when, which line, what changed, and why."""
    from bot.console import correction_answers  # noqa: PLC0415

    answer_with(context, dossier, None, correction_answers.list_all)


@corrections.command()
def queue(context: typer.Context, dossier: DossierFile = None) -> None:
    """Print the reports of all servers that wait."""
    from bot.console import correction_answers  # noqa: PLC0415

    answer_with(context, dossier, None, correction_answers.queue)


@corrections.command()
def report(  # noqa: PLR0917  # typer reads options from the parameters; so below
    context: typer.Context,
    edition: Annotated[str, typer.Argument(help="The id beneath an answer, such as B-1a2b3c4d.")],
    line: Annotated[int, typer.Argument(min=1, help="The line's number.")],
    reason: Annotated[str, typer.Option(help="speaker, stance, text or other.")] = "other",
    note: Annotated[str, typer.Option(help="A word on it.")] = "",
    dossier: DossierFile = None,
) -> None:
    """Report a line."""
    from bot.console import correction_answers  # noqa: PLC0415

    answer_with(
        context, dossier, None, lambda services: correction_answers.report(services, edition, line, reason, note)
    )


@corrections.command()
def accept(  # noqa: PLR0917
    context: typer.Context,
    number: Number,
    speaker: Annotated[str | None, typer.Option(help="Who really said it, or nobody.")] = None,
    stance: Annotated[str | None, typer.Option(help="for, against, conditional or unclear.")] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Show the line no more.")] = False,
    of: Annotated[str | None, typer.Option(help="Whose statement is meant, where several speak in the line.")] = None,
    dossier: DossierFile = None,
) -> None:
    """Put a reported line right, for everybody."""
    from bot.console import correction_answers  # noqa: PLC0415
    from bot.services.corrections import Decision  # noqa: PLC0415

    decision = Decision(speaker, stance, withdraw, of)
    answer_with(context, dossier, None, lambda services: correction_answers.accept(services, number, decision))


@corrections.command()
def reject(context: typer.Context, number: Number, dossier: DossierFile = None) -> None:
    """Leave a reported line as it is."""
    from bot.console import correction_answers  # noqa: PLC0415

    answer_with(context, dossier, None, lambda services: correction_answers.reject(services, number))


@corrections.command()
def export(context: typer.Context, dossier: DossierFile = None) -> None:
    """Print what was put right as regression cases, one JSON object a line."""
    from bot.console import correction_answers  # noqa: PLC0415

    answer_with(context, dossier, None, correction_answers.export)


@corrections.command()
def replay(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="What `corrections export`, or /corrections export in Discord, wrote.")],
    dossier: DossierFile = None,
) -> None:
    """Print how the rules of the last load read exported cases: right, wrong, or gone; exit code 1 if one is wrong."""
    from bot.console import correction_answers  # noqa: PLC0415

    answer_with(context, dossier, None, lambda services: correction_answers.replay(services, file))
