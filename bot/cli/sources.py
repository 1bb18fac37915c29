"""`attache sources …`: the same that `/sources` does in Discord. `bot.cli.main` takes it up.

As there, what a command needs is imported when it runs.
"""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.arguments import DossierFile
from bot.cli.opening import answer_with

Source = Annotated[str, typer.Argument(help="The source's name.")]

sources = typer.Typer(name="sources", help="What is read, and how it fares.", no_args_is_help=True)


@sources.command("list")
def list_all(context: typer.Context, dossier: DossierFile = None) -> None:
    """Print every source with its state."""
    from bot.console import source_answers  # noqa: PLC0415

    answer_with(context, dossier, None, source_answers.list_sources)


@sources.command()
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="Address of a feed, of a site that has one, or of a page.")],
    look: Annotated[bool, typer.Option("--look", help="Only look what is there, save nothing.")] = False,
    dossier: DossierFile = None,
) -> None:
    """Look what is at an address and read it from now on, for every server."""
    from bot.console import source_answers  # noqa: PLC0415

    answer_with(context, dossier, None, lambda services: source_answers.add(services, url, only_look=look))


@sources.command()
def check(context: typer.Context, source: Source, dossier: DossierFile = None) -> None:
    """Print what happened at the last fetch. Exit code 1 if the source can't be read."""
    from bot.console import source_answers  # noqa: PLC0415

    answer_with(context, dossier, None, lambda services: source_answers.check(services, source))


@sources.command()
def pause(context: typer.Context, source: Source, dossier: DossierFile = None) -> None:
    """Read a source no more, until it is resumed."""
    from bot.console import source_answers  # noqa: PLC0415

    answer_with(context, dossier, None, lambda services: source_answers.pause(services, source))


@sources.command()
def resume(context: typer.Context, source: Source, dossier: DossierFile = None) -> None:
    """Read a paused source again."""
    from bot.console import source_answers  # noqa: PLC0415

    answer_with(context, dossier, None, lambda services: source_answers.resume(services, source))


@sources.command()
def remove(
    context: typer.Context,
    source: Source,
    keep: Annotated[
        bool | None, typer.Option("--keep-articles/--delete-articles", help="What becomes of its articles.")
    ] = None,
    dossier: DossierFile = None,
) -> None:
    """Remove a source that was added here; one of the dossier is removed in its file."""
    from bot.console import source_answers  # noqa: PLC0415

    if keep is None:
        raise typer.BadParameter("say --keep-articles or --delete-articles")
    answer_with(context, dossier, None, lambda services: source_answers.remove(services, source, keeps_articles=keep))


@sources.command()
def reload(
    context: typer.Context,
    source: Annotated[str | None, typer.Argument(help="Only this source.")] = None,
    dossier: DossierFile = None,
) -> None:
    """Read what changed in all sources, or in one. Exit code 1 if something could not be read."""
    from bot.console import source_answers  # noqa: PLC0415

    answer_with(context, dossier, None, lambda services: source_answers.reload(services, source))


@sources.command("import")
def import_list(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="An OPML file.", exists=True, dir_okay=False)],
    dossier: DossierFile = None,
) -> None:
    """Add the feeds of an OPML file, for every server."""
    from bot.console import source_answers  # noqa: PLC0415

    answer_with(context, dossier, None, lambda services: source_answers.import_file(services, file))


@sources.command()
def export(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Where to write; without it, the file is printed.")] = None,
    dossier: DossierFile = None,
) -> None:
    """Write the feeds as an OPML file."""
    from bot.console import source_answers  # noqa: PLC0415

    answer_with(context, dossier, None, lambda services: source_answers.export_file(services, file))
