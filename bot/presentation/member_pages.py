"""What a member is told of what it follows, and what is kept about it."""

from collections.abc import Iterator, Mapping, Sequence

from bot.briefings.editions import Numbers, numbers_of
from bot.catalogues import mark_counted, ntr, tr
from bot.dossier import Dossier
from bot.positions.model import Position
from bot.positions.novelties import News
from bot.presentation import wording
from bot.presentation.briefing_page import contested_parts, evidence_parts, prove_parts, shift_parts
from bot.presentation.digest_page import stance_run
from bot.presentation.page import Page, Part, heading, paragraph, small, strong, title

_KEPT = {
    "messages": mark_counted("{n} event I sent you", "{n} events I sent you"),
    "posts": mark_counted("{n} message to you that may be corrected", "{n} messages to you that may be corrected"),
    "looks": mark_counted("{n} answer /catchup gave you", "{n} answers /catchup gave you"),
    "audit": mark_counted("{n} change of settings in your name", "{n} changes of settings in your name"),
    "splits": mark_counted("{n} article you took out of its story", "{n} articles you took out of their stories"),
    "reports": mark_counted("{n} line you reported", "{n} lines you reported"),
    "decisions": mark_counted("{n} report you decided", "{n} reports you decided"),
    "schedules": mark_counted("{n} scheduled briefing you added", "{n} scheduled briefings you added"),
    "sources": mark_counted("{n} source you added", "{n} sources you added"),
}


def news_page(news: News, dossier: Dossier, followed: Sequence[str]) -> Page:
    """Shifts, contested claims and new positions, each with the sentences it rests on. `followed` are names."""
    numbers = numbers_of(news)
    parts: list[Part] = [title(tr("New on what you follow"))]
    parts += [small(tr("You follow: {names}.", names=", ".join(followed)))]
    if news.shifts:
        parts.append(heading(tr("What shifted")))
    for shift in news.shifts:
        parts += shift_parts(shift, dossier, numbers)
    if news.contested:
        parts.append(heading(tr("What is contested")))
    for contested in news.contested:
        parts += contested_parts(contested, dossier, numbers)
    if news.positions:
        parts.append(heading(tr("New positions")))
    for position in news.positions:
        parts += _position(position, dossier, numbers)
    if news.left:
        parts.append(small(ntr("{n} more; see /shifts.", "{n} more; see /shifts.", news.left), gap=True))
    return (*parts, *prove_parts(news, numbers))


def footprint_words(
    dossier: Dossier, follows: Sequence[tuple[str, str]], numbers: Mapping[str, int]
) -> tuple[str, ...]:
    """What is kept about a member, a line each. `follows` pairs kinds with keys."""
    lines = [follow_words(dossier, kind, key) for kind, key in follows]
    told = [tr("You follow: {names}", names=", ".join(lines))] if lines else []
    return (*told, *(ntr(*_KEPT[name], number) for name, number in numbers.items() if name in _KEPT))


def follow_words(dossier: Dossier, kind: str, key: str) -> str:
    """The name of what is followed."""
    return wording.actor_words(dossier, key) if kind == "actor" else wording.topic_words(dossier, key)


def _position(position: Position, dossier: Dossier, numbers: Numbers) -> Iterator[Part]:
    topic = wording.topic_words(dossier, position.topic_id)
    about = tr("{name} on {topic}", name=position.holder.name, topic=topic)
    yield paragraph(strong(about), ": ", stance_run(position.stance), gap=True)
    yield from evidence_parts(position.evidence[0], indent=2, numbers=numbers)
