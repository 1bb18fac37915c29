"""Proofs: any line of any answer given before, checked against the store as it is now."""

import asyncio
import re
from dataclasses import replace
from datetime import datetime

from bot.articles.model import Article, StoryMember
from bot.briefings.editions import OUTSIDE, Edition, Line
from bot.briefings.proofs import Carrier, LineState, Proof, find_carriers, prove_line, state_of
from bot.errors import InvalidInputError, NotFoundError
from bot.services.audience import Audience
from bot.services.names import Names
from bot.services.ports import Corpus, Editions

_ID = re.compile(r"(?P<kind>[a-zA-Z])-(?P<digits>[0-9a-fA-F]{8,20})(?: \(.*)?")
_REMEMBERED = 500  # editions offered while typing
_MOST_MEMBERS = 50  # of a story, looked at for the line


def is_edition_id(typed: str) -> bool:
    """Whether it looks like the id of an edition."""
    return _ID.fullmatch(typed.strip().strip("`")) is not None


class ProofService:
    """Finds editions and proves their lines."""

    def __init__(self, *, corpus: Corpus, editions: Editions, names: Names, audience: Audience | None = None) -> None:
        """Without an `audience` everybody sees everything."""
        self._audience = audience
        self._corpus = corpus
        self._editions = editions
        self._names = names

    async def offer_recent(self) -> None:
        """Offer the editions given last for completion (after a start)."""
        for edition in reversed(await self._editions.newest(_REMEMBERED)):
            self._names.learn_edition(edition.id, edition.kind.value, edition.made_at, edition.guilds)

    async def edition(self, edition_id: str, guild_id: int | None = None) -> Edition:
        """The edition as it was given: to this server or outside of all, or made of what this server sees anyway.

        Raises `NotFoundError`, with recent ones as suggestions.
        """
        typed = edition_id.strip().strip("`")
        match = _ID.fullmatch(typed)
        found = await self._editions.get(f"{match['kind'].upper()}-{match['digits'].lower()}") if match else None
        if found is None or not await self._may_see(found, guild_id):
            raise NotFoundError("edition", typed, [choice.value for choice in self._names.editions("", guild_id)[:3]])
        return found

    async def corpus(self, guild_id: int | None) -> Corpus:
        """What this server is answered from."""
        return self._corpus if self._audience is None else await self._audience.corpus(guild_id)

    async def _may_see(self, edition: Edition, guild_id: int | None) -> bool:
        if self._audience is None or not edition.guilds.isdisjoint({OUTSIDE, guild_id or OUTSIDE}):
            return True
        cited = [citation for line in edition.lines for citation in (line.citation, *line.others)]
        ids = {citation.article_id for citation in cited}
        seen = await (await self._audience.corpus(guild_id)).texts(ids)
        return len(seen) == len(ids)  # what is stored no more may have been somebody else's

    async def check(self, edition_id: str, guild_id: int | None = None) -> tuple[Edition, tuple[LineState, ...]]:
        """An edition, and for each of its lines whether the store still holds it. Raises `NotFoundError`."""
        edition = await self.edition(edition_id, guild_id)
        texts = await self._corpus.texts({line.citation.article_id for line in edition.lines})
        return edition, tuple(state_of(line, texts.get(line.citation.article_id)) for line in edition.lines)

    async def prove(self, edition_id: str, line: int, guild_id: int | None = None) -> Proof:
        """The proof of one line. Raises `NotFoundError` or `InvalidInputError`."""
        edition = await self.edition(edition_id, guild_id)
        if not 1 <= line <= len(edition.lines):
            raise InvalidInputError("line", str(line), f"{edition.id} has lines 1 to {len(edition.lines)}")
        shown = edition.lines[line - 1]
        seen = self if self._audience is None else await self._audience.over(self, guild_id)
        stored = {one.article.id: one for one in await seen._corpus.stored([shown.citation.article_id])}
        own = stored.get(shown.citation.article_id)
        proof = await asyncio.to_thread(
            prove_line,
            edition,
            line,
            article=own.article if own else None,
            reading=own.reading if own else None,
            stored_at=own.first_seen_at if own else None,
        )
        removed_at = await self._removed_at(shown) if proof.state is LineState.CHANGED else None
        return replace(proof, carriers=await seen._carriers(shown), removed_at=removed_at)

    async def _removed_at(self, line: Line) -> datetime | None:
        """When the last text that still held the line was replaced; None if no such text is kept."""
        former = await self._corpus.revisions(line.citation.article_id)
        return next((one.replaced_at for one in former if line.text in one.text), None)

    async def _carriers(self, line: Line) -> tuple[Carrier, ...]:
        stories = await self._corpus.stories([line.citation.article_id])
        members = {member.article_id: member for story in stories for member in story.members[:_MOST_MEMBERS]}
        wanted = {*members, *(one.article_id for one in line.others)}
        articles = {one.article.id: one.article for one in await self._corpus.stored(wanted)}
        copies: list[tuple[StoryMember, Article]] = [
            (members[id_], articles[id_]) for id_ in members if id_ in articles
        ]
        return find_carriers(line, copies, list(articles.values()))
