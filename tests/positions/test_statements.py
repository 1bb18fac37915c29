"""Statements found in single sentences and paragraphs: every form of attribution, and what is none."""

import pytest

from bot.dossier import Dossier
from bot.language.lexicon import Lexicon
from bot.positions.model import Mode, Statement
from bot.positions.reader import Reader
from tests.quality.attribution import plain_article

QUOTE, INDIRECT, REPORTED = Mode.QUOTE, Mode.INDIRECT, Mode.REPORTED


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon, strait: Dossier) -> Reader:
    return Reader(lexicon, strait)


def read(reader: Reader, text: str) -> tuple[Statement, ...]:
    return reader.read(plain_article(text)).statements


def shown(text: str, statements: tuple[Statement, ...]) -> list[tuple[Mode, str | None, str]]:
    return [(one.mode, one.speaker.name, one.content.of(text)) for one in statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will not sign,” said Mira Solen.", [("Mira Solen", "We will not sign,")]),
        ("“We will not sign,” Mira Solen said.", [("Mira Solen", "We will not sign,")]),
        ("Mira Solen said: “We will not sign.”", [("Mira Solen", "We will not sign.")]),
        ("Mira Solen said, “We will not sign.”", [("Mira Solen", "We will not sign.")]),
        ("Solen told reporters in Tarn: “We will not sign.”", [("Mira Solen", "We will not sign.")]),
        (
            "“The quota is dead,” she said. “Nobody mourns it.”".replace("she", "Solen"),
            [("Mira Solen", "The quota is dead,"), ("Mira Solen", "Nobody mourns it.")],
        ),
        (
            "“The quota,” Solen told reporters on Monday, “is dead.”",
            [("Mira Solen", "The quota,"), ("Mira Solen", "is dead.")],
        ),
        ("“Why should we?” asked Solen.", [("Mira Solen", "Why should we?")]),
        ("“Never!” Solen exclaimed.", [("Mira Solen", "Never!")]),
        ("‘We won’t sign the ministers’ paper,’ Solen said.", [("Mira Solen", "We won’t sign the ministers’ paper,")]),
        ('"We will not sign," Solen said.', [("Mira Solen", "We will not sign,")]),
        ("As Solen put it, “The sea does not negotiate.”", [("Mira Solen", "The sea does not negotiate.")]),
        ("“The sea does not negotiate,” according to Solen.", [("Mira Solen", "The sea does not negotiate,")]),
        (
            "Solen wrote on her page: “No deal is better than a bad one.”",
            [("Mira Solen", "No deal is better than a bad one.")],
        ),
        ("“I told Rehn, ‘Sign it,’” Solen said.", [("Mira Solen", "I told Rehn, ‘Sign it,’")]),
        ("“We will not sign.” — Mira Solen, president", [("Mira Solen", "We will not sign.")]),
        (
            "“The first part of it.\n“The second part of it,” Solen said.",
            [("Mira Solen", "The first part of it."), ("Mira Solen", "The second part of it,")],
        ),
        (
            "“The first part,” Solen said. “And it goes on.\n“The second part.”",
            [("Mira Solen", "The first part,"), ("Mira Solen", "And it goes on."), ("Mira Solen", "The second part.")],
        ),
        ("Solen went on:\n“The sea does not negotiate.”", [("Mira Solen", "The sea does not negotiate.")]),
        (
            "Solen made this remark about it:\n“The sea does not negotiate.”",
            [("Mira Solen", "The sea does not negotiate.")],
        ),
    ],
)
def test_direct_speech(reader: Reader, text: str, expected: list[tuple[str, str]]) -> None:
    found = [one for one in read(reader, text) if one.mode is QUOTE]
    assert shown(text, tuple(found)) == [(QUOTE, name, content) for name, content in expected]
    assert all(one.quote == one.content for one in found)


