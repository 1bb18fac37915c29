"""The commands of the command line that look for sentences. `bot.cli.main` takes them up.

As there, what a command needs is imported when it runs.
"""

from typing import Annotated

import typer

from bot.cli.arguments import Articles, DossierFile, Format, Formats
from bot.cli.opening import answer_with

searching = typer.Typer()


@searching.command()
def search(  # noqa: PLR0917  # typer reads options from the parameters
    context: typer.Context,
    query: Annotated[
        list[str], typer.Argument(help='Words that must all occur, "phrases", -without, one OR other, begin*.')
    ],
    actor: Annotated[str | None, typer.Option(help="Only what this person, state or organisation said.")] = None,
    topic: Annotated[str | None, typer.Option(help="Only with words on this topic of the dossier.")] = None,
    since: Annotated[str, typer.Option(metavar="24h|7d|DATE|all", help="How far back.")] = "all",
    style: Formats = Format.TEXT,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print the sentences that hold certain words, best first, each with its source."""
    from bot.console import answers  # noqa: PLC0415
    from bot.services.results import SearchRequest  # noqa: PLC0415

    request = SearchRequest(" ".join(query), actor, topic, since)
    answer_with(context, dossier, articles, lambda services: answers.search(services, request, style.value))


@searching.command()
def ask(
    context: typer.Context,
    question: Annotated[list[str], typer.Argument(help="A question in plain words.")],
    style: Formats = Format.TEXT,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print sentences that answer a question, or that nothing was found. Exit code 1 if nothing was."""
    from bot.console import answers  # noqa: PLC0415
    from bot.services.results import AskRequest  # noqa: PLC0415

    request = AskRequest(" ".join(question))
    answer_with(context, dossier, articles, lambda services: answers.ask(services, request, style.value))
