"""From readings to candidates: stretches of whole sentences that a briefing may quote, and what is known of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.articles.model import Article
from bot.briefings.standing import Standing, StandingRules, Verdict
from bot.language.blocks import BlockKind
from bot.language.sentences import Sentence
from bot.language.spans import Span
from bot.positions.model import Reading, Statement

_MOST_SENTENCES = 3  # a sentence and at most two before it
_MOST_WORDS = 75
_MOST_LIST_WORDS = 90
_MOST_BULLETS = 5


@dataclass(frozen=True, slots=True)
class Weighed:
    """An article of the window with what was read from it, and the story that holds it.

    `story_id` is the id of the story's lead: only leads provide sentences, the other members add citations.
    """

    article: Article
    reading: Reading
    story_id: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Sentences `first` to `last` of an article, `sentence` being the one that matters (the others explain it)."""

    weighed: Weighed
    first: int
    last: int
    sentence: int
    standing: Standing
    reason: str

    @property
    def span(self) -> Span:
        """From the first sentence's first character to the last one's last."""
        sentences = self.weighed.reading.sentences
        return Span(sentences[self.first].span.start, sentences[self.last].span.end)

    @property
    def text(self) -> str:
        """The article's own characters."""
        return self.span.of(self.weighed.article.text)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What is said in these sentences, in order."""
        return tuple(one for one in self.weighed.reading.statements if self.first <= one.sentence <= self.last)


class CandidateFinder:
    """Widens a sentence backwards until it stands alone, or gives it up."""

    def __init__(self, rules: StandingRules, names_of: Mapping[str, Sequence[str]]) -> None:
        self._rules = rules
        self._names_of = {actor: tuple(name.casefold() for name in names) for actor, names in names_of.items()}

    def candidate(self, weighed: Weighed, index: int) -> Candidate:
        """The shortest stretch with sentence `index` that stands alone; else the sentence itself, as it is."""
        listed = self._list(weighed, index)
        if listed is not None:
            return listed
        alone, is_repairable = self._alone(weighed, index)
        if alone.standing >= Standing.LEANS or not is_repairable:
            return alone
        for wider in (*self._wider(weighed, index), *self._longer(weighed, index)):
            if wider.standing >= Standing.LEANS:
                return wider
        return alone

    def _alone(self, weighed: Weighed, index: int) -> tuple[Candidate, bool]:
        """The sentence by itself. A point of a list too long to be quoted whole must at least say who speaks."""
        alone = self._judged(weighed, index, index, index)
        if self._is_point(weighed, index) and not any(one.speaker.actor_id for one in alone.statements):
            return replace(alone, standing=Standing.DANGLES, reason="is one point of a list"), False
        verdict = self._rules.judge(alone.text)
        return alone, verdict.is_repairable

    def _is_point(self, weighed: Weighed, index: int) -> bool:
        """Whether the sentence stands in a list that a sentence leads in to."""
        first = self._lead_in(weighed, index)
        return first < index and weighed.reading.sentences[first].span.of(weighed.article.text).endswith(":")

    def _lead_in(self, weighed: Weighed, index: int) -> int:
        """The sentence above the list that holds sentence `index`; that sentence itself where it is in no list."""
        sentences, blocks = weighed.reading.sentences, weighed.article.blocks
        while index > 0 and blocks[sentences[index].block].kind is BlockKind.BULLET:
            index -= 1
        return index

    def _wider(self, weighed: Weighed, index: int) -> Iterator[Candidate]:
        """Stretches with one sentence more at the front each time, as long as nothing stands between."""
        sentences = weighed.reading.sentences
        for before in range(1, _MOST_SENTENCES):
            first = index - before
            if first < 0 or not self._are_neighbours(weighed, first, first + 1):
                return
            if _words(weighed, sentences[first], sentences[index]) > _MOST_WORDS:
                return
            yield self._judged(weighed, first, index, index)

    def _longer(self, weighed: Weighed, index: int) -> Iterator[Candidate]:
        """Stretches that run on within the paragraph to where a quotation ends and its speaker is named."""
        sentences = weighed.reading.sentences
        for last in range(index + 1, min(index + _MOST_SENTENCES, len(sentences))):
            too_long = _words(weighed, sentences[index], sentences[last]) > _MOST_WORDS
            if sentences[last].block != sentences[index].block or too_long:
                return
            yield self._judged(weighed, index, last, index)

    def _judged(self, weighed: Weighed, first: int, last: int, sentence: int) -> Candidate:
        text = Span(weighed.reading.sentences[first].span.start, weighed.reading.sentences[last].span.end).of(
            weighed.article.text
        )
        head = weighed.reading.sentences[first].span.of(weighed.article.text)
        verdict = self._rules.judge(text, head)
        if verdict.standing > Standing.DANGLES:
            verdict = self._with_speakers(weighed, first, last, verdict)
        return Candidate(weighed, first, last, sentence, verdict.standing, verdict.reason)

    def _with_speakers(self, weighed: Weighed, first: int, last: int, verdict: Verdict) -> Verdict:
        """What the reader resolved and the surface can't: "he" is none of those named here."""
        sentences = weighed.reading.sentences
        told = Span(sentences[first].span.start, sentences[last].span.end).of(weighed.article.text).casefold()
        for statement in weighed.reading.statements:
            if not first <= statement.sentence <= last or statement.speaker.span is None:
                continue
            names = self._names_of.get(statement.speaker.actor_id or "", ())
            nameless = names and self._rules.is_nameless(statement.speaker.text)
            if nameless and not any(name in told for name in names):
                return Verdict(Standing.DANGLES, f"does not say who “{statement.speaker.text}” is")
        return verdict

    def _are_neighbours(self, weighed: Weighed, earlier: int, later: int) -> bool:
        """In one paragraph, or in two that follow each other with no heading between."""
        sentences = weighed.reading.sentences
        gap = range(sentences[earlier].block, sentences[later].block)
        blocks = weighed.article.blocks
        return len(gap) <= 1 and all(blocks[i].kind is BlockKind.PARAGRAPH for i in (*gap, sentences[later].block))

    def _list(self, weighed: Weighed, index: int) -> Candidate | None:
        """A short list goes as one with the sentence that leads in to it: neither says anything without the other."""
        sentences, blocks = weighed.reading.sentences, weighed.article.blocks
        first = self._lead_in(weighed, index)
        if not sentences[first].span.of(weighed.article.text).rstrip().endswith(":"):
            return None
        last = first
        while last + 1 < len(sentences) and blocks[sentences[last + 1].block].kind is BlockKind.BULLET:
            last += 1
        if last == first or last - first > _MOST_BULLETS:
            return None
        if _words(weighed, sentences[first], sentences[last]) > _MOST_LIST_WORDS or self._is_broken(
            weighed, first, last
        ):
            return None
        lead = self._rules.judge(sentences[first].span.of(weighed.article.text).rstrip().rstrip(":") + ".")
        return Candidate(weighed, first, last, first, lead.standing, lead.reason)

    def _is_broken(self, weighed: Weighed, first: int, last: int) -> bool:
        """Whether a heading or a gap in the blocks stands between these sentences."""
        held = [weighed.reading.sentences[i].block for i in range(first, last + 1)]
        return any(later - earlier > 1 for earlier, later in pairwise(held))


def _words(weighed: Weighed, first: Sentence, last: Sentence) -> int:
    return len(Span(first.span.start, last.span.end).of(weighed.article.text).split())