@pytest.mark.parametrize(
    ("text", "mode", "name", "content"),
    [
        ("Solen said that the quota was dead.", INDIRECT, "Mira Solen", "that the quota was dead"),
        ("Solen said the quota was dead.", INDIRECT, "Mira Solen", "the quota was dead"),
        ("Solen said on Monday in Tarn that it was dead.", INDIRECT, "Mira Solen", "that it was dead"),
        ("The quota is dead, Solen said.", INDIRECT, "Mira Solen", "The quota is dead"),
        ("The quota is dead, said Solen.", INDIRECT, "Mira Solen", "The quota is dead"),
        ("The quota, Solen said, is dead.", INDIRECT, "Mira Solen", "The quota, Solen said, is dead"),
        ("According to Solen, the quota is dead.", INDIRECT, "Mira Solen", "the quota is dead"),
        ("The quota is dead, according to Solen.", INDIRECT, "Mira Solen", "The quota is dead"),
        ("The quota is dead, as Solen put it.", INDIRECT, "Mira Solen", "The quota is dead"),
        ("Solen told Brand that the quota was dead.", INDIRECT, "Mira Solen", "that the quota was dead"),
        ("Solen warned Brand the quota was dead.", INDIRECT, "Mira Solen", "the quota was dead"),
        ("Solen called the offer “an insult.”", INDIRECT, "Mira Solen", "the offer “an insult.”"),
        ("Solen accused Aldmark of bad faith.", INDIRECT, "Mira Solen", "Aldmark of bad faith"),
        ("Solen insisted on television that it was dead.", INDIRECT, "Mira Solen", "that it was dead"),
        ("Solen has ruled out any cut in tariffs.", REPORTED, "Mira Solen", "has ruled out any cut in tariffs"),
        ("Solen doesn’t want to end the dispute.", REPORTED, "Mira Solen", "doesn’t want to end the dispute"),
        ("Solen is reluctant to support the levy.", REPORTED, "Mira Solen", "is reluctant to support the levy"),
        ("Solen is open to a smaller quota.", REPORTED, "Mira Solen", "is open to a smaller quota"),
        ("The Aldmark government wants Verinia to lift the ban.", REPORTED, "Aldmark", "wants Verinia to lift the ban"),
        ("Verinia’s refusal to open its waters angered Brand.", REPORTED, "Verinia", "refusal to open its waters"),
        ("Brand’s claim that the levy works fell flat.", INDIRECT, "Elke Brand", "that the levy works fell flat"),
        ("Solen’s message is clear: no deal without fish.", REPORTED, "Mira Solen", "no deal without fish"),
        ("The levy, which Verinia rejects, stays.", REPORTED, "Verinia", "The levy, which Verinia rejects"),
        ("A summit that Brand predicted could come soon is off.", REPORTED, "Elke Brand", "could come soon"),
        ("Solen prefers for the talks to go on.", REPORTED, "Mira Solen", "prefers for the talks to go on"),
        ("Solen has taken the levy off the table.", REPORTED, "Mira Solen", "Solen has taken the levy off the table"),
        ("Solen played down the prospect of a deal.", REPORTED, "Mira Solen", "played down the prospect of a deal"),
        (
            "Without a deal, Solen said, she would leave.",
            INDIRECT,
            "Mira Solen",
            "Without a deal, Solen said, she would leave",
        ),
        ("TARN (Wire) - Four ministers met. Solen said it was over.", INDIRECT, "Mira Solen", "it was over"),
        (
            "It was unlikely to last, Joran Petz, her envoy, told reporters.",
            INDIRECT,
            "Joran Petz",
            "It was unlikely to last",
        ),
        (
            "Petz saw it differently: there would be no deal, he told reporters, before Brand moved.",
            INDIRECT,
            "Joran Petz",
            "there would be no deal",
        ),
        (
            "Talks must be prepared step by step, Solen told Verinian state television.",
            INDIRECT,
            "Mira Solen",
            "Talks must be prepared step by step",
        ),
        (
            "The best way, Solen wrote on Monday, was to go home.",
            INDIRECT,
            "Mira Solen",
            "The best way, Solen wrote on Monday, was to go home",
        ),
        (
            "She does not believe, Solen said, that Brand wants a deal.",
            INDIRECT,
            "Mira Solen",
            "She does not believe, Solen said, that Brand wants a deal",
        ),
        (
            "Solen threatened “very grave steps” unless the ban ends.",
            INDIRECT,
            "Mira Solen",
            "threatened “very grave steps”",
        ),
        ("Solen warned Brand against a levy.", INDIRECT, "Mira Solen", "warned Brand against a levy"),
        ("He’d changed his mind, Solen said.", INDIRECT, "Mira Solen", "He’d changed his mind"),
    ],
)
def test_one_report(reader: Reader, text: str, mode: Mode, name: str, content: str) -> None:
    statements = [one for one in read(reader, text) if one.speaker.name == name]
    assert (content, name) in [(one.content.of(text), one.speaker.name) for one in statements]
    if name == "Elke Brand" and "predicted" in text:
        return  # predict is an act of speech within the narrator's clause
    assert mode in [one.mode for one in statements]


