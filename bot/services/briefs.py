"""The briefing, from what is asked to a proved answer."""

import asyncio
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.articles.splits import alone_in_event
from bot.briefings.compose import Editor, Limits, Standings, Weighed, compose_briefing
from bot.briefings.editions import Asked, Edition
from bot.briefings.gaps import find_silences
from bot.briefings.heard import Heard
from bot.briefings.model import Briefing, Scope, Window, WindowReason
from bot.briefings.retrace import BriefingTrace, trace_whole
from bot.briefings.window import newest_day, parse_since
from bot.dossier import Dossier
from bot.errors import InvalidInputError
from bot.language.lexicon import Lexicon
from bot.positions.evidence import evidence_of
from bot.positions.model import Evidence
from bot.positions.standings import find_standings
from bot.services.audience import Audience
from bot.services.channel_memory import ChannelMemory
from bot.services.editions import EditionLedger
from bot.services.material import Material, find_material, find_news, read_material, weighed
from bot.services.names import Names
from bot.services.ports import Corpus, Listed, SourceStates
from bot.services.positions import SMALL, of_each
from bot.services.results import BriefRequest
from bot.services.shelf import Shelf
from bot.services.sources import count_failing
from bot.services.splits import MemorySplits

MOST_ITEMS = 50
LATE_ARRIVAL = timedelta(days=3)  # how old an article may be that comes in now and still is news
FEWEST_WORDS, MOST_WORDS = 20, 10_000


