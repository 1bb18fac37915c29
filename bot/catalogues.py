"""Interface texts in the reader's language. English is written in the code and is the key into the catalogues.

Only our own words go through here: articles are never translated. Who answers says once to whom (`speak`); all that it
calls, in other tasks and worker threads too, finds that language by itself.
"""

import gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

ENGLISH = "en"
LANGUAGES = (ENGLISH, "uk", "ru", "de", "fr", "es")
NAME = "name"  # the catalogues' context of what members type: names of commands and options
_FOLDER = Path(__file__).resolve().parent.parent / "config" / "locale"
_CURRENT: ContextVar[str] = ContextVar("language", default=ENGLISH)


def tr(message: str, /, **values: object) -> str:
    """`message` in the current language, its `{names}` filled in. What is filled in is never read as a pattern."""
    return filled(_catalogue(_CURRENT.get()).gettext(message), message, values)


def ntr(one: str, many: str, number: int, /, **values: object) -> str:
    """As `tr`, in the form that goes with a number, which fills `{n}`, written as the language writes numbers."""
    found = _catalogue(_CURRENT.get()).ngettext(one, many, number)
    return filled(found, one if number == 1 else many, {"n": number_words(number), **values})


def quoted(text: str) -> str:
    """`text` in the current language's quotation marks."""
    return tr("“{text}”", text=text)


def name_words(name: str) -> str:
    """The name of a command or an option, as Discord shows it to members who use the current language."""
    return _catalogue(_CURRENT.get()).pgettext(NAME, name)


def mark(message: str) -> str:
    """Marks a constant for the catalogues where it is defined; `tr` translates it where it is shown."""
    return message


def mark_counted(one: str, many: str) -> tuple[str, str]:
    """Marks the two forms of a counted text; hand them to `ntr` where the number is known."""
    return one, many


def number_words(number: int) -> str:
    """A whole number with the current language's grouping."""
    return str(format_decimal(number, locale=current_locale()))


def current_language() -> str:
    """The language that `tr` answers in now."""
    return _CURRENT.get()


def current_locale() -> Locale:
    """The same for dates as Babel writes them."""
    return _locale(_CURRENT.get())


def speak(language: str | None) -> None:
    """Answer in this language for the rest of the task; in English where there is no catalogue of it."""
    _CURRENT.set(known_language(language))


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Answer in this language within the block."""
    token = _CURRENT.set(known_language(language))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def known_language(tag: str | None) -> str:
    """The catalogue for a tag such as "es-ES", "uk" or "en-GB"; English where there is none."""
    language = (tag or ENGLISH).replace("_", "-").partition("-")[0].lower()
    return language if language in LANGUAGES else ENGLISH


def filled(pattern: str, english: str, values: dict[str, object]) -> str:
    """A pattern with its values; the English one where a translation names what there is not."""
    if not values:
        return pattern
    try:
        return pattern.format(**values)
    except (KeyError, IndexError, ValueError):
        return english.format(**values)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language, read once; empty for English, whose texts stand in the code."""
    file = _FOLDER / f"{language}.po"
    if language == ENGLISH or not file.is_file():
        return gettext.NullTranslations()
    with file.open("rb") as source:
        parsed = read_po(source, locale=language, domain="attache")
    compiled = io.BytesIO()
    write_mo(compiled, parsed)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)
