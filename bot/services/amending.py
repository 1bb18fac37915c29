"""Posts that are out are edited when a line of theirs was put right, or its publisher changed the text."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.briefings.editions import Edition, Line
from bot.briefings.proofs import LineState, state_of
from bot.errors import AttacheError
from bot.services.correction_ports import Amender, Correction, Corrections, CorrectionState, Post, Posts, Reason
from bot.services.editions import KEPT_FOR
from bot.services.ports import OPERATOR, Corpus, Editions

LOG = logging.getLogger(__name__)
OUT_FOR = timedelta(days=14)  # posts of that age are still looked after


class AmendingService:
    """Looks after posts. Without an amender, in a console say, corrections are listed all the same."""

    def __init__(
        self,
        *,
        corpus: Corpus,
        editions: Editions,
        corrections: Corrections,
        posts: Posts,
        clock: Callable[[], datetime],
    ) -> None:
        self._corpus = corpus
        self._editions = editions
        self._corrections = corrections
        self._posts = posts
        self._clock = clock
        self._amender: Amender | None = None

    def write_through(self, amender: Amender) -> None:
        """Edit posts from now on."""
        self._amender = amender

    async def tell(self, correction: Correction) -> int:
        """Note a correction beneath every post that shows its line; how many were edited."""
        edited = 0
        for edition, numbers in await self._showing(correction):
            note = f"Corrected, line {', '.join(map(str, numbers))}: {correction.change}"
            edited += await self._amend(edition, [note], correction.guild_id)
        return edited

    async def look_for_revisions(self) -> int:
        """Note beneath posts which lines their publishers have taken back since; how many lines that were.

        What was noted is kept for as long as editions are.
        """
        await self._corrections.prune_revisions(self._clock() - KEPT_FOR)
        known = {
            (one.edition_id, one.line)
            for one in await self._corrections.all(CorrectionState.ACCEPTED)
            if one.reason is Reason.REVISION
        }
        found = 0
        for edition in await self._editions_out():
            taken_back = [(n, at) for n, at in await self._taken_back(edition) if (edition.id, n) not in known]
            for number, at in taken_back:
                await self._keep(edition, number, at)
            if taken_back:
                lines = ", ".join(str(number) for number, _ in taken_back)
                notes = [f"Line {lines}: its publisher has changed the text since; the sentence is gone there"]
                await self._amend(edition, notes, OPERATOR)
            found += len(taken_back)
        return found

    async def _editions_out(self) -> list[Edition]:
        ids = await self._posts.editions_since(self._clock() - OUT_FOR)
        found = [await self._editions.get(edition_id) for edition_id in ids]
        return [edition for edition in found if edition is not None]

    async def _showing(self, correction: Correction) -> list[tuple[Edition, list[int]]]:
        """Editions that are out with the line, and its numbers there."""
        found = []
        for edition in await self._editions_out():
            numbers = [number for number, line in enumerate(edition.lines, start=1) if _is_of(line, correction)]
            if numbers:
                found.append((edition, numbers))
        return found

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

    async def _amend(self, edition: Edition, notes: Sequence[str], guild_id: int) -> int:
        """Edit every post of an edition; of one server where the correction is its own. A failure costs no other."""
        if self._amender is None:
            return 0
        posts: Sequence[Post] = await self._posts.showing([edition.id])
        edited = 0
        for post in posts:
            if guild_id not in (OPERATOR, post.guild_id):
                continue
            try:
                await self._amender.amend(post, notes)
                edited += 1
            except AttacheError as error:
                LOG.warning("post %s can't be edited: %s", post.message_id, error)
        return edited


def _is_of(line: Line, correction: Correction) -> bool:
    """Whether a line shows what was corrected: the same words, or a stretch with the sentence that was put right."""
    if line.citation.article_id != correction.article_id:
        return False
    sentences = {one.sentence for one in correction.overrides} or {correction.text}
    return any(sentence in line.text or line.text in sentence for sentence in sentences)
