"""Every text of the interface stands in every catalogue, whole, and fits where it is shown."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message

from bot.catalogues import ENGLISH, LANGUAGES, NAME
from tests.catalogues.keys import Key, all_keys, command_texts
from tests.catalogues.update import FOLDER, read_catalogue, written

OTHERS = tuple(language for language in LANGUAGES if language != ENGLISH)
_NAME = re.compile(r"[-_'\w]{1,32}")
_PLACES = re.compile(r"\{(\w*)\}")
_MARKS = re.compile(r"\*\*|`|\*[^ *]+\*|<[#@/:]|https?://|@everyone|@here|\[|\]")
_TYPED = re.compile(r"`(\w+):")


NO_BREAK, NARROW = "\u00a0", "\u202f"
# What stands around a quoted word, by language: opening and closing.
QUOTES = {
    "uk": ("«", "»"),
    "ru": ("«", "»"),
    "de": ("„", "“"),
    "fr": (f"«{NARROW}", f"{NARROW}»"),
    "es": ("«", "»"),
}
_ANY_QUOTE = re.compile(f"[“”„«»‹›‟]|(?<=«){NARROW}|{NARROW}(?=»)")


@cache
def keys() -> tuple[Key, ...]:
    return tuple(all_keys())


@cache
def catalogue(language: str) -> Catalog:
    return read_catalogue(FOLDER / f"{language}.po", language)


def found(language: str, key: Key) -> Message:
    message = catalogue(language).get(key.one, key.context)
    assert message is not None, f"{language}: {key} is missing; run python -m tests.catalogues.update"
    return message


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def english_of(key: Key) -> tuple[str, ...]:
    return (key.one,) if key.many is None else (key.one, key.many)


def pairs(language: str) -> Iterator[tuple[Key, tuple[str, ...]]]:
    for key in keys():
        yield key, forms(found(language, key))


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_nothing_else_is_there(language: str) -> None:
    for key in keys():
        message = found(language, key)
        assert not message.fuzzy, key
        assert all(forms(message)), f"{language}: {key.one!r} is not translated"
        if key.many is not None:
            assert len(forms(message)) == catalogue(language).num_plurals, key
    known = {(key.one, key.context) for key in keys()}
    for message in catalogue(language):
        one = message.id[0] if isinstance(message.id, tuple) else message.id
        assert not one or (one, message.context) in known, f"{language}: {one!r} is not asked for any more"
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", OTHERS)
def test_files_are_as_the_update_writes_them(language: str) -> None:
    file = FOLDER / f"{language}.po"
    assert file.read_bytes() == written(language, list(keys()), catalogue(language))


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_filled_in_is_the_same(language: str) -> None:
    for key, said in pairs(language):
        asked = set(_PLACES.findall(" ".join(english_of(key))))
        for form in said:
            assert set(_PLACES.findall(form)) - {"n"} == asked - {"n"}, f"{language}: {form!r}"
        if "n" in asked:
            assert "{n}" in said[-1], f"{language}: {said[-1]!r} has no number"
            assert key.many is None or catalogue(language).num_plurals < 3 or "{n}" in said[0], said[0]


@pytest.mark.parametrize("language", OTHERS)
def test_markdown_and_ends_are_kept(language: str) -> None:
    for key, said in pairs(language):
        for form in said:
            assert sorted(_MARKS.findall(form)) == sorted(_MARKS.findall(key.one)) or _differs_in_names(key, form), form
            assert form.replace(NARROW, " ").replace(NO_BREAK, " ").isprintable(), form
            assert form[:1].isspace() == key.one[:1].isspace(), form
            assert form[-1:].isspace() == key.one[-1:].isspace(), form
            assert form.startswith("-# ") == key.one.startswith("-# "), form


@pytest.mark.parametrize("language", OTHERS)
def test_quotation_marks_are_the_languages_own(language: str) -> None:
    opening, closing = QUOTES[language]
    quoting = 0
    for _, said in pairs(language):
        for form in said:
            marks = "".join(_ANY_QUOTE.findall(form))
            assert marks == (opening + closing) * form.count(opening), f"{language}: {form!r}"
            quoting += form.count(opening)
    assert quoting > 20


def test_french_signs_stand_off_by_a_space_that_does_not_break() -> None:
    for _, said in pairs("fr"):
        for form in said:
            plain = re.sub(r"`[^`]*`", "", form)  # what is typed stays as it is typed
            assert not re.search(r" [?!;:»](?=\s|$)|« ", plain), form


def _differs_in_names(key: Key, form: str) -> bool:
    """*Prove* and *Summarize* are one word in every language here; the marks are counted, not the words in them."""
    return len(_MARKS.findall(form)) == len(_MARKS.findall(key.one))


@pytest.mark.parametrize("language", OTHERS)
def test_options_in_hints_are_called_as_discord_shows_them(language: str) -> None:
    names = {key.one: forms(found(language, key))[0] for key in keys() if key.context == NAME}
    for key, said in pairs(language):
        wanted = [names.get(name, name) for name in _TYPED.findall(key.one)]
        assert _TYPED.findall(said[0]) == wanted, said[0]


@pytest.mark.parametrize("language", OTHERS)
def test_command_texts_keep_discords_rules(language: str) -> None:
    seen: dict[tuple[str, str], str] = {}
    for text in command_texts():
        said = forms(found(language, text.key))[0]
        assert 1 <= len(said) <= text.longest, f"{language}: {said!r} has {len(said)} characters"
        if text.key.context == NAME:
            assert _NAME.fullmatch(said), said
            assert said == said.lower(), said
        if text.siblings:
            before = seen.setdefault((text.siblings, said), text.key.one)
            assert before == text.key.one, f"{language}: {before} and {text.key.one} are both {said} in{text.siblings}"
