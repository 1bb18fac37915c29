"""`attache doctor`. `bot.cli.main` takes it up. As there, what it needs is imported when it runs."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.catalogues import mark, tr
from bot.cli.arguments import Articles, DossierFile
from bot.cli.opening import end, settings_of, token_of
from bot.process import FAILED

if TYPE_CHECKING:
    from bot.doctor import Doctor
    from bot.services.results import Check, Status
    from config.settings import Settings

checking = typer.Typer()


@checking.command()
def doctor(context: typer.Context, dossier: DossierFile = None, articles: Articles = None) -> None:
    """Check settings, dossier, lexicon, database, sources and (with a token) Discord. Exit code 1 if one fails."""
    from bot.console.screen import Screen  # noqa: PLC0415
    from bot.doctor import Doctor  # noqa: PLC0415
    from bot.presentation.admin_pages import checks_page  # noqa: PLC0415

    async def examine() -> int:
        physician = Doctor()
        await _examine(physician, context, dossier, articles)
        Screen().show(checks_page(physician.checks), wrapped=False)
        return 0 if all(check.ok for check in physician.checks) else FAILED

    end(examine())


async def _examine(
    physician: "Doctor", context: typer.Context, dossier_file: Path | None, articles: list[Path] | None
) -> None:
    """Every check in order; what builds on something that failed is left out."""
    from bot import doctor  # noqa: PLC0415
    from bot.presentation.wording import dossier_words  # noqa: PLC0415
    from config.loading import load_dossier, load_lexicon  # noqa: PLC0415

    found = physician.examine(
        mark("settings"), lambda: settings_of(context, dossier_file, articles), lambda _: tr("in order")
    )
    if found is None:
        return
    settings, given = found
    words = doctor.with_shared_names(dossier_words)
    dossier = physician.examine(mark("dossier"), lambda: load_dossier(settings.dossier), words)
    if dossier is None:
        return
    language = dossier.language
    physician.examine(mark("lexicon"), lambda: load_lexicon(settings.lexicon, language), doctor.lexicon_words)
    status = await physician.wait_for(mark("database"), _status(settings, given), doctor.status_words)
    for source in doctor.folders_of(dossier, given):
        await physician.wait_for(
            tr("source {name}", name=source.name), doctor.count_documents(source), doctor.count_words
        )
    if status is not None:
        physician.checks.extend(await _checkup(settings, given))
    if not token_of(settings):
        physician.examine("discord", lambda: tr("no token is set; only `run` needs one"), str)
    elif status is not None:
        from bot.roles import examine_discord  # noqa: PLC0415

        physician.checks.extend(await examine_discord(settings))


async def _status(settings: "Settings", articles: tuple[Path, ...]) -> "Status":
    from bot.wiring import open_app  # noqa: PLC0415

    opened = await open_app(settings, articles=articles)
    try:
        return await opened.services.status.status()
    finally:
        await opened.close()


async def _checkup(settings: "Settings", articles: tuple[Path, ...]) -> "tuple[Check, ...]":
    """What fails of the sources, and every schedule's next run."""
    from bot.wiring import open_app  # noqa: PLC0415

    opened = await open_app(settings, articles=articles)
    try:
        checkup = opened.services.checkup
        sources = [check for check in await checkup.sources(None) if not check.ok]
        return (*sources, *await checkup.schedules(None))
    finally:
        await opened.close()
