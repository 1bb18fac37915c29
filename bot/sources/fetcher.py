"""The guarded fetcher: the one place where Attaché asks the web for something."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp
from aiohttp.abc import AbstractResolver
from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt, wait_random_exponential
from yarl import URL

from bot.sources import answers, robots
from bot.sources.addresses import AddressGuard, RefusedAddressError
from bot.sources.allowed import AllowedHost
from bot.sources.bodies import TooLargeError, UnreadableBodyError
from bot.sources.exchange import Answer, Exchange
from bot.sources.limits import FetchLimits
from bot.sources.outcomes import Failed, Fetched, FetchFault, NotModified, Outcome, Validators
from bot.sources.politeness import Politeness

AGENT = "Attache"
_FAULTS: tuple[tuple[tuple[type[Exception], ...], FetchFault, str], ...] = (  # the first that fits
    ((TimeoutError,), FetchFault.SLOW, "took too long to answer"),  # aiohttp's own timeouts are that, too
    (
        (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError),
        FetchFault.UNREACHABLE,
        "has no certificate that can be trusted",
    ),
    ((aiohttp.ClientConnectorDNSError,), FetchFault.UNREACHABLE, "is on a host that does not exist"),
    (
        (aiohttp.ClientResponseError, ValueError),
        FetchFault.INVALID,
        "gave an answer that is not HTTP",
    ),
)
_BACKOFF = wait_random_exponential(multiplier=0.5, max=8)


@dataclass(frozen=True, slots=True)
class _Ask:
    """What is wanted, whatever hops lead to it."""

    accepts: tuple[str, ...]
    validators: Validators | None
    by_robots: bool
    max_bytes: int

    def headers(self) -> Mapping[str, str]:
        known = self.validators or Validators()
        named = {
            "Accept": ", ".join((*self.accepts[:5], "*/*;q=0.1")) if self.accepts else "*/*",
            "If-None-Match": known.etag,
            "If-Modified-Since": known.last_modified,
        }
        return {name: value for name, value in named.items() if value}

    def is_wanted(self, status: int, headers: Mapping[str, str]) -> bool:
        kind, _ = answers.content_type_of(headers)
        return 200 <= status < 300 and (not kind or not self.accepts or kind in self.accepts)


class Fetcher:
    """Fetches over http and https within limits. Close it at the end; make it inside a running loop.

    `contact` (an address or a page) stands in the User-Agent, so that publishers can reach the operator. `resolver`
    answers names, `sleep` waits; both are for tests.
    """

    def __init__(
        self,
        *,
        version: str = "",
        contact: str = "",
        allowed: Sequence[AllowedHost] = (),
        limits: FetchLimits | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        resolver: AbstractResolver | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._limits = limits or FetchLimits()
        self._now = now
        self._sleep = sleep
        name = f"{AGENT}/{version}" if version else AGENT
        self._guard = AddressGuard(allowed)
        self._exchange = Exchange(
            guard=self._guard,
            user_agent=f"{name} (+{contact})" if contact else name,
            limits=self._limits,
            resolver=resolver,
        )
        self._politeness = Politeness(per_host=self._limits.per_host, delay=self._limits.delay, sleep=sleep)
        self._robots = robots.Robots(self._get_robots, agent=AGENT, now=now)

    async def fetch(
        self,
        address: str,
        *,
        accepts: tuple[str, ...] = (),
        validators: Validators | None = None,
        by_robots: bool = False,
        max_bytes: int | None = None,
    ) -> Outcome:
        """What is at `address`. Never raises for what the outside world does.

        `accepts` are media types, the best first, any if empty; an answer without a type is taken. With `by_robots`,
        robots.txt of every site on the way must allow it.
        """
        most = max_bytes or self._limits.max_bytes
        return await self._fetch(address, _Ask(accepts, validators, by_robots, most))

    async def close(self) -> None:
        """Close all connections."""
        await self._exchange.close()

    async def _get_robots(self, url: URL) -> Outcome:
        return await self._fetch(url, _Ask((), None, False, robots.MAX_BYTES))

    async def _fetch(self, address: str | URL, ask: _Ask) -> Outcome:
        """Try, and try again where that may help."""
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._limits.tries),
            retry=retry_if_result(lambda outcome: isinstance(outcome, Failed) and outcome.is_worth_retrying),
            wait=_wait,
            sleep=self._sleep,
            retry_error_callback=_last_outcome,
        )
        outcome: Outcome = await retrying(self._try, address, ask)
        return outcome

    async def _try(self, address: str | URL, ask: _Ask) -> Outcome:
        """Follow redirects by hand: every hop is judged like the first address."""
        left = self._limits.total
        moved: bool | None = None
        for _ in range(self._limits.max_redirects + 1):
            try:
                url = self._guard.check_url(address)
            except RefusedAddressError as error:
                return _failed(error)
            found, seconds = await self._hop(url, ask, left)
            left -= seconds
            if isinstance(found, Failed):
                return found
            if found.status not in answers.REDIRECTS:
                return self._outcome(found, ask, moved=bool(moved))
            moved = moved is not False and found.status in answers.FOR_GOOD
            try:
                address = url.join(URL(found.headers["Location"].strip()))
            except (KeyError, ValueError):
                return Failed(FetchFault.INVALID, "redirects to nowhere")
        return Failed(FetchFault.INVALID, f"redirects more than {self._limits.max_redirects} times")

    async def _hop(self, url: URL, ask: _Ask, left: float) -> tuple[Answer | Failed, float]:
        """One request, when it is our turn; and the seconds it took."""
        host = url.host or ""
        if ask.by_robots and (refusal := await self._by_robots(url)):
            return refusal, 0.0
        async with self._politeness.turn(host):
            if until := self._politeness.held_until(host, self._now()):
                return answers.rate_limited(until, self._now(), self._limits), 0.0
            started = asyncio.get_running_loop().time()
            found = await self._request(url, ask, left)
            seconds = asyncio.get_running_loop().time() - started
        if isinstance(found, Answer):
            fault = answers.fault_of(found.status, found.headers, now=self._now(), limits=self._limits)
            if fault is not None and fault.retry_at is not None and not fault.is_worth_retrying:
                self._politeness.hold(host, fault.retry_at)
        return found, seconds

    async def _request(self, url: URL, ask: _Ask, left: float) -> Answer | Failed:
        try:
            return await self._exchange.get(
                url, ask.headers(), is_wanted=ask.is_wanted, max_bytes=ask.max_bytes, seconds=max(left, 0.01)
            )
        except TooLargeError:
            return Failed(FetchFault.TOO_LARGE, f"is larger than {ask.max_bytes:,} bytes")
        except (RefusedAddressError, UnreadableBodyError, aiohttp.ClientError, OSError, ValueError) as error:
            return _failed(error)

    async def _by_robots(self, url: URL) -> Failed | None:
        if refusal := await self._robots.refusal(url):
            return refusal
        if delay := await self._robots.delay(url):
            self._politeness.slow_down(url.host or "", min(delay, self._limits.longest_delay))
        return None

    def _outcome(self, answer: Answer, ask: _Ask, *, moved: bool) -> Outcome:
        """What an answer that is no redirect amounts to."""
        now = self._now()
        fresh_until = answers.fresh_until(answer.headers, now, self._limits)
        validators = answers.validators_of(answer.headers)
        if answer.status == 304 and ask.validators is not None:
            return NotModified(validators if validators != Validators() else ask.validators, fresh_until)
        if fault := answers.fault_of(answer.status, answer.headers, now=now, limits=self._limits):
            return fault
        kind, charset = answers.content_type_of(answer.headers)
        if not ask.is_wanted(answer.status, answer.headers):
            return Failed(FetchFault.INVALID, f"is of the type {kind[:60]}, which can't be read here")
        return Fetched(str(answer.url), answer.content, kind, charset, validators, fresh_until, moved)


def _failed(error: Exception) -> Failed:
    """Words for what went wrong below HTTP."""
    if isinstance(error, RefusedAddressError):
        return Failed(FetchFault.REFUSED, f"may not be asked: {error}")
    if isinstance(error, UnreadableBodyError):
        return Failed(FetchFault.INVALID, str(error))
    for kinds, kind, reason in _FAULTS:
        if isinstance(error, kinds):
            return Failed(kind, reason)
    return Failed(FetchFault.UNREACHABLE, "can't be reached", is_worth_retrying=True)


def _wait(state: RetryCallState) -> float:
    """As long as the server asks for, else a random time that doubles with every try."""
    outcome = _last_outcome(state)
    return outcome.wait if isinstance(outcome, Failed) and outcome.wait is not None else _BACKOFF(state)


def _last_outcome(state: RetryCallState) -> Outcome:
    assert state.outcome is not None
    outcome: Outcome = state.outcome.result()
    return outcome
