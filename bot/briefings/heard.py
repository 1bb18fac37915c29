"""What a channel has heard: no sentence of it is told there again, whichever outlet carries it by now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.briefings.passages import Vocabulary
from bot.language.words import words

_FEWEST_WORDS = 4  # a shorter sentence within a line proves nothing: "He agreed."
_FEWEST_TERMS = 5
_SAME_SHARE = 0.8  # of the terms of the shorter of two sentences of one story, as copies and corrections have them


@dataclass(frozen=True, slots=True)
class HeardLine:
    """A line as it was posted, and the story that its article belongs to by now."""

    text: str
    story_id: str


class Heard:
    """Lines that were posted.

    The same words are known in any article. Within one story nearly the same words are known too: an outlet that
    reworded its copy, or a publisher that corrected its own text, brings no news.
    """

    def __init__(self, lines: Iterable[HeardLine], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        told = [(words(line.text), line.story_id) for line in lines]
        self._lines = frozenset(" ".join(one) for one, _ in told)
        self._all = "".join(f"| {line} |" for line in sorted(self._lines))
        self._terms: dict[str, list[frozenset[str]]] = defaultdict(list)
        for one, story_id in told:
            self._terms[story_id].append(frozenset(vocabulary.terms(one)))

    def knows(self, text: str, story_id: str) -> bool:
        """Whether this sentence, or these sentences, were told."""
        said = words(text)
        line = " ".join(said)
        if line in self._lines or (len(said) >= _FEWEST_WORDS and f" {line} " in self._all):
            return True
        mine = frozenset(self._vocabulary.terms(said))
        return any(_are_alike(mine, other) for other in self._terms.get(story_id, ()))


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= _FEWEST_TERMS and len(one & other) >= _SAME_SHARE * shorter
