"""Questions answered and laid out: the one way from what was asked to what Discord shows, and to the file of it."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.briefings.model import Briefing
from bot.dossier import Dossier
from bot.positions.model import Digest
from bot.presentation.briefing_page import briefing_page
from bot.presentation.digest_page import digest_page
from bot.presentation.discord_messages import page_screens
from bot.presentation.evidence_pages import comparison_page, quotes_page, shifts_page, timeline_page
from bot.presentation.findings_pages import findings_page, reply_page
from bot.presentation.layout import Screen, divide
from bot.presentation.page import Page
from bot.presentation.sheets import briefing_sheet, digest_sheet, standing_sheet
from bot.services.app import Services
from bot.services.results import (
    AskRequest,
    BriefRequest,
    CatchUpRequest,
    CompareRequest,
    PositionsRequest,
    QuotesRequest,
    SearchRequest,
    ShiftsRequest,
    TimelineRequest,
)
from commands.questions import Question


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer laid out. `letter` names its kind on buttons, `question` asks for it again.

    `page` is the whole of it for a file; `topics` (best first) are those it tells of, with how many lines each has;
    `holds` tells whether positions stand behind it that are not shown.
    """

    letter: str
    question: Question
    screens: tuple[Screen, ...]
    page: Page
    edition: str | None = None
    topics: Mapping[str, int] = field(default_factory=dict)
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer: what asks for it, and who answers."""

    question: type[Question]
    answer: Callable[[Services, Any], Awaitable[Answered]]


async def answer(services: Services, question: Question, letter: str | None = None) -> Answered:
    """The answer to a question, in the kind that `letter` names (the question's first). Raises what services raise."""
    wanted = letter or next(one for one, kind in KINDS.items() if kind.question is type(question))
    return await KINDS[wanted].answer(services, question)


def briefing_answered(briefing: Briefing, dossier: Dossier, *, late: bool = False) -> Answered:
    """A briefing that is there already, a scheduled one say: for replies, previews and posts alike."""
    return Answered(
        "b",
        _question_of(briefing),
        divide(briefing_sheet(briefing, dossier, late=late)),
        briefing_page(briefing, dossier),
        briefing.edition,
        _topics_of(briefing),
        holds=any(position.stance for position in briefing.positions),
    )


async def _brief(services: Services, question: BriefRequest) -> Answered:
    briefing = await services.briefs.brief(question)
    asked_again = replace(question, at=question.at or briefing.composed_at)
    return replace(briefing_answered(briefing, services.dossier), question=asked_again)


async def _standing(services: Services, question: BriefRequest) -> Answered:
    briefing = await services.briefs.brief(question)
    known = briefing_answered(briefing, services.dossier)
    screens = divide(standing_sheet(briefing, services.dossier))
    asked_again = replace(question, at=question.at or briefing.composed_at)
    return replace(known, letter="o", question=asked_again, screens=screens, holds=False)


async def _positions(services: Services, question: PositionsRequest) -> Answered:
    digest, dossier = await services.positions.positions(question), services.dossier
    screens = divide(digest_sheet(digest, dossier))
    return Answered("p", question, screens, digest_page(digest, dossier), digest.edition, _topics_held(digest))


async def _compare(services: Services, question: CompareRequest) -> Answered:
    found = await services.evidence.compare(question)
    topics = {row.topic_id: 1 for row in found.rows}
    return _of_page("c", question, comparison_page(found, services.dossier), found.edition, topics)


async def _quotes(services: Services, question: QuotesRequest) -> Answered:
    found = await services.evidence.quotes(question)
    return _of_page("q", question, quotes_page(found, services.dossier), found.edition)


async def _timeline(services: Services, question: TimelineRequest) -> Answered:
    found = await services.evidence.timeline(question)
    return _of_page("t", question, timeline_page(found, services.dossier), found.edition)


async def _shifts(services: Services, question: ShiftsRequest) -> Answered:
    found = await services.evidence.shifts(question)
    topics = _counted(shift.topic_id for shift in found.shifts)
    return _of_page("s", question, shifts_page(found, services.dossier), found.edition, topics)


async def _search(services: Services, question: SearchRequest) -> Answered:
    found = await services.searching.search(question)
    return _of_page("f", question, findings_page(found, services.dossier), found.edition)


async def _ask(services: Services, question: AskRequest) -> Answered:
    reply = await services.searching.ask(question)
    topics = {} if reply.hits else dict.fromkeys(reply.spoken_on, 1)
    return _of_page("a", question, reply_page(reply, services.dossier), reply.edition, topics)


async def _catch_up(services: Services, question: CatchUpRequest) -> Answered:
    briefing = await services.catching_up.catch_up(question)
    again = replace(question, at=question.at or briefing.composed_at)
    return replace(briefing_answered(briefing, services.dossier), letter="k", question=again, holds=False)


# Letters are never given to another kind: buttons of years ago still carry them.
KINDS: Mapping[str, Kind] = {
    "b": Kind(BriefRequest, _brief),
    "o": Kind(BriefRequest, _standing),
    "p": Kind(PositionsRequest, _positions),
    "c": Kind(CompareRequest, _compare),
    "q": Kind(QuotesRequest, _quotes),
    "s": Kind(ShiftsRequest, _shifts),
    "t": Kind(TimelineRequest, _timeline),
    "f": Kind(SearchRequest, _search),
    "a": Kind(AskRequest, _ask),
    "k": Kind(CatchUpRequest, _catch_up),
}


def _of_page(
    letter: str, question: Question, page: Page, edition: str | None, topics: Mapping[str, int] | None = None
) -> Answered:
    """An answer whose page is shown part by part; its last part, how to prove a line, a button says in a message."""
    screens = page_screens(page[:-1] if edition else page, mark=edition)
    return Answered(letter, question, screens, page, edition, topics or {})


def _question_of(briefing: Briefing) -> BriefRequest:
    return BriefRequest(
        topics=briefing.scope.topics,
        actors=briefing.scope.actors,
        since=briefing.window.asked,
        words=briefing.words,
        at=briefing.composed_at,
        news_since=briefing.news_since,
        told_in=briefing.told_in,
    )


def _topics_of(briefing: Briefing) -> Mapping[str, int]:
    told = [topic for item in briefing.items for topic in item.topics[:1]]
    moved = [shift.topic_id for shift in briefing.shifts] + [one.topic_id for one in briefing.contested if one.topic_id]
    held = [position.topic_id for position in briefing.positions if position.stance]
    return _counted([*told, *moved]) | {topic: 0 for topic in held if topic not in (*told, *moved)}


def _topics_held(digest: Digest) -> Mapping[str, int]:
    """Of somebody's positions: each topic can be asked about; of a topic's there is no other."""
    if digest.topic_id is not None:
        return {}
    return {cell.topic_id: len(cell.position.evidence) for cell in digest.cells if cell.position}


def _counted(topics: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for topic in topics:
        counts[topic] = counts.get(topic, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))
