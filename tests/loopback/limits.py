"""Discord's rate limits as it enforces them, and its bad days."""

import random
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from time import monotonic

A_SECOND = 50  # requests of a bot; interactions and webhooks do not count
POSTS, POSTS_SECONDS = 5, 5.0  # messages to one channel


@dataclass(frozen=True)
class Refusal:
    """Too many requests."""

    seconds: float
    is_global: bool

    @property
    def headers(self) -> dict[str, str]:
        """What goes with a 429 beside the body."""
        scope = {"X-RateLimit-Global": "true"} if self.is_global else {}
        return {"Via": "1.1 google", "Retry-After": f"{self.seconds:.3f}"} | scope


class GlobalLimit:
    """So many requests in any second."""

    def __init__(self, a_second: int = A_SECOND) -> None:
        self.a_second = a_second
        self.refused = 0
        self._seen: deque[float] = deque()

    def take(self) -> Refusal | None:
        """Count a request, or refuse it."""
        now = monotonic()
        while self._seen and self._seen[0] <= now - 1:
            self._seen.popleft()
        if len(self._seen) >= self.a_second:
            self.refused += 1
            return Refusal(self._seen[0] + 1 - now, is_global=True)
        self._seen.append(now)
        return None


@dataclass
class Bucket:
    """Messages to one channel: five in five seconds, from the first of them on."""

    until: float = 0.0
    used: int = 0

    def take(self) -> Refusal | None:
        """Count a message, or refuse it."""
        now = monotonic()
        if now >= self.until:
            self.until, self.used = now + POSTS_SECONDS, 0
        if self.used >= POSTS:
            return Refusal(self.until - now, is_global=False)
        self.used += 1
        return None

    def headers(self, name: str) -> dict[str, str]:
        """How much is left, as every answer says."""
        left = max(self.until - monotonic(), 0.0)
        return {
            "X-RateLimit-Bucket": name,
            "X-RateLimit-Limit": str(POSTS),
            "X-RateLimit-Remaining": str(POSTS - self.used),
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Reset": "0",
        }


class Mishap(StrEnum):
    """What befalls a request: whether Discord has acted on it is the question."""

    CUT_BEFORE = "cut before"
    CUT_AFTER = "cut after"
    ERROR_BEFORE = "500 before"
    ERROR_AFTER = "502 after"


@dataclass
class Weather:
    """Mishaps at random, the same ones for the same seed: of all requests a `share`, of each kind its weight,
    `most` in all, `most_each` to one address: what is asked there again gets through in the end."""

    seed: int
    share: float
    weights: Mapping[Mishap, int] = field(
        default_factory=lambda: {
            Mishap.CUT_BEFORE: 4,
            Mishap.CUT_AFTER: 4,
            Mishap.ERROR_BEFORE: 1,
            Mishap.ERROR_AFTER: 1,
        }
    )
    most: int | None = None
    most_each: int | None = None
    only: str | None = None  # requests by this method
    happened: int = 0

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._each = Counter[str]()

    def mishap(self, method: str = "", path: str = "") -> Mishap | None:
        """What befalls the next request, if anything."""
        if self.only not in (None, method) or self._chance.random() >= self.share or self.happened == self.most:
            return None
        if self._each[path] == self.most_each:
            return None
        self._each[path] += 1
        self.happened += 1
        return self._chance.choices(tuple(self.weights), tuple(self.weights.values()))[0]
