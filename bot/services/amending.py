"""Posts that are out are edited when a line of theirs was put right, or its publisher changed the text.

Looked after is what others go on reading: scheduled posts, answers before a whole channel (asked for there or shared),
and direct messages to followers. Private answers are not: Discord lets nobody edit them later.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Collection, Hashable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.briefings.editions import Edition, Line
from bot.briefings.proofs import LineState, state_of
from bot.errors import AttacheError, DeliveryRejectedError, StorageError
from bot.positions.overrides import overlap
from bot.services.correction_ports import (
    Amender,
    Correction,
    Corrections,
    CorrectionState,
    Note,
    Post,
    Posts,
    Reason,
)
from bot.services.editions import KEPT_FOR
from bot.services.ports import OPERATOR, Corpus, Editions, Memory

LOG = logging.getLogger(__name__)
OUT_FOR = timedelta(days=14)  # posts of that age are still looked after
_DONE = "amended"  # in memory: corrections that need no post edited any more, and "correction:post" on the way there


class _Outcome(Enum):
    EDITED = auto()
    GONE = auto()  # for good: there is nothing to try again
    FAILED = auto()


class AmendingService:
    """Looks after posts. Without an amender, on the command line say, a correction's notes wait for who has one."""

    def __init__(
        self,
        *,
        corpus: Corpus,
        editions: Editions,
        corrections: Corrections,
        posts: Posts,
        memory: Memory,
        clock: Callable[[], datetime],
        turn: AbstractAsyncContextManager[None] | None = None,
    ) -> None:
        """`turn` is held while posts are edited: of two that edit one message, each would undo the other's note.

        Without one, those of this process wait for each other.
        """
        self._corpus = corpus
        self._editions = editions
        self._corrections = corrections
        self._posts = posts
        self._memory = memory
        self._clock = clock
        self._amender: Amender | None = None
        self._looked_at: Hashable = None
        self._turn = turn or asyncio.Lock()

    def write_through(self, amender: Amender) -> None:
        """Edit posts from now on."""
        self._amender = amender

    async def watch(self, post: Post) -> None:
        """Look after a post from now on. One that can't be remembered stays as it is, whatever is put right."""
        try:
            await self._posts.keep(post)
        except StorageError as error:
            LOG.warning("post %s can't be looked after: %s", post.message_id, error)

    async def tell(self, correction: Correction) -> int:
        """Note a correction beneath every post that shows its line; how many were edited.

        A post that can't be reached now is tried again with every look.
        """
        return await self._finish(correction.number)

    async def look_for_revisions(self) -> int:
        """Note beneath posts which lines their publishers have taken back since; how many lines that were.

        What was noted is kept for as long as editions are. Notes that are still missing are written as well: after an
        outage, or of corrections that were accepted where nobody edits posts.
        """
        now = self._clock()
        await self._corrections.prune_revisions(now - KEPT_FOR)
        await self._posts.prune(now - OUT_FOR)
        looked_at = await self._corpus.mark(), await self._posts.editions_since(now - OUT_FOR)
        found = 0 if looked_at == self._looked_at else await self._keep_revisions()
        self._looked_at = looked_at
        await self._finish()
        return found

    async def _keep_revisions(self) -> int:
        accepted = await self._corrections.all(CorrectionState.ACCEPTED)
        known = {(one.edition_id, one.line) for one in accepted if one.reason is Reason.REVISION}
        found = 0
        for edition in await self._editions_out():
            for number, at in await self._taken_back(edition):
                if (edition.id, number) not in known:
                    await self._keep(edition, number, at)
                    found += 1
        return found

    async def _finish(self, number: int | None = None) -> int:
        """Write the notes that are missing yet, of one correction or all; how many posts were edited, each once.

        A post is done with once it has its note or is gone for good, a correction once all its posts are.
        """
        if self._amender is None or not await self._missing(number):
            return 0
        async with self._turn:
            missing, done = await self._missing(number), await self._done()
            edited, failed = 0, set[int]()
            async for post, notes in self._due(missing, done):
                outcome = await self._amend(self._amender, post, notes)
                edited += outcome is _Outcome.EDITED
                if outcome is _Outcome.FAILED:
                    failed |= {one.correction.number for one in notes}
                else:
                    done |= {_mark(one.correction, post) for one in notes}
            done |= {str(one.number) for one in missing if one.number not in failed}
            numbers = {str(one.number) for one in await self._recent()}
            kept = {one for one in done if one in numbers or (one.split(":")[0] in numbers - done)}
            await self._memory.put(_DONE, json.dumps(sorted(kept)))
        return edited

    async def _done(self) -> set[str]:
        return set(json.loads(await self._memory.get(_DONE) or "[]"))

    async def _missing(self, number: int | None) -> list[Correction]:
        """Recent corrections, or this one, of which not every post has its note."""
        done = await self._done()
        return [one for one in await self._recent() if str(one.number) not in done and number in (None, one.number)]

    async def _due(
        self, missing: Sequence[Correction], done: Collection[str]
    ) -> AsyncIterator[tuple[Post, list[Note]]]:
        """Posts that are to be edited, each once, with what is to be noted there."""
        editions = {edition.id: edition for edition in await self._editions_out()}
        for post in await self._posts.showing(editions, self._clock() - OUT_FOR):
            due = [one for one in missing if _mark(one, post) not in done and _concerns(one, post)]
            edition = editions[post.edition_id]
            notes = [Note(one, tuple(lines)) for one in due if (lines := _lines_of(edition, one))]
            if notes:
                yield post, notes

    async def _recent(self) -> list[Correction]:
        """Corrections that posts which are looked after may show."""
        oldest = self._clock() - OUT_FOR
        accepted = await self._corrections.all(CorrectionState.ACCEPTED)
        return [one for one in accepted if one.decided_at is not None and one.decided_at >= oldest]

    async def _amend(self, amender: Amender, post: Post, notes: Sequence[Note]) -> _Outcome:
        """Edit a post. A failure costs no other."""
        try:
            await amender.amend(post, notes)
        except AttacheError as error:
            LOG.warning("post %s can't be edited: %s", post.message_id, error)
            return _Outcome.GONE if isinstance(error, DeliveryRejectedError) else _Outcome.FAILED
        return _Outcome.EDITED

    async def _editions_out(self) -> list[Edition]:
        ids = await self._posts.editions_since(self._clock() - OUT_FOR)
        found = [await self._editions.get(edition_id) for edition_id in ids]
        return [edition for edition in found if edition is not None]

    async def _taken_back(self, edition: Edition) -> list[tuple[int, datetime]]:
        """Lines that the publisher's text does not hold any more, with since when."""
        texts = await self._corpus.texts({line.citation.article_id for line in edition.lines})
        found = []
        for number, line in enumerate(edition.lines, start=1):
            if state_of(line, texts.get(line.citation.article_id)) is LineState.CHANGED:
                former = await self._corpus.revisions(line.citation.article_id)
                since = next((one.replaced_at for one in former if line.text in one.text), None)
                found += [] if since is None else [(number, since)]
        return found

    async def _keep(self, edition: Edition, number: int, at: datetime) -> None:
        line = edition.lines[number - 1]
        await self._corrections.add(
            Correction(
                number=0,
                guild_id=OPERATOR,
                edition_id=edition.id,
                line=number,
                article_id=line.citation.article_id,
                text=line.text,
                source=" · ".join(filter(None, (line.citation.outlet, line.citation.title))) or line.citation.location,
                reason=Reason.REVISION,
                note="",
                reported_by=0,
                reported_at=at,
                state=CorrectionState.ACCEPTED,
                decided_by=0,
                decided_at=self._clock(),
                change="the publisher has taken it out",
            )
        )


def _mark(one: Correction, post: Post) -> str:
    return f"{one.number}:{post.message_id}"


def _concerns(one: Correction, post: Post) -> bool:
    """Whether a correction holds where a post stands."""
    return one.guild_id in (OPERATOR, post.guild_id)


def _lines_of(edition: Edition, one: Correction) -> list[int]:
    """The lines of an edition that a correction is about; none of one that was made after it."""
    if one.reason is Reason.REVISION:
        return [one.line] if one.edition_id == edition.id else []
    if one.decided_at is not None and edition.made_at > one.decided_at:
        return []
    return [number for number, line in enumerate(edition.lines, start=1) if _is_of(line, one)]


def _is_of(line: Line, correction: Correction) -> bool:
    """Whether a line shows what was corrected."""
    if line.citation.article_id != correction.article_id:
        return False
    sentences = {one.sentence for one in correction.overrides} or {correction.text}
    return any(overlap(line.text, sentence) for sentence in sentences)
