"""What robots.txt allows (RFC 9309), by Protego."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from protego import Protego
from yarl import URL

from bot.sources.outcomes import Failed, Fetched, FetchFault, Outcome

MAX_BYTES = 512_000  # of robots.txt; RFC 9309 wants at least 500 KiB to be read
_KEPT = timedelta(hours=24)
_KEPT_AFTER_FAULT = timedelta(minutes=30)
_MOST_SITES = 500
# RFC 9309, 2.3.1: a robots.txt that is not there allows all, one that can't be reached allows nothing.
_ALLOWS_ALL = frozenset({FetchFault.BLOCKED, FetchFault.GONE, FetchFault.INVALID, FetchFault.TOO_LARGE})


@dataclass(slots=True)
class _Site:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Protego | Failed | None = None
    until: datetime | None = None


class Robots:
    """Knows the rules of sites, each asked for once a day. `get` fetches an address; `agent` is what we are called."""

    def __init__(self, get: Callable[[URL], Awaitable[Outcome]], *, agent: str, now: Callable[[], datetime]) -> None:
        self._get = get
        self._agent = agent
        self._now = now
        self._sites: dict[str, _Site] = {}

    async def refusal(self, url: URL) -> Failed | None:
        """Why `url` may not be asked for, if it may not."""
        rules = await self._rules(url)
        if isinstance(rules, Failed):
            return Failed(
                rules.kind, f"may not be read while its robots.txt can't be: it {rules.reason}", retry_at=rules.retry_at
            )
        if rules is None or rules.can_fetch(str(url), self._agent):
            return None
        return Failed(FetchFault.BLOCKED, "is closed to us by the publisher's robots.txt")

    async def delay(self, url: URL) -> float:
        """Seconds that the site wants between two requests; 0 if it says nothing."""
        rules = await self._rules(url)
        return float(rules.crawl_delay(self._agent) or 0) if isinstance(rules, Protego) else 0.0

    async def _rules(self, url: URL) -> Protego | Failed | None:
        origin = str(url.origin())
        if origin not in self._sites and len(self._sites) >= _MOST_SITES:
            self._sites.clear()
        site = self._sites.setdefault(origin, _Site())
        async with site.lock:
            if site.until is None or site.until <= self._now():
                site.rules = _read(await self._get(url.origin() / "robots.txt"))
                kept = _KEPT_AFTER_FAULT if isinstance(site.rules, Failed) else _KEPT
                site.until = self._now() + kept
            return site.rules


def _read(outcome: Outcome) -> Protego | Failed | None:
    """The rules; None where there are none; the failure that forbids all."""
    if isinstance(outcome, Fetched):
        return Protego.parse(outcome.content[:MAX_BYTES].decode("utf-8", "replace"))
    if isinstance(outcome, Failed) and outcome.kind not in _ALLOWS_ALL:
        return outcome
    return None
