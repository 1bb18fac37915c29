"""Brings the catalogues up to date: adds what is new with no translation, drops what is gone, sorts.

    python -m tests.catalogues.update

Then fill in what is empty; `tests/catalogues/test_complete.py` says what is missing.
"""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.catalogues import ENGLISH, LANGUAGES
from tests.catalogues.keys import PROJECT, Key, all_keys

FOLDER = PROJECT / "config" / "locale"
_HEADER = "# Texts of the interface; English stands in the code. See CONTRIBUTING.md and docs/glossary.md."


def main() -> None:
    """Write every catalogue anew, keeping the translations that are still asked for."""
    keys = all_keys()
    for language in LANGUAGES:
        if language != ENGLISH:
            file = FOLDER / f"{language}.po"
            file.write_bytes(written(language, keys, read_catalogue(file, language)))


def read_catalogue(file: Path, language: str) -> Catalog:
    """The catalogue in a file; an empty one where there is none."""
    if not file.is_file():
        return Catalog(language)
    with file.open("rb") as source:
        return read_po(source, locale=language)


def written(language: str, keys: list[Key], known: Catalog) -> bytes:
    """The file of a catalogue with these keys, one line a text, without dates or places that would always change."""
    fresh = Catalog(language, project="Attaché", header_comment=_HEADER, charset="utf-8", fuzzy=False)
    for key in keys:
        before = known.get(key.one, key.context)
        said = before.string if before is not None else ""
        if key.many is not None and not isinstance(said, tuple):
            said = ("",) * fresh.num_plurals
        elif key.many is None and isinstance(said, tuple):
            said = ""
        message = fresh.add((key.one, key.many) if key.many is not None else key.one, said, context=key.context)
        message.flags.clear()  # Babel marks what has braces; every text here is of that kind
    out = io.BytesIO()
    write_po(out, fresh, width=0, no_location=True, omit_header=True)
    head = [f"Language: {language}", "Content-Type: text/plain; charset=utf-8", f"Plural-Forms: {fresh.plural_forms}"]
    lines = (_HEADER, 'msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in head), "", "")
    return "\n".join(lines).encode() + out.getvalue().strip() + b"\n"


if __name__ == "__main__":
    main()
