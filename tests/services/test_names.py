"""Names as people type them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.catalogues import speaking
from bot.dossier import Actor, ActorKind, Dossier, Source, SourceKind, Topic, Translation
from bot.errors import NotFoundError
from bot.language.seeking import tokens_of
from bot.services.names import MOST, Choice, Names, Voice, folded

DOSSIER = Dossier(
    id="fish",
    title="Fish talks",
    language="en",
    sources=(Source("s1", SourceKind.FOLDER, "fish", "Harbour news"),),
    actors=(
        Actor("norland", "Norland", ActorKind.STATE, ("the Fjord Palace", "N.L.")),
        Actor("anna-oye", "Anna Øye", ActorKind.PERSON, ("Øye",), "minister of Norland", "norland"),
        Actor("anders-oye", "Anders Lund", ActorKind.PERSON, ("Lund",)),
    ),
    topics=(Topic("quota", "Catch quota", ("quota",), "Quotas fall"), Topic("talks", "The talks", ("talks",))),
    digest="d",
    translations={
        "uk": Translation(names={"norland": ("Норляндія",), "anders-oye": ("Андерс Люнд",)}),
        "de": Translation(names={"norland": ("Nordland",)}),
    },
)


@pytest.fixture
def names() -> Names:
    names = Names(DOSSIER)
    names.learn_speakers([(None, "Petra Holm", 3), ("norland", "Norland", 9)])
    return names


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Norland", Voice("norland", "Norland")),
        ("norland", Voice("norland", "Norland")),
        ("  The FJORD palace ", Voice("norland", "Norland")),
        ("NL", Voice("norland", "Norland")),
        ("anna-oye", Voice("anna-oye", "Anna Øye")),
        ("Anna", Voice("anna-oye", "Anna Øye")),
        ("petra holm", Voice(None, "Petra Holm")),
        ("Holm", Voice(None, "Petra Holm")),
        ("норляндія", Voice("norland", "Norland")),
        ("Nordland", Voice("norland", "Norland")),
        ("Люнд", Voice("anders-oye", "Anders Lund")),
        ("Анна", Voice("anna-oye", "Anna Øye")),  # by its letters: nobody wrote it down
        ("Петра", Voice(None, "Petra Holm")),
    ],
)
def test_a_voice_is_found_by_any_of_its_names(names: Names, typed: str, expected: Voice) -> None:
    assert names.find_voice(typed) == expected


@pytest.mark.parametrize(
    ("typed", "labels"),
    [("Норл", ["Norland"]), ("люн", ["Anders Lund"]), ("пет", ["Petra Holm"]), ("Ж", []), ("ь", []), ("’", [])],
)
def test_names_are_completed_in_another_script(names: Names, typed: str, labels: list[str]) -> None:
    assert [choice.label for choice in names.actors(typed)] == labels


@pytest.mark.parametrize("typed", ["ь", "Ъ", "🐟", "😀", "—"])
def test_what_no_letters_are_left_of_is_nobody(names: Names, typed: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        names.find_voice(typed)
    assert caught.value.suggestions == ()


def test_names_in_other_languages_are_found_in_questions_and_never_read_by(names: Names) -> None:
    assert names.voice_named(("норляндія",)) == Voice("norland", "Norland")
    assert DOSSIER.actors[0].aliases == ("the Fjord Palace", "N.L.")


@pytest.mark.parametrize(
    ("typed", "suggestions"),
    [("Norlend", ("Norland",)), ("An", ("Anna Øye", "Anders Lund")), ("", ()), ("zzz", ())],
)
def test_what_is_not_found_comes_with_suggestions(names: Names, typed: str, suggestions: tuple[str, ...]) -> None:
    with pytest.raises(NotFoundError) as caught:
        names.find_voice(typed)
    assert (caught.value.kind, caught.value.suggestions) == ("actor", suggestions)


def test_a_voice_is_no_topic(names: Names) -> None:
    assert names.find_topic("Catch Quota") == "quota"
    with pytest.raises(NotFoundError):
        names.find_topic("Norland")


def test_completion_understands_aliases_and_later_words(names: Names) -> None:
    assert names.actors("fjo") == (Choice("Norland", "norland"),)
    assert [choice.label for choice in names.actors("lund")] == ["Anders Lund"]
    assert names.topics("quo") == (Choice("Catch quota", "quota"),)
    assert names.sources("") == (Choice("Harbour news", "Harbour news"),)


def test_zones_complete_by_city_and_never_exceed_what_discord_shows(names: Names) -> None:
    assert Choice("Europe/Kyiv", "Europe/Kyiv") in names.zones("kyiv")
    assert Choice("America/New_York", "America/New_York") in names.zones("America/New")
    assert len(names.zones("")) == MOST


@pytest.mark.parametrize(
    ("name", "key"), [("Élysée", "elysee"), ("The U.S.", "us"), ("  a  b ", "a b"), ("Theodor", "theodor")]
)
def test_folding(name: str, key: str) -> None:
    assert folded(name) == key


def test_editions_are_offered_in_the_language_of_who_types() -> None:
    names = Names(DOSSIER)
    names.learn_edition("B-1a2b3c4d", "briefing", datetime(2025, 8, 20, 6, tzinfo=UTC))
    assert [choice.label for choice in names.editions("brief")] == ["B-1a2b3c4d (briefing, 2025-08-20 06.00 UTC)"]
    with speaking("uk"):
        (choice,) = names.editions("огл")
        assert (choice.value, choice.label) == ("B-1a2b3c4d", "B-1a2b3c4d (огляд, 2025-08-20 06.00 UTC)")
        assert names.editions("quote") == ()


BREKS = replace(
    DOSSIER,
    actors=(
        Actor("adan", "Adan Brek", ActorKind.PERSON, ("Brek",), "minister of Norland"),
        Actor("lena", "Lena Brek", ActorKind.PERSON, ("Brek", "the minister")),
        Actor("sel-1", "Jan Sel", ActorKind.PERSON, (), "head of the union"),
        Actor("sel-2", "Jan Sel", ActorKind.PERSON, (), "ambassador of Norland"),
        Actor("minister", "The Minister", ActorKind.ORGANISATION),
    ),
)


@pytest.mark.parametrize(
    ("typed", "suggestions"),
    [
        ("Brek", ("Adan Brek", "Lena Brek")),
        ("jan sel", ("Jan Sel (head of the union)", "Jan Sel (ambassador of Norland)")),
    ],
)
def test_a_name_of_two_actors_means_neither(typed: str, suggestions: tuple[str, ...]) -> None:
    names = Names(BREKS)
    for find in (names.find_voice, names.find_actor):
        with pytest.raises(NotFoundError) as caught:
            find(typed)
        assert (caught.value.kind, caught.value.suggestions) == ("single actor", suggestions)
    assert names.voice_named(tuple(tokens_of(typed))) is None


def test_what_was_said_under_a_shared_name_is_found_by_it_and_counts_for_no_actor() -> None:
    names = Names(BREKS)
    names.learn_speakers([(None, "Jan Sel", 3)])
    assert names.find_voice("Jan Sel") == Voice(None, "Jan Sel")
    assert names.voice_named(tuple(tokens_of("Jan Sel"))) == Voice(None, "Jan Sel")
    with pytest.raises(NotFoundError, match="single actor"):
        names.find_actor("Jan Sel")


@pytest.mark.parametrize(
    ("typed", "actor"),
    [
        ("Jan Sel (head of the union)", "sel-1"),
        ("sel-2", "sel-2"),
        ("Adan", "adan"),
        ("minister", "minister"),  # whose name it is comes before whose alias
    ],
)
def test_who_shares_a_name_can_be_asked_for(typed: str, actor: str) -> None:
    names = Names(BREKS)
    names.learn_speakers([(None, "Jan Sel", 3)])
    assert names.find_actor(typed) == actor
    assert [choice.value for choice in names.actors("jan")] == ["sel-1", "sel-2", "Jan Sel"]
    assert len({choice.label for choice in names.actors("jan")}) == 3
