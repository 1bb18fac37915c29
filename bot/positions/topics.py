"""What a text is about: the dossier's topics by their keywords.

A keyword is a phrase pattern (see `bot.positions.phrases`), with one mark before it where needed:

- ``ceasefire``               speaks of the topic; wanting it is wanting the proposition;
- ``-final peace deal``       names the opposite: wanting it is being against the proposition;
- ``~Donbas``                 speaks of the topic and takes no side by itself;
- ``ukrain* .. withdraw*``    the second within six words after the first; the last part is what is wanted or refused;
- ``Putin + Zelensky + meet`` all in one sentence.

More words weigh more. Where two keywords of one topic meet in a word, the longer one counts, then the closer one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.dossier import Topic
from bot.positions.phrases import Hit, PhraseIndex, Token, Tokenizer, longest

_SIGNS = {"-": -1, "~": 0}


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword's topic and side: 1 with the proposition, -1 its opposite, 0 neither."""

    topic_id: str
    sign: int


TopicHit = Hit[Keyword]


class TopicFinder:
    """Finds the dossier's topics in tokens."""

    def __init__(self, topics: Sequence[Topic], tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._order = {topic.id: place for place, topic in enumerate(topics)}
        self._propositions = {topic.id for topic in topics if topic.proposition is not None}
        patterns = [_signed(topic.id, keyword) for topic in topics for keyword in topic.keywords]
        self._index = PhraseIndex(patterns, tokenizer)

    def find(self, tokens: Sequence[Token]) -> list[TopicHit]:
        """Every keyword in `tokens`; of two keywords of one topic in one place the better."""
        return self._best(self._index.find(tokens))

    def _in_text(self, text: str) -> list[TopicHit]:
        return self._best(self._index.find_in(self._tokenizer.surfaces(text)))

    def _best(self, hits: list[TopicHit]) -> list[TopicHit]:
        if len(hits) < 2:
            return hits
        topics: dict[str, list[TopicHit]] = {}
        for hit in hits:
            topics.setdefault(hit.value.topic_id, []).append(hit)
        best = [hit for own in topics.values() for hit in (_agreeing(own) if len(own) > 1 else own)]
        return sorted(best, key=lambda hit: (hit.head, self._order[hit.value.topic_id]))

    def is_theme(self, topic_id: str) -> bool:
        """Whether the topic has no proposition to take a stance on."""
        return topic_id not in self._propositions

    def rank(self, hits: Iterable[TopicHit]) -> tuple[str, ...]:
        """Topic ids, best first: before themes those with a proposition, then by number of words, then as named."""
        weights: dict[str, int] = {}
        for hit in hits:
            weights[hit.value.topic_id] = weights.get(hit.value.topic_id, 0) + hit.words
        return tuple(sorted(weights, key=lambda topic: (self.is_theme(topic), -weights[topic])))

    def topics_of(self, text: str) -> tuple[str, ...]:
        """Topic ids of one sentence, best first."""
        return self.rank(self._in_text(text))

    def read(self, text: str) -> tuple[tuple[str, ...], frozenset[str]]:
        """Topic ids of one sentence, best first; and those that it names by more than a keyword that only touches them
        (``~``)."""
        hits = self._in_text(text)
        return self.rank(hits), frozenset(
            hit.value.topic_id for hit in hits if hit.value.sign or self.is_theme(hit.value.topic_id)
        )


def _agreeing(hits: list[TopicHit]) -> list[TopicHit]:
    """The best of each place; where two that take different sides share a word, only the longer one."""
    best = longest(hits)
    return [
        hit
        for hit in best
        if not any(
            other.words > hit.words
            and other.value.sign != hit.value.sign
            and any(hit.covers(*part) for part in other.parts)
            for other in best
        )
    ]


def _signed(topic_id: str, keyword: str) -> tuple[str, Keyword]:
    sign = _SIGNS.get(keyword[0], 1)
    pattern = keyword[1:].strip() if keyword[0] in _SIGNS else keyword
    return pattern, Keyword(topic_id, sign)
