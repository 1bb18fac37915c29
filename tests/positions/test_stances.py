"""Stance from the cues around a keyword. Invented sentences on an invented dossier; the topic is in the last column."""

import pytest

from bot.positions.model import Mode, Stance
from tests.positions.conftest import ReadOne

FOR, AGAINST, CONDITIONAL, UNCLEAR = Stance.FOR, Stance.AGAINST, Stance.CONDITIONAL, Stance.UNCLEAR

OWN_ATTITUDE = [
    ("Solen <backs> [the steel tariff]", "solen", FOR),
    ("Solen <has backed> [the steel tariff] since spring", "solen", FOR),
    ("Verinia <wants> [a carbon levy for all ships]", "verinia", FOR),
    ("Petz <called for> [binding arbitration]", "petz", FOR),
    ("Petz <demanded> [that ships pay a carbon levy]", "petz", FOR),
    ("Brand <insisted on> [a joint court]", "brand", FOR),
    ("Brand <pushed for> [fishing access] at the weekend", "brand", FOR),
    ("Rehn <is in favour of> [the joint court]", "rehn", FOR),
    ("Rehn <proposed> [an arbitration panel with five judges]", "rehn", FOR),
    ("Verinia <agreed to> [the joint court]", "verinia", FOR),
    ("Verinia <threatened> [to impose a steel tariff by June]", "verinia", FOR),
    ("Brand <rejected> [the carbon levy]", "brand", AGAINST),
    ("Brand <flatly rejected> [any carbon levy]", "brand", AGAINST),
    ("Brand <has ruled out> [a carbon levy]", "brand", AGAINST),
    ("Rehn <opposes> [the steel tariff]", "rehn", AGAINST),
    ("Rehn <is opposed to> [the steel tariff]", "rehn", AGAINST),
    ("Verinia <refuses to accept> [a joint court]", "verinia", AGAINST),
    ("Verinia's <refusal> [to accept a joint court]", "verinia", AGAINST),
    ("[Verinia's refusal to accede to Aldmark's demand for fishing access]", "verinia", AGAINST),
    ("Verinia <turned down> [the request for fishing access]", "verinia", AGAINST),
    ("Solen <played down> [the prospect of a meeting with Brand]", "solen", AGAINST),
    ("Solen <condemned> [the plan for a joint court]", "solen", AGAINST),
    ("Solen <is sceptical about> [the joint court]", "solen", AGAINST),
    ("Solen <warned against> [a steel tariff]", "solen", AGAINST),
    ("Rehn <vowed to fight> [the carbon levy]", "rehn", AGAINST),
    ("Solen <would be open to> [a joint court]", "solen", CONDITIONAL),
    ("Solen <has not ruled out> [a steel tariff]", "solen", CONDITIONAL),
    ("Solen's <openness to> [fishing access]", "solen", CONDITIONAL),
    ("Solen <is considering> [a carbon levy]", "solen", CONDITIONAL),
]

NEGATION = [
    ("Brand <does not support> [the carbon levy]", "brand", AGAINST),
    ("Brand <said> [she would never accept a carbon levy]", "brand", AGAINST),
    ("Brand <said> [there would be no carbon levy on her ships]", "brand", AGAINST),
    ("Brand <said> [she no longer supports the joint court]", "brand", AGAINST),
    ("Brand <does not oppose> [the joint court]", "brand", CONDITIONAL),
    ("Petz <said> [a joint court was not planned]", "petz", AGAINST),
    ("Petz <said> [no joint court was planned]", "petz", AGAINST),
    ("Petz <said> [the joint court is not on the agenda]", "petz", AGAINST),
    ("Verinia <wants> [no joint court]", "verinia", AGAINST),
    ("Verinia <said> [it has no intention of granting fishing access]", "verinia", AGAINST),
    ("Solen <told> reporters [not only the steel tariff was needed]", "solen", FOR),
    ("Solen <said> [there was no doubt that a carbon levy is necessary]", "solen", FOR),
    ("[neither Verinia nor Aldmark accepts a joint court]", "aldmark", AGAINST),
]

