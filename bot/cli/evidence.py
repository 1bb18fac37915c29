"""The commands of the command line that show single statements and prove lines. `bot.cli.main` takes them up.

As there, what a command needs is imported when it runs.
"""

from typing import Annotated

import typer

from bot.cli.arguments import Articles, DossierFile, Format, Formats
from bot.cli.opening import answer_with

Actor = Annotated[str | None, typer.Argument(help="A person, state or organisation, by name or alias.")]
Topic = Annotated[str | None, typer.Option(help="A topic of the dossier.")]

evidence = typer.Typer()


@evidence.command()
def compare(  # noqa: PLR0917  # typer reads options from the parameters; so below
    context: typer.Context,
    first: Annotated[str, typer.Argument(help="A person, state or organisation.")],
    second: Annotated[str, typer.Argument(help="Another one.")],
    topic: Topic = None,
    style: Formats = Format.TEXT,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print two side by side: where they agree, where they differ, and the evidence of each."""
    from bot.console import answers  # noqa: PLC0415
    from bot.services.results import CompareRequest  # noqa: PLC0415

    request = CompareRequest(first, second, topic)
    answer_with(context, dossier, articles, lambda services: answers.compare(services, request, style.value))


@evidence.command()
def quotes(  # noqa: PLR0917
    context: typer.Context,
    actor: Actor = None,
    text: Annotated[str | None, typer.Option(help="Words that stand in the quote.")] = None,
    topic: Topic = None,
    style: Formats = Format.TEXT,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print what stands in quotation marks: somebody's words, or everybody's with certain words."""
    from bot.console import answers  # noqa: PLC0415
    from bot.services.results import QuotesRequest  # noqa: PLC0415

    request = QuotesRequest(actor, text, topic)
    answer_with(context, dossier, articles, lambda services: answers.quotes(services, request, style.value))


@evidence.command()
def timeline(  # noqa: PLR0917
    context: typer.Context,
    actor: Actor = None,
    topic: Topic = None,
    style: Formats = Format.TEXT,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print who said what, day by day: by an actor, on a topic, or both."""
    from bot.console import answers  # noqa: PLC0415
    from bot.services.results import TimelineRequest  # noqa: PLC0415

    request = TimelineRequest(actor, topic)
    answer_with(context, dossier, articles, lambda services: answers.timeline(services, request, style.value))


@evidence.command()
def shifts(
    context: typer.Context,
    since: Annotated[str, typer.Option(metavar="24h|7d|DATE|all", help="How far back.")] = "all",
    style: Formats = Format.TEXT,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print who moved, with the evidence before and after, and what is not counted as a move."""
    from bot.console import answers  # noqa: PLC0415
    from bot.services.results import ShiftsRequest  # noqa: PLC0415

    request = ShiftsRequest(since)
    answer_with(context, dossier, articles, lambda services: answers.shifts(services, request, style.value))


@evidence.command()
def explain(  # noqa: PLR0917
    context: typer.Context,
    article: Annotated[str, typer.Argument(help="Its title, its file or address, or its id; a beginning is enough.")],
    split: Annotated[bool, typer.Option("--split", help="First take it out of its story or event.")] = False,
    join: Annotated[bool, typer.Option("--join", help="First undo such a split.")] = False,
    style: Formats = Format.TEXT,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print what was decided about an article: what was dropped, folded, read, told or left, by rule and number."""
    if split and join:
        raise typer.BadParameter("give --split or --join, not both")
    from bot.console import answers  # noqa: PLC0415

    change = "split" if split else "join" if join else None
    answer_with(context, dossier, articles, lambda services: answers.explain(services, article, change, style.value))


@evidence.command()
def prove(  # noqa: PLR0917
    context: typer.Context,
    edition: Annotated[str, typer.Argument(help="The id beneath an answer, such as B-1a2b3c4d.")],
    line: Annotated[int, typer.Argument(min=1, help="The line's number.")] = 1,
    style: Formats = Format.TEXT,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print where a line stands and why it was read so. Exit code 1 if the store does not hold it any more."""
    from bot.console import answers  # noqa: PLC0415

    answer_with(context, dossier, articles, lambda services: answers.prove(services, edition, line, style.value))
