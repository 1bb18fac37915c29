"""Quotes, timelines, shifts and comparisons: from what is asked to a proved answer."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.briefings.editions import place_of
from bot.briefings.model import Window
from bot.briefings.window import parse_since
from bot.dossier import Dossier
from bot.errors import InvalidInputError
from bot.positions.answers import Comparison, Quotes, Saying, ShiftLedger, Timeline, Unmoved
from bot.positions.comparison import compare_holders
from bot.positions.current import published_at
from bot.positions.model import Evidence, Holder, Shift
from bot.positions.refusals import find_refusals
from bot.positions.sayings import group_sayings, quoted_text, words_of
from bot.positions.shifts import find_shifts
from bot.positions.voices import voices_of
from bot.presentation.proof import is_quoted
from bot.services.audience import Audience
from bot.services.editions import EditionLedger
from bot.services.names import Names
from bot.services.ports import Corpus
from bot.services.positions import OF_EACH, of_each
from bot.services.results import CompareRequest, QuotesRequest, ShiftsRequest, TimelineRequest
from bot.services.shelf import Shelf

SHOWN = 40  # sayings or shifts of one answer
_UNMOVED = 10  # differences that are no shift
_LOOKED_THROUGH = 400  # newest statements from which they are made
_SHORTEST, _LONGEST = 2, 100  # characters of a text searched for


class EvidenceService:
    """Answers made of single statements. Every one is proved against the store before it leaves."""

    def __init__(
        self,
        *,
        dossier: Dossier,
        corpus: Corpus,
        names: Names,
        ledger: EditionLedger,
        clock: Callable[[], datetime],
        audience: Audience | None = None,
    ) -> None:
        """Without an `audience` everybody sees everything."""
        self._audience = audience
        self._dossier = dossier
        self._corpus = corpus
        self._names = names
        self._ledger = ledger
        self._clock = clock
        self._moves = Shelf[_Moves]()

    async def quotes(self, request: QuotesRequest) -> Quotes:
        """What somebody said in quotation marks, or who said certain words. Raises `InvalidInputError`."""
        return await (await self._over(request.guild_id))._quotes(request)

    async def _quotes(self, request: QuotesRequest) -> Quotes:
        if request.actor is None and request.text is None and request.topic is None:
            raise InvalidInputError("actor", "", "name an actor, a text, or both")
        holder, topic_id = self._holder(request.actor), self._topic(request.topic)
        sought = _checked_text(request.text)
        found = await self._newest(holder, topic_id, quoted=True, text=sought)
        marked = await self._in_marks(found)
        sayings, has_more = await asyncio.to_thread(_sayings, marked, sought)
        articles = await self._corpus.size()
        return await self._ledger.issue(
            Quotes(
                dossier_id=self._dossier.id,
                holder=holder,
                text=sought,
                sayings=sayings,
                has_more=has_more or len(found) == _LOOKED_THROUGH,
                articles=articles,
            ),
            request.guild_id,
        )

    async def timeline(self, request: TimelineRequest) -> Timeline:
        """What was said by an actor, on a topic, or both, day by day. Raises `InvalidInputError`."""
        return await (await self._over(request.guild_id))._timeline(request)

    async def _timeline(self, request: TimelineRequest) -> Timeline:
        if request.actor is None and request.topic is None:
            raise InvalidInputError("actor", "", "name an actor, a topic, or both")
        holder, topic_id = self._holder(request.actor), self._topic(request.topic)
        found = await self._newest(holder, topic_id)
        on_topic = [one for one in found if one.statement.topics]  # other words of an actor are no part of the story
        sayings, has_more = await asyncio.to_thread(_sayings, on_topic, None)
        articles = await self._corpus.size()
        return await self._ledger.issue(
            Timeline(
                dossier_id=self._dossier.id,
                holder=holder,
                topic_id=topic_id,
                sayings=sayings,
                has_more=has_more or len(found) == _LOOKED_THROUGH,
                articles=articles,
            ),
            request.guild_id,
        )

    async def shifts(self, request: ShiftsRequest) -> ShiftLedger:
        """Which actors of the dossier moved, and which differences are no move. Raises `InvalidInputError`."""
        return await (await self._over(request.guild_id))._shifts(request)

    async def _shifts(self, request: ShiftsRequest) -> ShiftLedger:
        window = parse_since(request.since, self._clock())
        moves = await self._moves.answer(await self._corpus.mark(), self._found_moves)
        ledger = _ledger(self._dossier, moves, window, await self._corpus.size())
        return await self._ledger.issue(ledger, request.guild_id)

    async def _found_moves(self) -> "_Moves":
        """Of all time: they depend on the corpus alone, and take a second of a large one."""
        actors = [actor.id for actor in self._dossier.actors]
        known = await self._corpus.evidence(actor_ids=actors, topic_ids=self._topics(), latest=OF_EACH)
        return await asyncio.to_thread(_find_moves, self._dossier, known)

    async def compare(self, request: CompareRequest) -> Comparison:
        """Two who speak, side by side. Raises `InvalidInputError` or `NotFoundError`."""
        return await (await self._over(request.guild_id))._compare(request)

    async def _compare(self, request: CompareRequest) -> Comparison:
        first, second = self._holder(request.first), self._holder(request.second)
        if first is None or second is None or first == second:
            raise InvalidInputError("second", request.second, "name two different actors")
        topic_id = self._topic(request.topic)
        known = [
            one for holder in (first, second) for one in await self._of_each(holder, (topic_id,) if topic_id else None)
        ]
        articles = await self._corpus.size()
        comparison = await asyncio.to_thread(
            compare_holders, self._dossier, known, first, second, topic_id=topic_id, articles=articles
        )
        return await self._ledger.issue(comparison, request.guild_id)

    async def _over(self, guild_id: int | None) -> "EvidenceService":
        """The service over what this server may see."""
        return self if self._audience is None else await self._audience.over(self, guild_id)

    async def _newest(
        self, holder: Holder | None, topic_id: str | None, *, quoted: bool = False, text: str | None = None
    ) -> tuple[Evidence, ...]:
        """Statements of the holder and of those who speak for it."""
        return await self._corpus.newest_evidence(
            actor_ids=voices_of(self._dossier, holder.actor_id) if holder and holder.actor_id else None,
            names=(holder.name,) if holder and not holder.actor_id else None,
            topic_ids=(topic_id,) if topic_id else None,
            quoted=quoted,
            containing=text,
            limit=_LOOKED_THROUGH,
        )

    async def _of_each(self, holder: Holder, topics: Sequence[str] | None) -> tuple[Evidence, ...]:
        on = topics or self._topics()
        if holder.actor_id is None:
            return await self._corpus.evidence(names=(holder.name,), topic_ids=on, latest=OF_EACH)
        speaking = voices_of(self._dossier, holder.actor_id)
        latest = of_each(await self._corpus.size(), len(on) * len(speaking))
        return await self._corpus.evidence(actor_ids=speaking, topic_ids=on, latest=latest)

    async def _in_marks(self, found: Sequence[Evidence]) -> list[Evidence]:
        """Those whose quote stands in the source's own quotation marks; the others are speech, but no quote."""
        texts = await self._corpus.texts({one.citation.article_id for one in found})
        return [
            one
            for one in found
            if (quote := one.statement.quote) is not None
            and one.citation.span.contains(quote)
            and is_quoted(texts.get(one.citation.article_id, ""), quote)
        ]

    def _holder(self, typed: str | None) -> Holder | None:
        if typed is None:
            return None
        return self._names.holder(self._names.find_voice(typed))

    def _topic(self, typed: str | None) -> str | None:
        return self._names.find_topic(typed) if typed is not None else None

    def _topics(self) -> tuple[str, ...]:
        return tuple(topic.id for topic in self._dossier.topics)


