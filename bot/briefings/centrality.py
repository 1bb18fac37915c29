"""How central each sentence is: LexRank and centroid scores on a `TermMatrix`."""

from collections.abc import Sequence

import numpy as np

from bot.briefings.tfidf import TermMatrix, Vector

DAMPING = 0.85
_TOLERANCE = 1e-9
_MOST_ROUNDS = 200


def lexrank(matrix: TermMatrix, teleport: Vector | None = None, damping: float = DAMPING) -> Vector:
    """Continuous LexRank (Erkan and Radev 2004, section 3.3), one score a sentence, summing to 1.

    The stationary distribution of a walk that follows cosine similarity with probability `damping` and else jumps to a
    sentence drawn from `teleport` (uniform by default; the paper's d is 1 - `damping`). A biased `teleport` is the
    topic-sensitive form of Otterbacher et al. 2005; we put the position prior there.
    """
    count = matrix.shape[0]
    if count == 0:
        return np.zeros(0)
    jump = np.full(count, 1 / count) if teleport is None else teleport / teleport.sum()
    degrees = matrix.times(matrix.transposed_times(np.ones(count)))
    safe = np.where(degrees > 0, degrees, 1)
    isolated = degrees <= 0
    scores: Vector = jump
    for _ in range(_MOST_ROUNDS):
        spread = matrix.times(matrix.transposed_times(np.where(isolated, 0, scores / safe)))
        lost = float(scores[isolated].sum())  # sentences without a word jump
        following: Vector = damping * (spread + lost * jump) + (1 - damping) * jump
        if np.abs(following - scores).sum() < _TOLERANCE:
            return following
        scores = following
    return scores


def centroid(matrix: TermMatrix) -> Vector:
    """Cosine of each sentence with the mean of all (Radev et al. 2004), in [0, 1]."""
    mean = matrix.transposed_times(np.ones(matrix.shape[0]))
    norm = float(np.linalg.norm(mean))
    return matrix.times(mean / norm) if norm else np.zeros(matrix.shape[0])


def position_prior(places: Sequence[int], floor: float = 0.1) -> Vector:
    """News puts what matters first: 1 for a document's first sentence, then 1/(1 + place), never under `floor`."""
    return np.maximum(1 / (1 + np.asarray(places, dtype=np.float64)), floor)


def headline_overlap(matrix: TermMatrix, headlines: Sequence[Sequence[str]]) -> Vector:
    """Mean cosine of each sentence with the headlines of all documents: what editors agree to be the matter."""
    told = [terms for terms in headlines if terms]
    if not told:
        return np.zeros(matrix.shape[0])
    return np.asarray(np.mean([matrix.cosines_with(terms) for terms in told], axis=0), dtype=np.float64)


def scaled(scores: Vector) -> Vector:
    """`scores` divided by the greatest, so that different measures can be weighed together; zeros stay zeros."""
    greatest = scores.max(initial=0.0)
    return scores / greatest if greatest > 0 else scores
