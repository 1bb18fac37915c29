"""`attache adopt`. `bot.cli.main` takes it up. As there, what it needs is imported when it runs."""

import sys

import typer

from bot.cli.arguments import DossierFile
from bot.cli.opening import end, language_data, settings_of

adopting = typer.Typer()


@adopting.command()
def adopt(context: typer.Context, dossier: DossierFile = None) -> None:
    """Tie the database to this dossier, whichever it was filled with: for a dossier whose id has changed.

    What is stored stays, and is told from then on; another negotiation needs a DATABASE_URL of its own instead.
    """
    settings, _ = settings_of(context, dossier, None)
    wanted = language_data(context, dossier)[0].id

    async def act() -> int:
        from bot.storage.belonging import hand_over  # noqa: PLC0415
        from bot.storage.database import open_database  # noqa: PLC0415

        database = await open_database(settings.database_url)
        try:
            before = await hand_over(database.engine, wanted)
            articles = await database.corpus.size()
        finally:
            await database.close()
        was = f"that of “{before}”" if before else "nobody's"
        sys.stdout.write(
            f"{database.masked_url} is the database of “{wanted}” now; it was {was}. "
            f"Its {articles} articles stay and are told. Restart what runs on it.\n"
        )
        return 0

    end(act())