REVERSAL = [
    ("Brand <demanded> [an end to the steel tariff]", "brand", AGAINST),
    ("Brand <called for> [the carbon levy to be lifted]", "brand", AGAINST),
    ("Brand <wants> [to scrap the carbon levy]", "brand", AGAINST),
    ("Petz <refused to drop> [the steel tariff]", "petz", FOR),
    ("Petz <refused to lift> [the steel tariff]", "petz", FOR),
    ("Petz <opposes> [lifting the steel tariff]", "petz", FOR),
    ("Petz <rejected> [Aldmark's call to end the steel tariff]", "petz", FOR),
    ("Solen <rejected> [Brand's demand for fishing access]", "solen", AGAINST),
    ("Solen <backed> [Petz's rejection of the joint court]", "solen", AGAINST),
    ("Solen <welcomed> [the postponement of nothing but praised the carbon levy]", "solen", FOR),
    ("Verinia <supports> [a fishing ban]", "verinia", AGAINST),
    ("Aldmark <rejected> [a fishing ban]", "aldmark", FOR),
    ("Aldmark <fears> [a fishing ban]", "aldmark", CONDITIONAL),
    ("Verinia <demands> [a ban on foreign boats]", "verinia", AGAINST),
    ("Aldmark <asked for> [a levy exemption]", "aldmark", AGAINST),
]

JUDGEMENT = [
    ("Brand <called> [the carbon levy unacceptable]", "brand", AGAINST),
    ("Brand <said> [the carbon levy is a red line]", "brand", AGAINST),
    ("Brand <said> [a steel tariff was out of the question]", "brand", AGAINST),
    ("Rehn <said> [the carbon levy would be a mistake]", "rehn", AGAINST),
    ("Rehn <described> [the steel tariff as “unreasonable and illegal”]", "rehn", AGAINST),
    ("Rehn <said> [it was premature to talk about a joint court]", "rehn", AGAINST),
    ("[Public opinion makes fishing access a non-starter]", "verinia", AGAINST),
    ("Quill <said> [the joint court is essential]", "quill", FOR),
    ("Quill <said> [a joint court was the only way out]", "quill", FOR),
    ("Quill <said> [both sides need a joint court]", "quill", FOR),
    ("Quill <said> [Verinia must grant fishing access]", "quill", FOR),
    ("Quill <said> [Aldmark should accept the carbon levy]", "quill", FOR),
    ("Quill <said> [a joint court must come first]", "quill", FOR),
    ("Quill <said> [Verinia should not impose a steel tariff]", "quill", AGAINST),
    ("Quill <said> [Verinia must never grant fishing access]", "quill", AGAINST),
    ("Quill <urged> [Aldmark to accept the carbon levy]", "quill", FOR),
    ("Quill <pressed> [Verinia to abandon the steel tariff]", "quill", AGAINST),
    ("Rehn <said> [any joint court must include Aldmark's own judges]", "rehn", CONDITIONAL),
    ("Rehn <said> [fishing access should be part of the treaty]", "rehn", CONDITIONAL),
]

CONDITIONS = [
    ("Brand <would accept> [a carbon levy only if Verinia lifts the steel duty]", "brand", CONDITIONAL),
    ("Brand <said> [she would accept a carbon levy if it is modest]", "brand", CONDITIONAL),
    ("Petz <agreed to> [a joint court on condition that it sits in Port Sel]", "petz", CONDITIONAL),
    ("Petz <said> [there will be no fishing access until the patrols stop]", "petz", CONDITIONAL),
    ("Petz <backed> [fishing access in principle]", "petz", CONDITIONAL),
    ("Petz <backed> [fishing access, but without trawlers from the north]", "petz", CONDITIONAL),
    (
        "Petz <ruled out> [fishing access for trawlers but would be open to fishing rights for small boats]",
        "petz",
        CONDITIONAL,
    ),
    ("Petz <said> [he would sign only if there is a joint court]", "petz", FOR),
    ("Petz <said> [he would not sign a treaty without a joint court]", "petz", FOR),
    ("Petz <said> [no treaty is possible without binding arbitration]", "petz", FOR),
    ("Petz <is ready to sign> [in exchange for a carbon levy]", "petz", FOR),
    ("Brand <wondered> [whether the carbon levy would come]", "brand", UNCLEAR),
    ("Brand <said> [if the carbon levy comes, prices will rise]", "brand", UNCLEAR),
]

