"""The cue lexicon: compiled as meant, free of contradictions."""

import pytest

from bot.errors import ConfigurationError
from bot.language.lexicon import Lexicon
from bot.positions.cues import CueBook, compile_cues
from bot.positions.model import Mode


@pytest.fixture(scope="module")
def cues(lexicon: Lexicon) -> CueBook:
    return compile_cues(lexicon)


def test_the_lexicon_is_rich(cues: CueBook) -> None:
    lemmas = {cue.lemma for found in cues.verbs.values() for cue in found}
    assert len(lemmas) >= 700
    assert len(cues.nouns) >= 300


@pytest.mark.parametrize(
    ("word", "lemma", "tag"),
    [
        ("said", "say", "V"),
        ("rejects", "reject", "Z"),
        ("saying", "say", "G"),
        ("urge", "urge", "B"),
        ("known", "know", "U"),
    ],
)
def test_forms_lead_to_their_cue(cues: CueBook, word: str, lemma: str, tag: str) -> None:
    assert lemma in {cue.lemma for cue in cues.verbs[word]}
    assert cues.tags[word] == tag


def test_longer_phrases_come_first(cues: CueBook) -> None:
    lengths = [len(cue.rest) for cue in cues.verbs["ruled"]]
    assert lengths == sorted(lengths, reverse=True)


def test_speech_acts_are_indirect_and_views_are_reported(cues: CueBook) -> None:
    modes = {cue.lemma: cue.mode for found in cues.verbs.values() for cue in found}
    assert modes["say"] is Mode.INDIRECT
    assert modes["oppose"] is Mode.REPORTED


def test_an_unknown_mode_is_a_configuration_error(lexicon: Lexicon) -> None:
    section = dict(lexicon.section("reporting"))
    section["verbs"] = [{"name": "x", "mode": "sung", "frames": ["clause"], "lemmas": ["say"]}]
    wrong = Lexicon("en", {**lexicon.sections, "reporting": section}, "d")
    with pytest.raises(ConfigurationError):
        compile_cues(wrong)