def _checked_text(text: str | None) -> str | None:
    if text is None:
        return None
    words = " ".join(text.split())
    if not _SHORTEST <= len(words) <= _LONGEST or not words_of(words) or not words.isprintable():
        raise InvalidInputError("text", text, f"give words of {_SHORTEST} to {_LONGEST} characters")
    return words


def _sayings(found: Sequence[Evidence], text: str | None) -> tuple[tuple[Saying, ...], bool]:
    """The newest sayings, and whether there are more. With `text`, those whose words hold it."""
    sought = f" {' '.join(words_of(text))}" if text else ""
    fitting = [one for one in found if sought in f" {' '.join(words_of(quoted_text(one)))}"]
    sayings = _told_once(group_sayings(fitting))
    return tuple(sayings[:SHOWN]), len(sayings) > SHOWN


def _told_once(sayings: Sequence[Saying]) -> list[Saying]:
    """Two parts of one sentence by one speaker are shown by the same line: once is enough."""
    once: dict[object, Saying] = {}
    for saying in sayings:
        speaker = saying.evidence.statement.speaker
        once.setdefault((place_of(saying.evidence.citation), speaker.actor_id, speaker.name), saying)
    return list(once.values())


class _Moves(NamedTuple):
    """Who moved, and which differences are no move."""

    shifts: tuple[Shift, ...]
    unmoved: tuple[Unmoved, ...]


def _find_moves(dossier: Dossier, known: Sequence[Evidence]) -> _Moves:
    shifts = find_shifts(dossier, known)
    return _Moves(shifts, find_refusals(dossier, known, shifts))


def _ledger(dossier: Dossier, moves: _Moves, window: Window, articles: int) -> ShiftLedger:
    shifts = [shift for shift in moves.shifts if window.holds(published_at(shift.after))]
    unmoved = [one for one in moves.unmoved if window.holds(published_at(one.after))]
    return ShiftLedger(
        dossier_id=dossier.id,
        window=window,
        shifts=tuple(shifts[:SHOWN]),
        unmoved=tuple(unmoved[:_UNMOVED]),
        has_more=len(shifts) > SHOWN,
        articles=articles,
    )