class BriefService:
    """Composes briefings. CPU work runs in a worker thread; every line is proved against the store before it leaves."""

    def __init__(
        self,
        *,
        dossier: Dossier,
        lexicon: Lexicon,
        corpus: Corpus,
        states: SourceStates,
        names: Names,
        ledger: EditionLedger,
        clock: Callable[[], datetime],
        default_items: int,
        audience: Audience | None = None,
        splits: MemorySplits | None = None,
        memory: ChannelMemory | None = None,
    ) -> None:
        """Without an `audience` everybody sees everything. What is in `splits` shares its event with nothing.

        Without a `memory` nobody was told anything before.
        """
        self._memory = memory
        self._splits = splits
        self._shelf = Shelf[Briefing]()
        self._audience = audience
        self._dossier = dossier
        self._editor = Editor(dossier, lexicon)
        self._corpus = corpus
        self._states = states
        self._names = names
        self._ledger = ledger
        self._clock = clock
        self._default_items = default_items

    async def brief(self, request: BriefRequest) -> Briefing:
        """The briefing asked for. Raises `InvalidInputError` or `NotFoundError`."""
        seen = self if self._audience is None else await self._audience.over(self, request.guild_id)
        return await seen._brief(request)

    async def _brief(self, request: BriefRequest) -> Briefing:
        limits = self._limits(request)
        scope = self._scope(request)
        now = request.at or self._clock()
        mark = await self._corpus.mark()
        material = await self._material(request, now)
        told = await self._told(request, now)
        order = _Order(
            scope=scope,
            limits=limits,
            apart=alone_in_event(await self._splits.of(request.guild_id)) if self._splits else frozenset(),
            told=told,
            is_news=request.news_since is not None,
        )
        briefing = await self._shelf.answer(
            (mark, order, _bearing(material, order)), partial(self._composed, material, order)
        )
        sources = self._dossier.sources if self._audience is None else await self._audience.sources(request.guild_id)
        failing = count_failing(sources, await self._states.all())
        complete = replace(
            briefing,
            window=material.window,
            counts=replace(briefing.counts, sources=len(sources), sources_failing=failing, left_out=material.left_out),
            composed_at=now,
            words=request.words,
            news_since=(since := request.news_since),
            told_in=request.told_in,
        )
        asked = Asked(scope.topics, scope.actors, request.since, now, limits.items, request.words, since, told)
        return await self._ledger.issue(complete, request.guild_id, asked)

    async def trace(self, edition: Edition, guild_id: int | None = None) -> BriefingTrace:
        """A briefing composed again, with its reasons. Raises `InvalidInputError` for another kind of answer."""
        seen = self if self._audience is None else await self._audience.over(self, guild_id)
        return await seen._trace(edition, guild_id)

    async def _trace(self, edition: Edition, guild_id: int | None) -> BriefingTrace:
        asked = edition.asked
        if asked is None:
            raise InvalidInputError("edition", edition.id, "only briefings are explained; /prove shows any line")
        request = BriefRequest(asked.topics, asked.actors, asked.since, asked.words, asked.items, asked.at, guild_id)
        request = replace(request, news_since=asked.news_since)
        material = await self._material(request, asked.at)
        stored = weighed(await read_material(self._corpus, material))
        apart = alone_in_event(await self._splits.of(guild_id)) if self._splits else frozenset()
        scope, limits = self._scope(request), self._limits(request)
        trace, texts = await asyncio.to_thread(
            trace_whole,
            self._editor,
            stored,
            scope=scope,
            window=material.window,
            limits=limits,
            apart=apart,
            heard=await self._heard(asked.told),
        )
        stories = [one for one in await self._corpus.stories([a.id for a in trace.articles]) if len(one.members) > 1]
        stories.sort(key=lambda one: (-len(one.members), one.lead_id))
        is_same = texts == tuple(line.text for line in edition.lines[: len(texts)])
        return replace(trace, edition=edition, stories=tuple(stories), is_same=is_same)

    def _limits(self, request: BriefRequest) -> Limits:
        """Checked here whatever the client checked: a number from Discord is only a promise."""
        items = request.items if request.items is not None else MOST_ITEMS if request.words else self._default_items
        if not 1 <= items <= MOST_ITEMS:
            raise InvalidInputError("items", str(items), f"give a number from 1 to {MOST_ITEMS}")
        if request.words is not None and not FEWEST_WORDS <= request.words <= MOST_WORDS:
            raise InvalidInputError("words", str(request.words), f"give a number from {FEWEST_WORDS} to {MOST_WORDS}")
        return Limits(items=items, words=request.words)

    def _scope(self, request: BriefRequest) -> Scope:
        return Scope(
            topics=tuple(self._names.find_topic(typed) for typed in request.topics),
            actors=tuple(self._names.find_actor(typed) for typed in request.actors),
        )

    async def _composed(self, material: Material, order: "_Order") -> Briefing:
        """The briefing of this material, but for what does not depend on it."""
        stored = weighed(await read_material(self._corpus, material))
        history = await self._history(stored, material, order)
        heard = await self._heard(order.told)
        is_whole = not (order.is_news or material.left_out)
        return await asyncio.to_thread(self._compose, stored, history, material.window, order, heard, is_whole)

    async def _material(self, request: BriefRequest, now: datetime) -> Material:
        """The articles of the window; when hours or days back hold nothing, those of the newest day that does."""
        if request.news_since is not None:
            return await self._news(request, request.news_since, now)
        window = parse_since(request.since, now)
        found = await find_material(self._corpus, window)
        if found.ids or window.includes_undated:
            return found
        newest = await self._corpus.newest_published()
        if newest is not None and window.start is not None and newest < window.start:
            window = newest_day(newest, request.since)
        elif newest is None:
            window = Window(None, None, WindowReason.EVERYTHING, request.since)
        return await find_material(self._corpus, window)

    async def _news(self, request: BriefRequest, since: datetime, now: datetime) -> Material:
        """What came in or is dated since then. Where all that is stored is older, the newest day of what came in."""
        window = Window(since, now, WindowReason.SINCE_POST, request.since)
        is_new = partial(_is_news, since=since, until=request.at)
        recent = await find_news(self._corpus, replace(window, start=since - LATE_ARRIVAL), is_new)
        if recent is not None:
            return replace(recent, window=window)
        window = await self._older(window)
        return await find_news(self._corpus, window, is_new) or Material(window, ())

    async def _older(self, window: Window) -> Window:
        """Where nothing stored is dated so lately: the newest day of what came in, or all where nothing is dated."""
        assert window.start is not None
        newest = await self._corpus.newest_arrival(window.start)
        if newest is not None:
            return newest_day(newest, window.asked)
        if await self._corpus.newest_published() is None:
            return Window(None, None, WindowReason.EVERYTHING, window.asked)
        return window

    async def _told(self, request: BriefRequest, now: datetime) -> tuple[str, ...]:
        """The editions that are not told again."""
        if request.told is not None or request.told_in is None or self._memory is None:
            return request.told or ()
        return await self._memory.told(request.told_in, now)

    async def _heard(self, told: tuple[str, ...]) -> Heard | None:
        lines = await self._memory.lines(told, self._corpus) if self._memory and told else ()
        return Heard(lines, self._editor.vocabulary) if lines else None

    async def _history(self, stored: Sequence[Weighed], material: Material, order: "_Order") -> tuple[Evidence, ...]:
        """What those who speak in the window said before on the same topics: a shift needs both ends.

        In a large corpus the newest of each must do, as for a position; and fewer, the more of them speak.
        """
        statements = [statement for one in stored for statement in one.reading.statements]
        actors = sorted({one.speaker.actor_id for one in statements if one.speaker.actor_id is not None})
        said = {topic for statement in statements for topic in statement.topics}
        topics = sorted(said & set(order.scope.topics or self._topics()))
        if not actors or not topics:
            return ()
        window = material.window
        articles = await self._corpus.size()
        if articles <= SMALL:
            return await self._corpus.evidence(actor_ids=actors, topic_ids=topics, until=window.end)
        # The window's own is at hand already, but for what is no news: that may only be known as history.
        is_whole = not (order.is_news or material.left_out)
        until = window.start if window.start and is_whole else window.end
        latest = of_each(articles, len(actors) * len(topics))
        return await self._corpus.evidence(actor_ids=actors, topic_ids=topics, until=until, latest=latest)

    def _topics(self) -> tuple[str, ...]:
        return tuple(topic.id for topic in self._dossier.topics)

    def _compose(  # noqa: PLR0917  # handed to a thread in this order
        self,
        stored: Sequence[Weighed],
        history: Sequence[Evidence],
        window: Window,
        order: "_Order",
        heard: Heard | None,
        is_whole: bool,
    ) -> Briefing:
        """The whole composition, in a worker thread. Of a window that is not there whole, no silence can be told."""
        current = [found for one in stored for found in evidence_of(one.article, one.reading, one.story_id)]
        positions, shifts, contested = find_standings(self._dossier, current, history, order.scope)
        silences = find_silences(self._dossier, current, order.scope) if is_whole else ()
        return compose_briefing(
            self._editor,
            stored,
            scope=order.scope,
            window=window,
            limits=order.limits,
            standings=Standings(positions, shifts, contested, silences),
            apart=order.apart,
            heard=heard,
        )


@dataclass(frozen=True, slots=True)
class _Order:
    """What is asked of the articles of a window. `told` are editions that are not told again.

    `is_news`: the window's own articles are not all there, but those of them that are news.
    """

    scope: Scope
    limits: Limits
    apart: frozenset[str]
    told: tuple[str, ...]
    is_news: bool


def _bearing(material: Material, order: _Order) -> Hashable:
    """What a briefing takes from its window: the articles, and the day after which things are still to come.

    Where that is the same at another minute, no article is dated between the two ends, so what was said before is the
    same too; but among news there may be some that was passed over.
    """
    window = material.window
    day = window.end.date() if window.end else None
    return material.ids, day, bool(material.left_out), window if order.is_news else None


def _is_news(listed: Listed, *, since: datetime, until: datetime | None) -> bool:
    """Whether it came in, or is dated, since then. What a source brings at its first load is no news to anybody.

    Of an edition that is asked for again, nothing belongs to it that came in later (`until`).
    """
    if listed.baseline or (until is not None and listed.first_seen_at > until):
        return False
    return listed.first_seen_at >= since or (listed.published_at is not None and listed.published_at >= since)
