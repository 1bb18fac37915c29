"""The commands that work on files and JSON lines without a database. `bot.cli.main` takes them up.

As there, what a command needs is imported when it runs.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot.cli.arguments import Articles, DossierFile, Format, Formats, Words
from bot.cli.opening import end, given_articles, language_data

if TYPE_CHECKING:
    from bot.batch.jsonl import Answered

Files = Annotated[list[Path] | None, typer.Argument(metavar="FILE…", exists=True, help="Text, Markdown or HTML.")]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="Filter JSON lines from standard input instead.")]

batch = typer.Typer()


@batch.command()
def summarize(  # noqa: PLR0917  # typer reads options from the parameters
    context: typer.Context,
    files: Files = None,
    words: Words = None,
    sentences: Annotated[int | None, typer.Option(min=1, help="This many sentences instead.")] = None,
    method: Annotated[
        str, typer.Option(help="attache, centroid or one of sumy's: lexrank, textrank, lsa, …")
    ] = "attache",
    style: Formats = Format.TEXT,
    jsonl: JsonLines = False,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print the sentences that say most. With --jsonl: {"id","docs":[{"title","text"}],"budget"} a line."""
    if words and sentences:
        raise typer.BadParameter("give --words or --sentences, not both")
    paths = _paths(context, files, articles, jsonl)
    from bot.batch.building import build_summarizer  # noqa: PLC0415
    from bot.batch.printing import print_summary  # noqa: PLC0415

    summarizer = build_summarizer(language_data(context, dossier)[1], method)
    if jsonl:
        _filter(summarizer.line)
    end(print_summary(summarizer, paths, words=words, sentences=sentences, style=style.value))


@batch.command()
def inspect(
    context: typer.Context,
    files: Files = None,
    jsonl: JsonLines = False,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print what was understood of each file, one JSON object a line. With --jsonl: {"id","title","text"} a line."""
    paths = _paths(context, files, articles, jsonl)
    from bot.batch.building import build_inspector  # noqa: PLC0415
    from bot.batch.inspection import print_inspected  # noqa: PLC0415

    dossier_in_force, lexicon = language_data(context, dossier)
    inspector = build_inspector(lexicon, dossier_in_force)
    if jsonl:
        _filter(inspector.line)
    end(print_inspected(inspector, paths))


@batch.command()
def stories(  # noqa: PLR0917  # typer reads options from the parameters
    context: typer.Context,
    files: Files = None,
    style: Formats = Format.TEXT,
    jsonl: JsonLines = False,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print which files are copies, and which tell of one event. --jsonl: {"id","title","text","published"} a line."""
    paths = _paths(context, files, articles, jsonl)
    from bot.batch.building import build_story_finder  # noqa: PLC0415
    from bot.batch.stories import print_stories  # noqa: PLC0415

    finder = build_story_finder(language_data(context, dossier)[1])
    if jsonl:
        from bot.batch.jsonl import answer_together  # noqa: PLC0415

        _print_answers(answer_together(sys.stdin.buffer, finder.lines))
    end(print_stories(finder, paths, style.value))


def _paths(
    context: typer.Context, files: list[Path] | None, articles: list[Path] | None, jsonl: bool
) -> tuple[Path, ...]:
    """The files of a batch command, which may also come as `--articles`."""
    paths = (*(files or ()), *given_articles(context, articles))
    if bool(paths) == jsonl:
        raise typer.BadParameter(
            "--jsonl reads standard input and takes no files" if jsonl else "give at least one FILE"
        )
    return paths


def _filter(answer: "Callable[[dict[str, Any]], Mapping[str, Any]]") -> NoReturn:
    """Answer standard input line by line. The exit code is 1 if a line could not be answered."""
    from bot.batch.jsonl import answer_lines  # noqa: PLC0415

    _print_answers(answer_lines(sys.stdin.buffer, answer))


def _print_answers(answers: "Iterable[Answered]") -> NoReturn:
    failed = False
    for answered in answers:
        print(answered.line, flush=True)
        failed = failed or answered.failed
    raise typer.Exit(int(failed))
