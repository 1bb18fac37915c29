"""Quotes, timelines, shifts and comparisons as pages."""

from collections.abc import Iterator
from itertools import groupby

from bot.briefings.editions import Numbers, numbers_of
from bot.briefings.model import WindowReason
from bot.dossier import Dossier
from bot.positions.answers import Comparison, Quotes, Refusal, Row, Saying, ShiftLedger, Timeline, Unmoved, Verdict
from bot.positions.current import published_at
from bot.positions.model import Evidence, Holder, Position
from bot.presentation import wording
from bot.presentation.briefing_page import cited, contested_parts, evidence_parts, prove_parts, shift_parts
from bot.presentation.digest_page import stance_run
from bot.presentation.numbering import number_words
from bot.presentation.page import Page, Part, heading, paragraph, quiet, small, strong, title, verbatim

_MOST_PLACES = 4  # other outlets named
_VERDICTS = {
    Verdict.SAME: "the same side",
    Verdict.OPPOSITE: "opposite sides",
    Verdict.PARTLY: "conditions stand between them",
    Verdict.OPEN: "cannot be compared",
    Verdict.ONE_SILENT: "only one was found to speak",
}
_REFUSALS = {
    Refusal.SPEAKER: "two who speak for the same side",
    Refusal.WORDING: "a reporter's wording, not their own words",
}


def quotes_page(quotes: Quotes, dossier: Dossier) -> Page:
    """Every quote with who said it, where and when; other outlets that print it are counted."""
    numbers = numbers_of(quotes)
    about = quotes.holder.name if quotes.holder else "Quotes"
    with_words = f" with the words {quotes.text}" if quotes.text else ""
    return (
        title(f"{about}: quotes{with_words}" if quotes.holder else f"{about}{with_words}"),
        *(part for saying in quotes.sayings for part in _quote(saying, dossier, numbers)),
        *_rest(quotes.has_more, bool(quotes.sayings), "quote", quotes.articles),
        *prove_parts(quotes, numbers),
    )


def timeline_page(timeline: Timeline, dossier: Dossier) -> Page:
    """What was said, under the day it was published."""
    numbers = numbers_of(timeline)
    topic = wording.topic_words(dossier, timeline.topic_id) if timeline.topic_id else None
    about = f"{timeline.holder.name} on {topic}" if timeline.holder and topic else None
    head = about or (timeline.holder.name if timeline.holder else topic or dossier.title)
    parts: list[Part] = [title(f"{head}: timeline")]
    for day, sayings in groupby(timeline.sayings, key=lambda saying: _day(saying.evidence)):
        parts.append(heading(day))
        for number, saying in enumerate(sayings):
            parts += _entry(saying, dossier, numbers, gap=number > 0)
    rest = _rest(timeline.has_more, bool(timeline.sayings), "statement", timeline.articles)
    return (*parts, *rest, *prove_parts(timeline, numbers))


def shifts_page(ledger: ShiftLedger, dossier: Dossier) -> Page:
    """Who moved, with the evidence before and after and the rule; then what was not counted, and why."""
    numbers = numbers_of(ledger)
    parts: list[Part] = [title("What shifted"), small(_window(ledger))]
    for shift in ledger.shifts:
        parts += [*shift_parts(shift, dossier, numbers), small(f"Rule: {shift.rule}", indent=2)]
    if ledger.unmoved:
        parts.append(heading("Not counted as a shift"))
    for unmoved in ledger.unmoved:
        parts += _unmoved(unmoved, dossier, numbers)
    rest = _rest(ledger.has_more, bool(ledger.shifts or ledger.unmoved), "shift", ledger.articles)
    return (*parts, *rest, *prove_parts(ledger, numbers))


def comparison_page(comparison: Comparison, dossier: Dossier) -> Page:
    """Topic by topic: how the two stand to each other, and the deciding evidence of each."""
    numbers = numbers_of(comparison)
    topic = f" on {wording.topic_words(dossier, comparison.topic_id)}" if comparison.topic_id else ""
    parts: list[Part] = [title(f"{comparison.first.name} and {comparison.second.name}{topic}")]
    for row in comparison.rows:
        parts += _row(row, comparison, dossier, numbers)
    parts += _silent(comparison, dossier)
    if comparison.contested:
        parts.append(heading("What is contested between them"))
    for contested in comparison.contested:
        parts += contested_parts(contested, dossier, numbers)
    parts.append(small(f"Read: {wording.counted(comparison.articles, 'article')}.", gap=True))
    return (*parts, *prove_parts(comparison, numbers))


