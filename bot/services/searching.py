"""Search and questions: from a line somebody typed to ranked, proved sentences - or to none."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.briefings.findings import (
    Findings,
    Hit,
    Match,
    Reply,
    Understood,
    rank_matches,
    statements_of,
    weights_of,
)
from bot.briefings.window import parse_since
from bot.dossier import Dossier
from bot.errors import InvalidInputError
from bot.language.seeking import Query, Tokens, read_query
from bot.positions.current import published_at
from bot.positions.model import Evidence, Holder
from bot.positions.questions import Question, QuestionReader
from bot.positions.voices import voices_of
from bot.services.audience import Audience
from bot.services.editions import EditionLedger
from bot.services.names import Names
from bot.services.ports import Corpus
from bot.services.results import AskRequest, SearchRequest

SHOWN, ANSWERED = 25, 8  # hits of one answer
LONGEST = 4000  # characters of a query that are read
_LOOKED_AT = 400  # matches that are ranked
_OF_TOPIC = 60  # newest statements of a speaker on the topic asked about
_MOST_COUNTED = 5000  # sentences that hold a word: as many or more count alike
_SENTENCES = 20  # of an article, about
_HALF = 0.5  # of what was looked for: a sentence that holds less is not shown where none holds all
_ENOUGH, _ENOUGH_ON_TOPIC = 0.6, 0.45  # of a question: below, nothing was found
_NEAR = 0.25  # how much less than the best a sentence may hold and still be shown
_SUGGESTED = 5  # topics


class SearchService:
    """Finds sentences. None is made, and none is shown as the words of somebody it is not attributed to."""

    def __init__(
        self,
        *,
        dossier: Dossier,
        corpus: Corpus,
        names: Names,
        ledger: EditionLedger,
        clock: Callable[[], datetime],
        reader: QuestionReader,
        audience: Audience | None = None,
    ) -> None:
        """Without an `audience` everybody sees everything."""
        self._audience = audience
        self._dossier = dossier
        self._corpus = corpus
        self._names = names
        self._ledger = ledger
        self._clock = clock
        self._reader = reader

    async def search(self, request: SearchRequest) -> Findings:
        """The sentences that hold what was typed. Raises `NotFoundError` for an unknown name, no typed line is an
        error."""
        return await (await self._over(request.guild_id))._search(request)

    async def ask(self, request: AskRequest) -> Reply:
        """The sentences that answer a question, or none. Raises `InvalidInputError` for an empty one."""
        return await (await self._over(request.guild_id))._ask(request)

    async def _over(self, guild_id: int | None) -> "SearchService":
        return self if self._audience is None else await self._audience.over(self, guild_id)

    async def _search(self, request: SearchRequest) -> Findings:
        window = parse_since(request.since, self._clock())
        holder = self._names.holder(self._names.find_voice(request.actor)) if request.actor else None
        topic_id = self._names.find_topic(request.topic) if request.topic else None
        query = read_query(request.query[:LONGEST], self._reader.forms_of, self._reader.stop_words)
        group = self._reader.topic_group(topic_id) if topic_id and not query.is_empty else ()
        whole = Query((*query.groups, group), query.without) if group else query
        holders = (holder,) if holder else ()
        found = await self._matches(whole, holders, window.start, window.end)
        any_word = not found and len(query.groups) > 1
        if any_word:
            wider = Query(query.groups, query.without, any_group=True)
            found = await self._matches(wider, holders, window.start, window.end)
        weights = await self._weights(query) if any_word else None
        hits = await asyncio.to_thread(rank_matches, found, query.groups, weights)
        fitting = [hit for hit in hits if not any_word or hit.covered >= _HALF]
        articles = await self._corpus.size()
        findings = Findings(
            dossier_id=self._dossier.id,
            sought=" ".join(request.query.split()),
            query=query,
            holder=holder,
            topic_id=topic_id,
            window=window,
            hits=tuple(fitting[:SHOWN]),
            any_word=any_word and bool(fitting),
            has_more=len(fitting) > SHOWN or len(found) == _LOOKED_AT,
            articles=articles,
        )
        return await self._ledger.issue(findings, request.guild_id)

    async def _ask(self, request: AskRequest) -> Reply:
        typed = " ".join(request.question.split())[:LONGEST]
        if not any(character.isalnum() for character in typed):
            raise InvalidInputError("question", request.question, "ask in words, such as who said what about a topic")
        asked = self._reader.read(typed, self._named, self._clock())
        query = Query(tuple(one.group for one in asked.wanted), any_group=True)
        articles = await self._corpus.size()
        frequencies = await self._corpus.frequencies(query.groups, _MOST_COUNTED)
        weights = weights_of(frequencies, articles * _SENTENCES)
        found = await self._candidates(asked, query)
        topic = next(
            ((asked.topic_id, at) for at, one in enumerate(asked.wanted) if one.is_topic and asked.topic_id), None
        )
        ranked = await asyncio.to_thread(rank_matches, found, query.groups, weights, topic=topic)
        hits = _near_enough(ranked, asked)
        reply = Reply(
            dossier_id=self._dossier.id,
            question=typed,
            understood=_understood(asked, frequencies),
            hits=hits,
            spoken_on=() if hits else await self._spoken_on(asked.holders),
            articles=articles,
        )
        return await self._ledger.issue(reply, request.guild_id)

    async def _candidates(self, asked: Question, query: Query) -> tuple[Match, ...]:
        """What may answer: of holders their statements with these words or on this topic, or else any sentence."""
        window = asked.window
        found = await self._matches(query, asked.holders, window.start, window.end) if not query.is_empty else ()
        if not asked.holders or (query.groups and not asked.topic_id):
            return found
        topics = (asked.topic_id,) if asked.topic_id else None
        newest = [one for holder in asked.holders for one in await self._newest(holder, topics)]
        on_topic = [
            Match(one.text, one.citation, one.story_id, one) for one in newest if asked.window.holds(published_at(one))
        ]
        known = {(one.citation.article_id, one.citation.span) for one in found}
        return (*found, *(one for one in on_topic if (one.citation.article_id, one.citation.span) not in known))

    async def _matches(
        self, query: Query, holders: Sequence[Holder], start: datetime | None, end: datetime | None
    ) -> tuple[Match, ...]:
        if query.is_empty:
            return ()
        if not holders:
            return await self._corpus.matches(query, start=start, end=end, limit=_LOOKED_AT)
        found: list[Match] = []
        for holder in holders:
            who = self._speaking(holder)
            sentences = await self._corpus.matches(query, **who, start=start, end=end, limit=_LOOKED_AT)
            said = await self._corpus.evidence_in({one.citation.article_id for one in sentences}, **who)
            found += statements_of(sentences, said)
        return tuple(found)

    async def _newest(self, holder: Holder, topics: tuple[str, ...] | None) -> tuple[Evidence, ...]:
        who = self._speaking(holder)
        return await self._corpus.newest_evidence(
            actor_ids=who.get("actor_ids"), names=who.get("names"), topic_ids=topics, limit=_OF_TOPIC
        )

    def _speaking(self, holder: Holder) -> dict[str, frozenset[str]]:
        """The holder, and those who speak for it, as the corpus knows them."""
        if holder.actor_id is None:
            return {"names": frozenset({holder.name})}
        return {"actor_ids": voices_of(self._dossier, holder.actor_id)}

    async def _weights(self, query: Query) -> tuple[float, ...]:
        articles = await self._corpus.size()
        return weights_of(await self._corpus.frequencies(query.groups, _MOST_COUNTED), articles * _SENTENCES)

    async def _spoken_on(self, holders: Sequence[Holder]) -> tuple[str, ...]:
        """Topics on which there is a statement of whom was asked, most spoken on first; without anybody none."""
        found = [one for holder in holders for one in await self._newest(holder, None)]
        topics = [topic for one in found for topic in one.statement.topics[:1]]
        return tuple(sorted(dict.fromkeys(topics), key=lambda topic: -topics.count(topic))[:_SUGGESTED])

    def _named(self, tokens: Tokens) -> Holder | None:
        voice = self._names.voice_named(tokens)
        return self._names.holder(voice) if voice else None


def _understood(asked: Question, frequencies: Sequence[int]) -> Understood:
    words = [(one.shown, number) for one, number in zip(asked.wanted, frequencies, strict=True) if not one.is_topic]
    return Understood(
        asked.holders,
        asked.topic_id,
        tuple(shown for shown, _ in words),
        tuple(shown for shown, number in words if not number),
        asked.window,
    )


def _near_enough(ranked: Sequence[Hit], asked: Question) -> tuple[Hit, ...]:
    """Those that hold enough of the question, and not much less of it than the best does."""
    enough = _ENOUGH_ON_TOPIC if asked.holders and asked.topic_id else _ENOUGH
    best = max((hit.covered for hit in ranked), default=0.0)
    if not asked.wanted and not asked.holders:
        return ()
    near = [hit for hit in ranked if hit.covered >= max(enough, best - _NEAR)]
    return tuple(near[:ANSWERED])
