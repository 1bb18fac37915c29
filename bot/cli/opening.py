"""What the commands of the command line share: settings from options, an opened application, an exit code."""

from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from bot.catalogues import speak

if TYPE_CHECKING:
    from bot.dossier import Dossier
    from bot.language.lexicon import Lexicon
    from bot.services.app import Services
    from bot.wiring import App
    from config.settings import Settings


def answer_with(
    context: typer.Context,
    dossier: Path | None,
    articles: list[Path] | None,
    act: "Callable[[Services], Awaitable[int]]",
) -> NoReturn:
    """Open the services that these options ask for, act on them, and exit with the code it gives."""
    settings, given = settings_of(context, dossier, articles)
    end(with_app(settings, given, lambda opened: act(opened.services)))


def settings_of(
    context: typer.Context, dossier: Path | None, articles: list[Path] | None
) -> "tuple[Settings, tuple[Path, ...]]":
    """The settings with the options of this command, or else of the command line before it."""
    from config.settings import load_settings  # noqa: PLC0415

    file = dossier or context.obj[0]
    settings = load_settings(**({"dossier": file} if file else {}))
    speak(settings.language)
    return settings, given_articles(context, articles)


def token_of(settings: "Settings") -> str:
    """Discord's token; an empty one, as in a fresh `.env`, is none."""
    return settings.discord_token.get_secret_value().strip() if settings.discord_token else ""


def given_articles(context: typer.Context, articles: list[Path] | None) -> tuple[Path, ...]:
    return tuple(articles or context.obj[1] or ())


def language_data(context: typer.Context, dossier: Path | None) -> "tuple[Dossier, Lexicon]":
    """The dossier in force and the lexicon of its language."""
    from config.loading import load_dossier, load_lexicon  # noqa: PLC0415

    settings, _ = settings_of(context, dossier, None)
    found = load_dossier(settings.dossier)
    return found, load_lexicon(settings.lexicon, found.language)


async def with_app(settings: "Settings", articles: tuple[Path, ...], act: "Callable[[App], Awaitable[int]]") -> int:
    from bot.wiring import open_app  # noqa: PLC0415

    opened = await open_app(settings, articles=articles)
    try:
        return await act(opened)
    finally:
        await opened.close()


def end(work: Coroutine[Any, Any, int], *, stopped: int | None = None) -> NoReturn:
    """Run to the end and exit with its code, or with `stopped` where a signal ended it."""
    from bot.running import run_to_end  # noqa: PLC0415

    raise typer.Exit(run_to_end(work, stopped=stopped))
