"""What several documents say, told once: the concepts that documents share, and which of them are still untold.

After Gillick and Favre 2009 (a summary is worth the concepts it covers, each once, weighted by the number of documents
that have it); here as a greedy step beside relevance, and with headlines counted as half a document.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from bot.briefings.passages import Material, Vocabulary
from bot.briefings.tfidf import Vector

_HEADLINE_SHARE = 0.5
_LENGTH_POWER = 0.25  # a longer sentence covers more; this much of its advantage is taken back


class Coverage:
    """Untold shared concepts of each passage. `worth` falls as passages are told."""

    def __init__(self, material: Material, vocabulary: Vocabulary) -> None:
        concepts = [vocabulary.concepts(passage.words) for passage in material.passages]
        weights = _weights(material, vocabulary, concepts)
        shared = frozenset(weights)
        self._held = [sorted(held & shared) for held in concepts]
        self._holders: dict[str, list[int]] = {}
        for index, held in enumerate(self._held):
            for concept in held:
                self._holders.setdefault(concept, []).append(index)
        self._untold = weights
        lengths = np.array([max(1, len(passage.words)) for passage in material.passages], dtype=np.float64)
        scale = lengths**-_LENGTH_POWER
        raw = np.array([sum([weights[concept] for concept in held]) for held in self._held], dtype=np.float64)
        greatest = float((raw * scale).max(initial=0.0))
        self._scale = scale / greatest if greatest > 0 else scale
        self._raw = raw

    @property
    def worth(self) -> Vector:
        """The weight of untold concepts in each passage, 1 for the best passage at the start."""
        return np.maximum(self._raw, 0) * self._scale

    def tell(self, index: int) -> None:
        """Passage `index` is told: what it shares is news no longer."""
        for concept in self._held[index]:
            weight = self._untold.pop(concept, 0.0)
            if weight:
                self._raw[self._holders[concept]] -= weight


def _weights(material: Material, vocabulary: Vocabulary, concepts: Sequence[frozenset[str]]) -> dict[str, float]:
    """Square root of (documents that hold it, beyond the first, and half of the headlines); zero is left out."""
    seen: list[set[str]] = [set() for _ in material.headlines]
    for passage, held in zip(material.passages, concepts, strict=True):
        seen[passage.document].update(held)
    documents: Counter[str] = Counter()
    for own in seen:
        documents.update(own)
    titles = Counter(concept for words in material.headlines for concept in vocabulary.concepts(words))
    weights = {c: (count - 1 + _HEADLINE_SHARE * titles.get(c, 0)) ** 0.5 for c, count in documents.items()}
    return {concept: weight for concept, weight in weights.items() if weight > 0}
