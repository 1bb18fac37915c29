"""Proofs: any line of any answer given before, checked against the store as it is now."""

import asyncio
import re
from dataclasses import replace
from datetime import datetime

from bot.articles.model import Article, StoryMember
from bot.briefings.editions import OUTSIDE, Edition, Line
from bot.briefings.proofs import (
    Carrier,
    LineState,
    Proof,
    Ruling,
    bears_on,
    find_carriers,
    is_held,
    prove_line,
    ruled,
    state_of,
)
from bot.errors import InvalidInputError, NotFoundError
from bot.services.audience import Audience
from bot.services.correction_ports import Corrections, CorrectionState
from bot.services.names import Names
from bot.services.ports import OPERATOR, Corpus, Editions

_ID = re.compile(r"(?P<kind>[a-zA-Z])-(?P<digits>[0-9a-fA-F]{8,20})(?: \(.*)?")
_REMEMBERED = 500  # editions offered while typing
_MOST_MEMBERS = 50  # of a story, looked at for the line


def is_edition_id(typed: str) -> bool:
    """Whether it looks like the id of an edition."""
    return _ID.fullmatch(typed.strip().strip("`")) is not None


class ProofService:
    """Finds editions and proves their lines."""

    def __init__(
        self,
        *,
        corpus: Corpus,
        editions: Editions,
        names: Names,
        audience: Audience | None = None,
        corrections: Corrections | None = None,
    ) -> None:
        """Without an `audience` everybody sees everything; without `corrections` nothing was put right."""
        self._audience = audience
        self._corrections = corrections
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
        withdrawn = [one for ruling in await self._rulings(guild_id) for one in ruling.overrides if one.withdrawn]

        def state(line: Line) -> LineState:
            found = state_of(line, texts.get(line.citation.article_id))
            is_out = is_held(found) and any(bears_on(one, line) for one in withdrawn)
            return LineState.RETRACTED if is_out else found

        return edition, tuple(map(state, edition.lines))

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
        proof = replace(proof, carriers=await seen._carriers(shown), removed_at=removed_at)
        return ruled(proof, await self._rulings(guild_id, shown))

    async def _rulings(self, guild_id: int | None, line: Line | None = None) -> list[Ruling]:
        """What was put right for this server (in a line), newest first."""
        accepted = await self._corrections.all(CorrectionState.ACCEPTED) if self._corrections else ()
        held = [one for one in accepted if one.guild_id in (OPERATOR, guild_id or OPERATOR)]
        found = [
            Ruling(
                one.number,
                one.decided_at or one.reported_at,
                one.guild_id == OPERATOR,
                tuple(override for override in one.overrides if line is None or bears_on(override, line)),
            )
            for one in held
        ]
        return [one for one in found if one.overrides]

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