def _quote(saying: Saying, dossier: Dossier, numbers: Numbers) -> Iterator[Part]:
    one = saying.evidence
    yield paragraph(verbatim(one.text), gap=True)
    yield small(
        number_words(numbers, one.citation),
        wording.speaker_words(one, dossier),
        " · ",
        cited(one.citation),
        _also(saying),
    )


def _entry(saying: Saying, dossier: Dossier, numbers: Numbers, *, gap: bool) -> Iterator[Part]:
    one = saying.evidence
    topics = ", ".join(wording.topic_words(dossier, topic) for topic in one.statement.topics)
    head = (strong(wording.speaker_words(one, dossier)), f" on {topics}: " if topics else ": ")
    yield paragraph(*head, stance_run(one.statement.stance), gap=gap)
    sentence, source = evidence_parts(one, indent=2, numbers=numbers)
    yield sentence
    yield small(*source.runs, _also(saying), indent=2)


def _also(saying: Saying) -> str:
    """Other places that print it, by name, and how many texts of their own there are among all of them."""
    own = wording.place_words(saying.evidence.citation)
    places = list(dict.fromkeys(wording.place_words(other.citation) for other in saying.others))
    others = [place for place in places if place != own]
    if not saying.others:
        return ""
    named = f"; also in {', '.join(others[:_MOST_PLACES])}" if others else ""
    more = f" and {len(others) - _MOST_PLACES} more" if len(others) > _MOST_PLACES else ""
    articles = wording.counted(1 + len(saying.others), "article")
    return (
        f"{named}{more} · {articles}, {wording.counted(saying.independent, 'independent story', 'independent stories')}"
    )


def _unmoved(unmoved: Unmoved, dossier: Dossier, numbers: Numbers) -> Iterator[Part]:
    topic = wording.topic_words(dossier, unmoved.topic_id)
    yield paragraph(strong(f"{unmoved.holder.name} on {topic}"), f": {_REFUSALS[unmoved.refusal]}", gap=True)
    for one in (unmoved.before, unmoved.after):
        yield from (_spoken(one, dossier), *evidence_parts(one, indent=4, numbers=numbers))


def _spoken(evidence: Evidence, dossier: Dossier) -> Part:
    stance = stance_run(evidence.statement.stance)
    return paragraph(quiet(f"{wording.speaker_words(evidence, dossier)}: "), stance, indent=2)


def _row(row: Row, comparison: Comparison, dossier: Dossier, numbers: Numbers) -> Iterator[Part]:
    yield paragraph(strong(wording.topic_words(dossier, row.topic_id)), f": {_VERDICTS[row.verdict]}", gap=True)
    for holder, position in ((comparison.first, row.first), (comparison.second, row.second)):
        yield from _side(holder, position, comparison.articles, numbers)


def _side(holder: Holder, position: Position | None, articles: int, numbers: Numbers) -> Iterator[Part]:
    if position is None:
        found = f"no statement found in {wording.counted(articles, 'article')}"
        yield paragraph(f"{holder.name}: ", quiet(found), indent=2)
        return
    day = f" · {wording.day_words(position.as_of)}" if position.as_of else " · undated"
    yield paragraph(f"{holder.name}: ", stance_run(position.stance), quiet(day), indent=2)
    yield from evidence_parts(position.evidence[0], indent=4, numbers=numbers)


def _silent(comparison: Comparison, dossier: Dossier) -> Iterator[Part]:
    names = ", ".join(wording.topic_words(dossier, topic) for topic in comparison.silent)
    if names:
        read = wording.counted(comparison.articles, "article")
        yield paragraph(quiet(f"No statement of either found in {read} on: "), names, gap=True)


def _rest(has_more: bool, has_any: bool, noun: str, articles: int) -> Iterator[Part]:
    read = wording.counted(articles, "article")
    if not has_any:
        yield paragraph(f"No {noun} found in {read}.", gap=True)
        return
    older = f"Older {noun}s are left out: ask for an actor, a topic or both. " if has_more else ""
    yield small(f"{older}Read: {read}.", gap=True)


def _window(ledger: ShiftLedger) -> str:
    if ledger.window.reason is WindowReason.EVERYTHING:
        return "Over everything stored."
    return wording.window_words(ledger.window)


def _day(evidence: Evidence) -> str:
    at = published_at(evidence)
    return wording.day_words(at) if at else "Undated"
