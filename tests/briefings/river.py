"""The river talks: a small negotiation of our own, and articles about it made from lines."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from bot.articles.model import Article, DatePrecision, Published
from bot.briefings.candidates import Weighed
from bot.dossier import Actor, ActorKind, Dossier, Topic
from bot.language.blocks import Block, BlockKind
from bot.language.sentences import SentenceSplitter
from bot.language.spans import Span
from bot.positions.model import Mode, Reading, Speaker, Stance, Statement

_KINDS = {"# ": BlockKind.HEADING, "- ": BlockKind.BULLET}


def blocks_of(text: str) -> tuple[Block, ...]:
    """One block a line: "# " a heading, "- " a bullet, else a paragraph."""
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        kind = _KINDS.get(line[:2], BlockKind.PARAGRAPH)
        inner = start if kind is BlockKind.PARAGRAPH else start + 2
        if line.strip():
            blocks.append(Block(kind, Span(inner, start + len(line))))
        start += len(line) + 1
    return tuple(blocks)


def statement(
    sentence: int,
    actor: str | None,
    topic: str,
    stance: Stance | None = None,
    *,
    mode: Mode = Mode.INDIRECT,
    shift: bool = False,
    contested: bool = False,
    speaker: str | None = None,
    span: Span | None = None,
) -> Statement:
    """A statement of `actor` on `topic`; `speaker` at `span` is how the text names the speaker."""
    who = Speaker(speaker or actor or "somebody", span, actor, actor, None, 1.0, "test")
    return Statement(
        sentence, mode, who, "said", None, Span(0, 1), None, (topic,), stance, shift=shift, contested=contested
    )


RIVER = Dossier(
    id="river",
    title="River talks",
    language="en",
    sources=(),
    actors=(
        Actor("arden", "Arden", ActorKind.STATE),
        Actor("belmar", "Belmar", ActorKind.STATE, aliases=("Belmar City",)),
        Actor("toro", "Ana Toro", ActorKind.PERSON, aliases=("Toro",), side="arden"),
        Actor("lind", "Bo Lind", ActorKind.PERSON, aliases=("Lind",), side="belmar"),
        Actor("marsh", "Joy Marsh", ActorKind.PERSON, aliases=("Marsh",)),
    ),
    topics=(
        Topic("dam", "Dam", ("dam", "reservoir"), "The dam is built"),
        Topic("tolls", "Tolls", ("tolls", "fees"), "Ships pay tolls"),
        Topic("talks", "Talks", ("talks", "negotiations")),
    ),
    digest="test",
)


class MakeWeighed(Protocol):
    """Makes an article from lines of text, its own story unless `story` names another."""

    def __call__(
        self,
        text: str,
        *,
        name: str = "one",
        story: str | None = None,
        title: str | None = None,
        outlet: str | None = None,
        day: int | None = None,
        statements: Sequence[Statement] = (),
    ) -> Weighed: ...


def maker(splitter: SentenceSplitter) -> MakeWeighed:
    """Articles from lines, split by the real splitter."""

    def make(
        text: str,
        *,
        name: str = "one",
        story: str | None = None,
        title: str | None = None,
        outlet: str | None = None,
        day: int | None = None,
        statements: Sequence[Statement] = (),
    ) -> Weighed:
        blocks = blocks_of(text)
        published = Published(datetime(2025, 8, day, tzinfo=UTC), DatePrecision.DAY) if day else None
        article = Article(
            id=name,
            source_id="source",
            location=f"{name}.txt",
            content_hash=name,
            title=title,
            outlet=outlet,
            author=None,
            url=None,
            published=published,
            text=text,
            blocks=blocks,
        )
        return Weighed(article, Reading(splitter.split(text, blocks), tuple(statements)), story or name)

    return make
