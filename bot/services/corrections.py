"""Corrections: anybody reports a line, an admin decides, and what was put right holds wherever statements are read."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.briefings.editions import Line
from bot.catalogues import tr
from bot.dossier import Dossier
from bot.errors import InvalidInputError, NotFoundError
from bot.language.spans import Span
from bot.positions.cases import Judged, case_json, judge, read_case
from bot.positions.model import Stance, Statement
from bot.positions.overrides import NOBODY, Override, origin_of, overridable
from bot.services.amending import AmendingService
from bot.services.correction_ports import Correction, Corrections, CorrectionState, Reason
from bot.services.names import Names
from bot.services.ports import OPERATOR, Corpus
from bot.services.proofs import ProofService

LONGEST_NOTE = 300
MOST_OPEN = 200  # reports of one server that nobody has decided
NOBODY_TYPED = "nobody"
_DECIDED = {
    CorrectionState.ACCEPTED: "it was accepted already",
    CorrectionState.REJECTED: "it was rejected already",
}
_Place = tuple[Span, Span | None]  # of a statement's content, and of who says it


@dataclass(frozen=True, slots=True)
class Decision:
    """What an admin says is right. `speaker` is a name as typed, or "nobody"; `of` names whose statement is meant."""

    speaker: str | None = None
    stance: str | None = None
    withdrawn: bool = False
    of: str | None = None


class CorrectionService:
    """The queue of reports. `guild_id` is the server that asks; None or `OPERATOR` is who runs the bot and sees all."""

    def __init__(
        self,
        *,
        dossier: Dossier,
        corpus: Corpus,
        corrections: Corrections,
        proofs: ProofService,
        names: Names,
        amending: AmendingService,
        clock: Callable[[], datetime],
    ) -> None:
        self._dossier = dossier
        self._corpus = corpus
        self._corrections = corrections
        self._proofs = proofs
        self._names = names
        self.amending = amending
        self._clock = clock

    async def report(
        self, edition_id: str, line: int, reason: Reason, note: str, *, guild_id: int | None = None, user_id: int = 0
    ) -> Correction:
        """Put a line into the queue. Raises `NotFoundError` or `InvalidInputError`."""
        edition = await self._proofs.edition(edition_id, guild_id)
        if not 1 <= line <= len(edition.lines):
            raise InvalidInputError("line", str(line), f"{edition.id} has lines 1 to {len(edition.lines)}")
        waiting = [one for one in await self._corrections.all(CorrectionState.OPEN) if one.guild_id == (guild_id or 0)]
        if len(waiting) >= MOST_OPEN:
            raise InvalidInputError("line", str(line), "too many reports wait already; ask an admin to decide some")
        for one in waiting:
            if (one.text, one.reason) == (edition.lines[line - 1].text, reason):
                return one
        shown = edition.lines[line - 1]
        return await self._corrections.add(
            Correction(
                number=0,
                guild_id=guild_id or OPERATOR,
                edition_id=edition.id,
                line=line,
                article_id=shown.citation.article_id,
                text=shown.text,
                source=_source(shown),
                reason=reason,
                note=" ".join(note.split())[:LONGEST_NOTE],
                reported_by=user_id,
                reported_at=self._clock(),
            )
        )

    async def queue(self, guild_id: int | None) -> tuple[Correction, ...]:
        """Reports that wait: a server's own; who runs the bot sees all."""
        found = await self._corrections.all(CorrectionState.OPEN)
        return tuple(one for one in found if not guild_id or one.guild_id == guild_id)

    async def list(self, guild_id: int | None) -> tuple[Correction, ...]:
        """Corrections that hold for this server, newest first, of articles it sees."""
        seen = await self._proofs.corpus(guild_id)
        held = [
            one
            for one in await self._corrections.all(CorrectionState.ACCEPTED)
            if one.guild_id in (OPERATOR, guild_id or OPERATOR)
        ]
        there = await seen.texts({one.article_id for one in held})
        return tuple(one for one in held if one.article_id in there or (guild_id and one.guild_id == guild_id))

    async def accept(
        self, number: int, decision: Decision, *, guild_id: int | None = None, user_id: int = 0
    ) -> Correction:
        """Put it right: for this server, or by who runs the bot for all. Posts that are out are edited.

        Raises `NotFoundError` or `InvalidInputError`.
        """
        reported = await self._open(number, guild_id)
        holds_for = guild_id or OPERATOR
        overrides = await self._overrides(reported, decision, holds_for)
        accepted = replace(
            reported,
            guild_id=holds_for,
            state=CorrectionState.ACCEPTED,
            decided_by=user_id,
            decided_at=self._clock(),
            change=self._change_words(decision),
            overrides=overrides,
        )
        await self._decide(accepted)
        await self.amending.tell(accepted)
        return accepted

    async def reject(self, number: int, *, guild_id: int | None = None, user_id: int = 0) -> Correction:
        """Leave it as it is. Raises `NotFoundError` or `InvalidInputError`."""
        reported = await self._open(number, guild_id)
        rejected = replace(
            reported, state=CorrectionState.REJECTED, decided_by=user_id, decided_at=self._clock(), change=""
        )
        await self._decide(rejected)
        return rejected

    async def export(self, guild_id: int | None = None) -> str:
        """What was put right as regression cases, one JSON object a line: sentence, content, expected speaker, side.

        The operator gets each article's text with it, so that a case can be read without the database.
        """
        held = [(one, override) for one in reversed(await self.list(guild_id)) for override in one.overrides]
        texts = await self._corpus.texts({override.article_id for _, override in held}) if not guild_id else {}
        cases = [self._case(one, override, texts.get(override.article_id)) for one, override in held]
        return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)

    async def replay(self, content: str) -> tuple[tuple[str, Judged], ...]:
        """How the rules, as of the last load, read the sentences of exported cases: each sentence with the verdict.

        Raises `InvalidInputError` for what is no export.
        """
        cases = list(_cases(content))
        stored = {one.article.id: one for one in await self._corpus.stored({case.article_id for case in cases})}
        judged = []
        for case in cases:
            one = stored.get(case.article_id)
            at_hand = (one.article.text, one.reading) if one else (None, None)
            judged.append((case.sentence, judge(case, *at_hand)))
        return tuple(judged)

    def _case(self, one: Correction, override: Override, text: str | None) -> Mapping[str, object]:
        at = one.decided_at.isoformat() if one.decided_at else None
        told = {"source": one.source, "reason": one.reason.value, "decided_at": at, "dossier": self._dossier.id}
        return case_json(override) | told | ({} if text is None else {"text": text})

    async def _open(self, number: int, guild_id: int | None) -> Correction:
        found = await self._corrections.get(number)
        if found is None or (guild_id and found.guild_id != guild_id):
            waiting = await self.queue(guild_id)
            raise NotFoundError("correction", str(number), [str(one.number) for one in waiting[:5]])
        if found.state is not CorrectionState.OPEN:
            raise InvalidInputError("number", str(number), _DECIDED[found.state])
        return found

    async def _decide(self, decided: Correction) -> None:
        if not await self._corrections.change(decided):
            raise InvalidInputError("number", str(decided.number), "somebody else has just decided it")

    async def _overrides(self, reported: Correction, decision: Decision, guild_id: int) -> tuple[Override, ...]:
        if decision.withdrawn == (decision.speaker is not None or decision.stance is not None):
            raise InvalidInputError("speaker", "", "give a speaker or a stance, or withdraw the line; not both")
        stored = await self._corpus.stored([reported.article_id])
        if not stored or reported.text not in stored[0].article.text:
            raise InvalidInputError("number", str(reported.number), "the article does not say this any more; reject it")
        article, reading = stored[0].article, stored[0].reading
        start = article.text.index(reported.text)
        inside = [
            one
            for one in reading.statements
            if one.content.start < start + len(reported.text) and one.content.end > start
        ]
        shown = await self._shown(article.id, guild_id)
        speaker = None if decision.speaker is None else self._speaker(decision.speaker)
        stance = None if decision.stance is None else _stance(decision.stance)
        blanks = overridable(article, reading, self._meant(inside, shown, decision))
        if decision.withdrawn and decision.of is None:  # the line itself, whoever speaks in it
            blanks = (*blanks, Override(0, 0, article.id, reported.text, "", None))
        return tuple(
            replace(
                one,
                number=reported.number,
                guild_id=guild_id,
                speaker=speaker,
                stance=stance,
                withdrawn=decision.withdrawn,
            )
            for one in blanks
        )

    async def _shown(self, article_id: str, guild_id: int) -> Mapping[_Place, str | None]:
        """Whom the statements of an article are given to where it is decided, by their place."""
        seen = await (await self._proofs.corpus(guild_id or None)).stored([article_id])
        return {_place(said): origin_of(said) for one in seen for said in one.reading.statements}

    def _meant(
        self, inside: Sequence[Statement], shown: Mapping[_Place, str | None], decision: Decision
    ) -> Sequence[Statement]:
        """The statements of the line that are meant: by whom they are shown under, or else by whom the rules gave
        them to. Raises `InvalidInputError` where that can't be told."""
        if decision.withdrawn and decision.of is None:
            return inside
        wanted = None if decision.of is None else self._names.find_voice(decision.of)
        under = [(one, shown.get(_place(one), origin_of(one))) for one in inside]
        speaking = {who for _, who in under}
        if wanted is not None:
            sought = wanted.actor_id or wanted.name
            under = [one for one in under if one[1] == sought] or [one for one in under if origin_of(one[0]) == sought]
        if len({who for _, who in under}) != 1:
            named = ", ".join(sorted(self._called(one) for one in speaking if one)) or tr("nobody")
            reason = f"say whose statement is meant; in this line speak: {named}"
            raise InvalidInputError("of", decision.of or "", reason)
        return [one for one, _ in under]

    def _called(self, who: str) -> str:
        return self._names.actor_name(who)

    def _speaker(self, typed: str) -> str:
        if typed.strip().casefold() in (NOBODY_TYPED, tr("nobody").casefold()):
            return NOBODY
        return self._names.find_actor(typed)

    def _change_words(self, decision: Decision) -> str:
        """In English, as it is kept; shown beside the line."""
        if decision.withdrawn:
            return "withdrawn"
        parts = []
        if decision.speaker is not None:
            speaker = self._speaker(decision.speaker)
            parts.append(f"speaker: {self._called(speaker) if speaker else 'nobody'}")
        if decision.stance is not None:
            parts.append(f"stance: {_stance(decision.stance).value}")
        return "; ".join(parts)


def _place(one: Statement) -> _Place:
    return one.content, one.speaker.span


def _stance(typed: str) -> Stance:
    try:
        return Stance(typed.strip().casefold())
    except ValueError:
        raise InvalidInputError("stance", typed, f"give one of {', '.join(one.value for one in Stance)}") from None


def _source(line: Line) -> str:
    citation = line.citation
    return " · ".join(filter(None, (citation.outlet, citation.title))) or citation.location


def _cases(content: str) -> Iterator[Override]:
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            try:
                yield read_case(json.loads(line))
            except ValueError:  # also what is no JSON
                reason = "give a file that corrections export wrote"
                raise InvalidInputError("file", f"line {number}", reason) from None
