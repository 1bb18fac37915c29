"""What the tests of this room share: an invented dossier, and statements made from one sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.dossier import Dossier
from bot.language.blocks import Block, BlockKind
from bot.language.lexicon import Lexicon
from bot.language.sentences import Sentence
from bot.language.spans import Span
from bot.positions.annotate import TopicStance
from bot.positions.model import Mode, Speaker, Statement
from config.loading import load_dossier

STRAIT = Path(__file__).resolve().parent.parent / "dossiers" / "strait-trade"

ReadOne = Callable[..., Statement]


@pytest.fixture(scope="session")
def strait() -> Dossier:
    """A trade dispute of our own invention."""
    return load_dossier(STRAIT / "strait-trade.toml")


@pytest.fixture(scope="session")
def topic_stance(lexicon: Lexicon, strait: Dossier) -> TopicStance:
    """The rules, with the invented dossier."""
    return TopicStance(lexicon, strait)


@pytest.fixture(scope="session")
def read_one(topic_stance: TopicStance) -> ReadOne:
    """Annotate one sentence as one statement on the invented dossier; see `read_marked`."""

    def read(marked: str, actor: str, mode: Mode = Mode.INDIRECT, *, before: tuple[str, ...] = ()) -> Statement:
        return read_marked(topic_stance, marked, actor, mode, before=before)

    return read


def read_marked(rules: TopicStance, marked: str, actor: str, mode: Mode, *, before: tuple[str, ...] = ()) -> Statement:
    """Annotate one sentence as one statement.

    The text may mark its parts: `[content]` in square brackets and `<cue>` in angle brackets; without brackets all of
    it is content. `before` are sentences that stand before it in the paragraph.
    """
    text, sentences = _lay_out((*before, marked))
    whole = sentences[-1].span
    content, cue = _marked(marked, whole.start)
    statement = Statement(
        sentence=len(before),
        mode=mode,
        speaker=Speaker(actor, None, actor, actor, None, 1.0, "given"),
        cue=cue.of(text) if cue else "",
        cue_span=cue,
        content=content or whole,
        quote=content if mode is Mode.QUOTE else None,
    )
    blocks = (Block(BlockKind.PARAGRAPH, Span(0, len(text))),)
    return rules.annotate(text, blocks, sentences, (statement,))[0]


def _lay_out(marked: tuple[str, ...]) -> tuple[str, tuple[Sentence, ...]]:
    text, sentences = "", []
    for index, one in enumerate(marked):
        plain = one.translate(str.maketrans("", "", "[]<>"))
        start = len(text)
        text += plain + " "
        sentences.append(Sentence(index, Span(start, start + len(plain)), 0))
    return text.rstrip(), tuple(sentences)


def _marked(marked: str, offset: int) -> tuple[Span | None, Span | None]:
    spans: dict[str, list[int]] = {"[": [], "<": []}
    place = offset
    for character in marked:
        if character in "[]<>":
            spans["[" if character in "[]" else "<"].append(place)
        else:
            place += 1
    found = [Span(*ends) if ends else None for ends in (spans["["], spans["<"])]
    return found[0], found[1]