OTHERS = [
    ("Brand <said> [Verinia rejects the joint court]", "brand", UNCLEAR),
    ("Brand <said> [Solen had promised to grant fishing access]", "brand", UNCLEAR),
    ("Brand <said> [Solen wants a carbon levy]", "brand", UNCLEAR),
    ("Brand <said> [Solen believes Aldmark must accept the carbon levy]", "brand", UNCLEAR),
    ("Brand <recalled> [that officials in Port Sel had demanded a steel tariff]", "brand", UNCLEAR),
    ("Solen <said> [the steel tariff was discussed]", "solen", UNCLEAR),
    ("Solen <said> [the carbon levy took up most of the day]", "solen", UNCLEAR),
    ("Solen <spoke about> [fishing access]", "solen", UNCLEAR),
    ("Petz <said> [Verinia rejects the joint court]", "petz", AGAINST),
    ("Rehn <said> [his government would accept binding arbitration]", "rehn", FOR),
    ("[The steel tariff was rejected by Aldmark]", "aldmark", AGAINST),
    ("[a joint court, which Verinia rejects]", "verinia", AGAINST),
    ("[a joint court, an idea Verinia rejects]", "verinia", AGAINST),
]

QUOTES = [
    ("We will never give up fishing rights", "brand", FOR),
    ("We need a joint court", "brand", FOR),
    ("We want fishing access, nothing more", "brand", FOR),
    ("I am against the carbon levy", "brand", AGAINST),
    ("We cannot accept a carbon levy", "brand", AGAINST),
    ("There can be no steel tariff", "brand", AGAINST),
    ("The carbon levy is dead", "brand", AGAINST),
    ("They want a carbon levy", "brand", UNCLEAR),
    ("They reject the joint court", "brand", UNCLEAR),
    ("The steel tariff is a fact", "brand", UNCLEAR),
    ("We will impose a carbon levy", "solen", FOR),
    ("We won't impose a steel tariff", "solen", AGAINST),
    ("You want a carbon levy", "solen", UNCLEAR),
    ("A steel tariff? That was never my idea", "solen", UNCLEAR),
]

TWO_CLAUSES = [
    ("[Solen rejected the joint court and Brand welcomed it]", "solen", AGAINST),
    ("Solen <rejected> [the patrols and demanded a carbon levy]", "solen", FOR),
    ("Solen <refused to talk> [about boats, demanding a carbon levy]", "solen", FOR),
    ("[While Aldmark backs the joint court, Verinia refuses to talk]", "aldmark", FOR),
    ("Solen <dismissed> [the critics and said the carbon levy is necessary]", "solen", FOR),
]


@pytest.mark.parametrize(
    ("sentence", "actor", "expected"),
    [*OWN_ATTITUDE, *NEGATION, *REVERSAL, *JUDGEMENT, *CONDITIONS, *OTHERS, *TWO_CLAUSES],
)
def test_stance_of_reported_words(read_one: ReadOne, sentence: str, actor: str, expected: Stance) -> None:
    statement = read_one(sentence, actor)
    assert statement.stance == expected, statement.rules


@pytest.mark.parametrize(("words", "actor", "expected"), QUOTES)
def test_stance_of_own_words(read_one: ReadOne, words: str, actor: str, expected: Stance) -> None:
    statement = read_one(words, actor, Mode.QUOTE)
    assert statement.stance == expected, statement.rules