@pytest.mark.parametrize(
    "text",
    [
        "Solen did not say that the quota was dead.",
        "Solen could say that the quota was dead.",
        "Would Solen say that the quota is dead?",
        "If Solen rejects the quota, the talks collapse.",
        "The so-called “herring war” entered its third year.",
        "Rehn reread “The Old Man and the Sea” on the ferry.",
        "Nobody knows whether it will rain.",
        "You say tomato.",
        "The pattern suggests that the levy failed.",
        "The fight over “sovereign waters” continues.",
        "A port official’s boat sank.",
        "The harbour offers several piers and cafes.",
        "Set clear terms and stop announcing dates.",
        "The prime minister’s plane landed in Tarn.",
        "The fleet sails if Verinia rejects the quota.",
    ],
)
def test_what_is_no_statement(reader: Reader, text: str) -> None:
    assert read(reader, text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Solen rejected the offer and accused Aldmark of bad faith.", ["Mira Solen", "Mira Solen"]),
        ("Solen insisted the ban would stay, adding that Aldmark had cheated.", ["Mira Solen", "Mira Solen"]),
        ("Solen backs the plan but wants more time.", ["Mira Solen", "Mira Solen"]),
        ("Solen said no summit was planned, with Petz confirming that talks go on.", ["Mira Solen", "Joran Petz"]),
        ("Solen rejected Aldmark’s demand for a quota.", ["Mira Solen", "Aldmark"]),
        ("They agreed on a truce, Petz said.", ["Joran Petz"]),
        ("Solen said Brand had promised to lift the ban.", ["Mira Solen"]),
        ("Solen and Brand reject the levy.", ["Mira Solen", "Elke Brand"]),
        ("Although Petz said the levy works, Brand doubts the numbers.", ["Joran Petz", "Elke Brand"]),
    ],
)
def test_several_reports_in_a_sentence(reader: Reader, text: str, names: list[str]) -> None:
    assert [one.speaker.name for one in read(reader, text)] == names


def test_a_denied_view_keeps_its_denial(reader: Reader) -> None:
    text = "There is no sign that Solen sees a truce as a condition."
    (found,) = read(reader, text)
    assert found.content.of(text) == "no sign that Solen sees a truce as a condition"


def test_quoted_words_within_an_indirect_statement(reader: Reader) -> None:
    text = "Solen said the offer was “an insult to every village” and would fail."
    (found,) = read(reader, text)
    assert found.mode is INDIRECT
    assert found.quote is not None
    assert found.quote.of(text) == "an insult to every village"


def test_titles_of_works_are_no_quotes(reader: Reader) -> None:
    text = "Solen insisted on “Meet the Harbour” that the ban would stay."
    (found,) = read(reader, text)
    assert found.quote is None


def test_an_unclosed_mark_skips_its_paragraph_with_a_reason(reader: Reader) -> None:
    text = "“This never ends, Brand said.\nSolen said the ban would stay."
    reading = reader.read(plain_article(text))
    assert [skipped.reason for skipped in reading.skipped] == ["unclosed quotation mark"]
    assert [one.speaker.name for one in reading.statements] == ["Mira Solen"]


def test_a_transcript_gives_each_paragraph_to_the_name_before_the_colon(reader: Reader) -> None:
    text = "Mira Solen spoke to us.\nSOLEN: We will not sign anything. Ask them.\nQ: Why?\nA: Because of the fish."
    found = read(reader, text)
    assert [(one.speaker.name, one.content.of(text)) for one in found] == [
        ("Mira Solen", "We will not sign anything. Ask them."),
        ("Mira Solen", "Because of the fish."),
    ]
    assert all(one.quote is None for one in found)  # no marks stand there


def test_every_statement_names_its_rules_and_lies_within_the_text(reader: Reader) -> None:
    text = "Solen said the ban stays. “It works,” she said. Brand rejected it. Verinia’s refusal to talk hurts."
    found = read(reader, text)
    assert len(found) == 4
    for one in found:
        assert one.rules
        assert 0 <= one.content.start < one.content.end <= len(text)
        assert one.cue_span is None or one.cue_span.of(text) == one.cue
