"""What an editor put right in the reading of a sentence. An override lapses when the sentence is gone.

It is keyed to article, sentence and content, all as text, and to whom the rules gave the words: so it survives a new
reading of the same text, and never touches another one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.articles.model import Article
from bot.positions.model import Evidence, Reading, Speaker, Stance, Statement

NOBODY = ""  # as the speaker of an override: shown under no one
_WHO = {True: "the operator", False: "this server's admins"}


@dataclass(frozen=True, slots=True)
class Override:
    """`speaker` is a dossier actor's id or `NOBODY`, `stance` a stance; None leaves them as they are.

    `number` is that of the correction behind it, `guild_id` the server it holds for; 0 is the operator, for all. One
    without `content` withdraws the whole of its sentences, whether or not anybody speaks there.
    """

    number: int
    guild_id: int
    article_id: str
    sentence: str
    content: str
    origin: str | None
    speaker: str | None = None
    stance: Stance | None = None
    withdrawn: bool = False


class Overrides:
    """The overrides that hold for one reader, the newest of a statement first."""

    def __init__(self, overrides: Iterable[Override], names: Mapping[str, str]) -> None:
        """`names` are those of the dossier's actors by id."""
        ordered = sorted(overrides, key=lambda one: (one.guild_id == 0, -one.number))  # a server's own before all's
        self.all = tuple(ordered)
        self._of: dict[tuple[str, str, str | None], list[Override]] = defaultdict(list)
        for one in ordered:
            self._of[one.article_id, one.content, one.origin].append(one)
        self._lines = [one for one in ordered if one.withdrawn and not one.content]
        self._names = names
        self.article_ids = frozenset(one.article_id for one in ordered)

    def of_reading(self, article: Article, reading: Reading) -> Reading:
        """The reading as it was put right. Sentences of withdrawn statements are quoted by no briefing."""
        if article.id not in self.article_ids:
            return reading
        kept: list[Statement] = []
        texts = [one.span.of(article.text) for one in reading.sentences]
        gone = {index for index, text in enumerate(texts) if self._line_over(article.id, text)}
        for one in reading.statements:
            sentence = texts[one.sentence]
            line = self._line_over(article.id, sentence)
            override = line or self._for(article.id, one, one.content.of(article.text), sentence)
            if override is not None and override.withdrawn:
                gone.add(one.sentence)
            else:
                kept.append(one if override is None else self._put_right(one, override))
        return replace(reading, statements=tuple(kept), withdrawn=frozenset(gone))

    def withdraws(self, article_id: str, text: str) -> bool:
        """Whether this text of an article overlaps a sentence with something that is withdrawn."""
        return any(one.withdrawn and one.article_id == article_id and overlap(text, one.sentence) for one in self.all)

    def touches(self, evidence: Evidence) -> bool:
        """Whether something was put right in it."""
        return self._of_evidence(evidence) is not None

    def of_evidence(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """Evidence as it was put right; what is withdrawn or shown under no one is none."""
        found = []
        for one in evidence:
            override = self._of_evidence(one)
            if override is None:
                found.append(one)
            elif not override.withdrawn and override.speaker != NOBODY:
                found.append(replace(one, statement=self._put_right(one.statement, override)))
        return tuple(found)

    def _of_evidence(self, one: Evidence) -> Override | None:
        if line := self._line_over(one.citation.article_id, one.text):
            return line
        start, content = one.citation.span.start, one.statement.content
        said = one.text[max(0, content.start - start) : max(0, content.end - start)]
        return self._for(one.citation.article_id, one.statement, said, one.text)

    def _for(self, article_id: str, statement: Statement, said: str, around: str) -> Override | None:
        """What was put right in a statement, taken together: in each respect the first that says something of it."""
        known = self._of.get((article_id, said, origin_of(statement)), ())
        held = [one for one in known if one.sentence in around]
        if not held:
            return None
        return replace(
            held[0],
            withdrawn=any(one.withdrawn for one in held),
            speaker=next((one.speaker for one in held if one.speaker is not None), None),
            stance=next((one.stance for one in held if one.stance is not None), None),
        )

    def _line_over(self, article_id: str, text: str) -> Override | None:
        lines = (one for one in self._lines if one.article_id == article_id)
        return next((one for one in lines if overlap(text, one.sentence)), None)

    def _put_right(self, statement: Statement, override: Override) -> Statement:
        corrected = _WHO[override.guild_id == 0]
        right = replace(statement, corrected=corrected, rules=(*statement.rules, f"correction {override.number}"))
        if override.stance is not None:
            right = replace(right, stance=override.stance)
        if override.speaker is None:
            return right
        known = self._names.get(override.speaker)
        actor = override.speaker if known else None
        old = statement.speaker
        return replace(right, speaker=Speaker(old.text, old.span, actor, known, None, 1.0, f"corrected by {corrected}"))


def overlap(one: str, other: str) -> bool:
    """Whether two stretches of one article share a sentence: one holds the other, or begins as the other ends."""
    return one in other or other in one or _runs_into(one, other) or _runs_into(other, one)


def _runs_into(first: str, second: str) -> bool:
    starts = (at + 1 for at, sign in enumerate(first) if sign.isspace())
    return any(len(first) > at and second.startswith(first[at:]) for at in starts)


def origin_of(statement: Statement) -> str | None:
    """Whom the rules gave a statement to."""
    return statement.speaker.actor_id or statement.speaker.name


def overridable(article: Article, reading: Reading, statements: Sequence[Statement]) -> tuple[Override, ...]:
    """A blank override for each of these statements of an article."""
    return tuple(
        Override(
            number=0,
            guild_id=0,
            article_id=article.id,
            sentence=reading.sentences[one.sentence].span.of(article.text),
            content=one.content.of(article.text),
            origin=origin_of(one),
        )
        for one in statements
    )
