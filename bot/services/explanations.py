"""Why: everything that was decided about one article, and the way to undo a wrong merge."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.articles.events import Event, group_events, report_of
from bot.articles.model import Article, Relation, Story, StoryMember
from bot.articles.splits import Split, alone_in_event
from bot.briefings.compose import Editor, Limits, trace_briefing
from bot.briefings.explanation import Explanation
from bot.briefings.model import Scope, Window, WindowReason
from bot.briefings.retrace import BriefingTrace
from bot.briefings.trace import Fate
from bot.dossier import Dossier
from bot.errors import InvalidInputError, NotFoundError
from bot.language.lexicon import Lexicon
from bot.services.audience import Audience
from bot.services.briefs import BriefService
from bot.services.material import find_material, read_material, weighed
from bot.services.names import Choice
from bot.services.ports import OPERATOR, Corpus, StoredArticle
from bot.services.proofs import ProofService
from bot.services.splits import MemorySplits

_OFFERED = 25  # articles while typing: as many as Discord shows
_SUGGESTED = 5
_LABEL = 100 - 4  # characters of a choice
_AROUND = timedelta(days=3)  # of an article, within which others may tell of its event


class ExplanationService:
    """Explains articles, and splits off what was merged wrongly."""

    def __init__(
        self,
        *,
        dossier: Dossier,
        lexicon: Lexicon,
        corpus: Corpus,
        splits: MemorySplits,
        refold: Callable[[], Awaitable[None]],
        clock: Callable[[], datetime],
        items: int,
        audience: Audience | None = None,
        editions: tuple[ProofService, BriefService] | None = None,
    ) -> None:
        """`refold` groups the stories anew; `items` is how many lines a briefing has; `editions` find and trace them.

        Without an `audience` everybody sees everything.
        """
        self._dossier = dossier
        self._editor = Editor(dossier, lexicon)
        self._corpus = corpus
        self._splits = splits
        self._refold = refold
        self._clock = clock
        self._items = items
        self._audience = audience
        self._editions = editions

    async def explain(self, article: str, guild_id: int | None = None) -> Explanation:
        """The explanation of the article with this id, title or location (or its beginning). Raises `NotFoundError`."""
        seen = await self._over(guild_id)
        return await seen._explain(await seen._named(article), guild_id)

    async def explain_edition(self, edition_id: str, guild_id: int | None = None) -> BriefingTrace:
        """The explanation of a briefing. Raises `NotFoundError`, or `InvalidInputError` for another kind of answer."""
        assert self._editions is not None
        proofs, briefs = self._editions
        return await briefs.trace(await proofs.edition(edition_id, guild_id), guild_id)

    async def split(self, article: str, guild_id: int | None = None, user_id: int = 0) -> Explanation:
        """Take an article out of its story, or, where it stands there alone, out of its event, for this server alone;
        without one, for everybody.

        It stays split, whatever is loaded later. Raises `NotFoundError`, or `InvalidInputError` if it is alone.
        """
        seen = await self._over(guild_id)
        own = await seen._named(article)
        before = await seen._explain(own, guild_id)
        is_folded = len(before.story.members) > 1
        if not is_folded and len(before.event.members) == 1:
            raise InvalidInputError("article", _label(own), "it stands alone already")
        for_guild = guild_id or OPERATOR
        known = before.split if before.split and before.split.guild_id == for_guild else None
        known = known or Split(own.id, False, False, user_id, self._clock(), for_guild)
        again = replace(known, by=user_id, made_at=self._clock())
        await self._splits.put(replace(again, from_story=True) if is_folded else replace(again, from_event=True))
        return await self._anew(own, guild_id)

    async def join(self, article: str, guild_id: int | None = None) -> Explanation:
        """Undo what this server split off: the numbers decide again. Raises `NotFoundError` or `InvalidInputError`."""
        seen = await self._over(guild_id)
        own = await seen._named(article)
        if not await self._splits.remove(own.id, guild_id or OPERATOR):
            is_operators = any(one.article_id == own.id for one in await self._splits.of(OPERATOR))
            why = "it was split off by who runs the bot, for all servers" if is_operators else "it was not split off"
            raise InvalidInputError("article", _label(own), why)
        return await self._anew(own, guild_id)

    async def _anew(self, article: Article, guild_id: int | None) -> Explanation:
        """The explanation after a change. The stored stories are everybody's: only the operator changes them."""
        if not guild_id:
            await self._refold()
        seen = await self._over(guild_id)
        return await seen._explain(article, guild_id)

    async def suggest(self, typed: str, guild_id: int | None = None) -> tuple[Choice, ...]:
        """Articles that begin with or contain what was typed; the newest where nothing was."""
        seen = await self._over(guild_id)
        return tuple(Choice(_label(one), one.id) for one in await seen._corpus.find_articles(typed, _OFFERED))

    async def _over(self, guild_id: int | None) -> "ExplanationService":
        return self if self._audience is None else await self._audience.over(self, guild_id)

    async def _named(self, typed: str) -> Article:
        found = await self._corpus.find_articles(typed.strip(), _SUGGESTED)
        sought = typed.strip().casefold()
        exact = [one for one in found if sought in (one.id, one.location.casefold(), (one.title or "").casefold())]
        if len(exact) == 1 or (not exact and len(found) == 1):
            return (exact or found)[0]
        raise NotFoundError("single article" if found else "article", typed, [one.location for one in found])

    async def _explain(self, article: Article, guild_id: int | None) -> Explanation:
        (own,) = await self._corpus.stored([article.id])
        splits = await self._splits.of(guild_id)
        alone = alone_in_event(splits)
        story = next(iter(await self._corpus.stories([article.id])), _by_itself(article))
        window = _window_of(article)
        in_window = await read_material(self._corpus, await find_material(self._corpus, window))
        event = await self._event(article, story, in_window, alone)
        relatives = {one.article_id for one in story.members} | {one.article_id for one in event.members}
        fates = await asyncio.to_thread(self._trace, in_window, article.id, alone)
        return Explanation(
            article=own.article,
            reading=own.reading,
            source=await self._source_of(article),
            first_seen_at=own.first_seen_at,
            story=story,
            event=event,
            others={one.article.id: one.article for one in await self._corpus.stored(relatives - {article.id})},
            split=_split_of(article, splits),
            window=window,
            items=self._items,
            fates=fates,
        )

    async def _event(
        self, article: Article, story: Story, in_window: Sequence[StoredArticle], alone: frozenset[str]
    ) -> Event:
        """The event of the article, or of the fuller text that it copies, among all that lies near it in time."""
        near = list(in_window)
        if article.published is not None:
            at = article.published.at
            near = list(await self._corpus.articles_between(at - _AROUND, at + _AROUND, undated=False))
        own = article.id if article.id in alone else story.lead_id
        leads = {one.article.id: one.article for one in near if one.article.id in (one.story_id, own)}
        if own not in leads:  # its lead is dated otherwise than itself, or not to be seen
            own, leads = article.id, leads | {article.id: article}
        stop_words = self._editor.vocabulary.stop_words
        events = await asyncio.to_thread(group_events, map(report_of, leads.values()), stop_words, alone)
        return next(event for event in events if any(member.article_id == own for member in event.members))

    def _trace(self, stored: Sequence[StoredArticle], article_id: str, alone: frozenset[str]) -> tuple[Fate, ...]:
        if not any(one.article.id == article_id for one in stored):
            return ()
        every = weighed(stored)
        return trace_briefing(self._editor, every, article_id, scope=Scope(), limits=Limits(self._items), apart=alone)

    async def _source_of(self, article: Article) -> str:
        sources = self._dossier.sources if self._audience is None else await self._audience.everybodys()
        return next((source.name for source in sources if source.id == article.source_id), article.source_id)


def _split_of(article: Article, splits: Sequence[Split]) -> Split | None:
    """The split that counts: a server's own before the operator's."""
    own = [split for split in splits if split.article_id == article.id]
    return max(own, key=lambda split: split.guild_id != OPERATOR, default=None)


def _window_of(article: Article) -> Window:
    """The day it was published; everything stored for one that is undated."""
    if article.published is None:
        return Window(None, None, WindowReason.EVERYTHING, "all")
    start = datetime.combine(article.published.at.date(), time(), UTC)
    return Window(start, start + timedelta(days=1), WindowReason.ASKED, start.date().isoformat())


def _by_itself(article: Article) -> Story:
    """The story of an article that was not folded yet."""
    return Story(article.id, (StoryMember(article.id, Relation.LEAD, 1.0, "not folded yet"),))


def _label(article: Article) -> str:
    text = article.title or article.location
    return text if len(text) <= _LABEL else text[: _LABEL - 1].rstrip() + "…"
