"""One article as its rules walk it: tokens and topics by sentence, read when first asked for."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.language.blocks import Block, BlockKind
from bot.language.sentences import Sentence
from bot.language.spans import Span
from bot.positions.frames import Frames, Marks
from bot.positions.model import Mode, Statement
from bot.positions.phrases import Hit, Token, Tokenizer, longest, places_under
from bot.positions.topics import TopicFinder, TopicHit
from bot.positions.voices import NameIndex


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that the rules of one lexicon and dossier need."""

    tokenizer: Tokenizer
    cues: Frames
    names: NameIndex
    topics: TopicFinder


class Piece(NamedTuple):
    """The part of one sentence that a statement takes up: token range `[first, last)` of sentence `sentence`."""

    sentence: int
    first: int
    last: int


class Passage:
    """Text, blocks and sentences of an article."""

    def __init__(
        self,
        text: str,
        blocks: tuple[Block, ...],
        sentences: tuple[Sentence, ...],
        rules: Rules,
    ) -> None:
        self.text = text
        self.blocks = blocks
        self.sentences = sentences
        self.rules = rules
        self._leading = rules.cues.auxiliaries | rules.cues.between
        self._starts = [sentence.span.start for sentence in sentences]
        self._tokens: dict[Span, tuple[Token, ...]] = {}
        self._hits: dict[Span, list[TopicHit]] = {}
        self._marks: dict[Span, Marks] = {}
        # Sentences are asked for by number hundreds of times: a list spares the hashing of their spans.
        self._tokens_by_sentence: list[tuple[Token, ...] | None] = [None] * len(sentences)
        self._hits_by_sentence: list[list[TopicHit] | None] = [None] * len(sentences)
        self._issues_by_sentence: list[list[TopicHit] | None] = [None] * len(sentences)
        self._marks_by_sentence: list[Marks | None] = [None] * len(sentences)
        self._parts: dict[Piece, Marks] = {}
        self._names: dict[int, list[Hit[str]]] = {}

    def tokens_of(self, span: Span) -> tuple[Token, ...]:
        """Tokens of any stretch (a sentence, a heading)."""
        tokens = self._tokens.get(span)
        if tokens is None:
            tokens = self._tokens[span] = self.rules.tokenizer.tokens(self.text, span)
        return tokens

    def tokens(self, sentence: int) -> tuple[Token, ...]:
        """Tokens of a sentence."""
        tokens = self._tokens_by_sentence[sentence]
        if tokens is None:
            span = self.sentences[sentence].span
            tokens = self._tokens_by_sentence[sentence] = self.rules.tokenizer.tokens(self.text, span)
        return tokens

    def hits_of(self, span: Span) -> list[TopicHit]:
        """Topic keywords of any stretch."""
        hits = self._hits.get(span)
        if hits is None:
            hits = self._hits[span] = self.rules.topics.find(self.tokens_of(span))
        return hits

    def hits(self, sentence: int) -> list[TopicHit]:
        """Topic keywords of a sentence."""
        hits = self._hits_by_sentence[sentence]
        if hits is None:
            hits = self._hits_by_sentence[sentence] = self.rules.topics.find(self.tokens(sentence))
        return hits

    def issues(self, sentence: int) -> list[TopicHit]:
        """Keywords of a sentence that name topics with a proposition."""
        issues = self._issues_by_sentence[sentence]
        if issues is None:
            finder = self.rules.topics
            issues = [hit for hit in self.hits(sentence) if not finder.is_theme(hit.value.topic_id)]
            self._issues_by_sentence[sentence] = issues
        return issues

    @cached_property
    def leading_theme(self) -> str | None:
        """The theme named most often in the whole article, if any."""
        finder = self.rules.topics
        counts = Counter(
            hit.value.topic_id
            for sentence in range(len(self.sentences))
            for hit in self.hits(sentence)
            if finder.is_theme(hit.value.topic_id)
        )
        return min(counts, key=lambda topic: (-counts[topic], topic)) if counts else None

    def marks_of(self, span: Span) -> Marks:
        """Cues of any stretch."""
        marks = self._marks.get(span)
        if marks is None:
            marks = self._marks[span] = self.rules.cues.marks(self.tokens_of(span))
        return marks

    def marks(self, sentence: int) -> Marks:
        """Cues of a sentence."""
        marks = self._marks_by_sentence[sentence]
        if marks is None:
            marks = self._marks_by_sentence[sentence] = self.rules.cues.marks(self.tokens(sentence))
        return marks

    def may_tell_of_shift(self, sentence: int) -> bool:
        """Whether a sentence holds a cue of a shift; for less than all its cues."""
        marks = self._marks_by_sentence[sentence]
        return bool(marks.of("shift")) if marks is not None else self.rules.cues.has_shift(self.tokens(sentence))

    def marks_in(self, piece: Piece) -> Marks:
        """Cues that lie in a piece, counted from its first token."""
        marks = self._parts.get(piece)
        if marks is None:
            marks = self.marks(piece.sentence)
            if piece.first or piece.last < len(self.tokens(piece.sentence)):
                marks = marks.within(piece.first, piece.last)
            self._parts[piece] = marks
        return marks

    def names(self, sentence: int) -> list[Hit[str]]:
        """The dossier's actors named in a sentence, by id."""
        names = self._names.get(sentence)
        if names is None:
            names = self._names[sentence] = longest(self.rules.names.index.find(self.tokens(sentence)))
        return names

    def pieces(self, statement: Statement) -> list[Piece]:
        """The sentence parts of a statement: its content and, outside of quotes, its cue with its auxiliaries."""
        spans = [statement.content]
        if statement.mode is not Mode.QUOTE and statement.cue_span is not None:
            spans.append(statement.cue_span)
        speaker = statement.speaker.span if len(spans) > 1 else None
        return [
            piece
            for sentence in self._overlapping(statement.content)
            for piece in self._piece(sentence, spans, speaker)
        ]

    def before(self, sentence: int, most: int) -> Iterator[int]:
        """Up to `most` sentences before this one, nearest first, no further back than the block before its own."""
        block = self.sentences[sentence].block
        for other in range(sentence - 1, max(-1, sentence - 1 - most), -1):
            if self.sentences[other].block < block - 1:
                return
            yield other

    def is_same_block(self, one: int, other: int) -> bool:
        """Whether both sentences stand in one paragraph."""
        return self.sentences[one].block == self.sentences[other].block

    def section_over(self, sentence: int) -> Span | None:
        """The heading, no title, under which the sentence stands."""
        for block in reversed(self.blocks[: self.sentences[sentence].block]):
            if block.kind in (BlockKind.HEADING, BlockKind.TITLE):
                return block.span if block.kind is BlockKind.HEADING else None
        return None

    def heading_over(self, sentence: int) -> Span | None:
        """The nearest heading or title above the sentence."""
        for block in reversed(self.blocks[: self.sentences[sentence].block]):
            if block.kind in (BlockKind.HEADING, BlockKind.TITLE):
                return block.span
        return None

    def _overlapping(self, span: Span) -> Iterator[int]:
        first = max(0, bisect_right(self._starts, span.start) - 1)
        for index in range(first, len(self.sentences)):
            if self.sentences[index].span.start >= span.end:
                return
            if self.sentences[index].span.overlaps(span):
                yield index

    def _piece(self, sentence: int, spans: list[Span], speaker: Span | None) -> Iterator[Piece]:
        within = [span for span in spans if span.overlaps(self.sentences[sentence].span)]
        start, end = min(span.start for span in within), max(span.end for span in within)
        places = places_under(self.tokens(sentence), start, end)
        if places is not None:
            yield Piece(sentence, self._with_auxiliaries(sentence, places[0], speaker), places[1])

    def _with_auxiliaries(self, sentence: int, first: int, speaker: Span | None) -> int:
        """Auxiliaries and negations right before a cue belong to it ("has not ruled out"), and so does its subject."""
        tokens = self.tokens(sentence)
        while first:
            before = tokens[first - 1]
            is_speaker = speaker is not None and before.overlaps(speaker)
            if not (is_speaker or before.word in self._leading or before.word.endswith("ly")):
                break
            first -= 1
        return first
