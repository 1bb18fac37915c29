"""Quotes, timelines, shifts and comparisons as pages."""

from collections.abc import Iterator
from itertools import groupby

from bot.briefings.editions import Numbers, numbers_of
from bot.briefings.model import WindowReason
from bot.catalogues import mark, ntr, tr
from bot.dossier import Dossier
from bot.positions.answers import Comparison, Quotes, Refusal, Row, Saying, ShiftLedger, Timeline, Unmoved, Verdict
from bot.positions.current import published_at
from bot.positions.model import Evidence, Holder, Position
from bot.presentation import wording
from bot.presentation.briefing_page import cited, contested_parts, evidence_parts, on_topic, prove_parts, shift_parts
from bot.presentation.digest_page import stance_run
from bot.presentation.numbering import number_words
from bot.presentation.page import Page, Part, Run, heading, paragraph, quiet, small, strong, title, verbatim
from bot.reasons import reason_words

_MOST_PLACES = 4  # other outlets named
_VERDICTS = {
    Verdict.SAME: mark("the same side"),
    Verdict.OPPOSITE: mark("opposite sides"),
    Verdict.PARTLY: mark("conditions stand between them"),
    Verdict.OPEN: mark("cannot be compared"),
    Verdict.ONE_SILENT: mark("only one was found to speak"),
}
_REFUSALS = {
    Refusal.SPEAKER: mark("two who speak for the same side"),
    Refusal.WORDING: mark("a reporter's wording, not their own words"),
}


def quotes_page(quotes: Quotes, dossier: Dossier) -> Page:
    """Every quote with who said it, where and when; other outlets that print it are counted."""
    numbers = numbers_of(quotes)
    head = tr("{name}: quotes", name=quotes.holder.name) if quotes.holder else tr("Quotes")
    with_words = f" {tr('with the words {text}', text=quotes.text)}" if quotes.text else ""
    older = tr("Older quotes are left out: ask for an actor, a topic or both.") if quotes.has_more else None
    none = (
        None
        if quotes.sayings
        else ntr("No quote found in {n} article.", "No quote found in {n} articles.", quotes.articles)
    )
    return (
        title(head + with_words),
        *(part for saying in quotes.sayings for part in _quote(saying, dossier, numbers)),
        *_rest(none, older, quotes.articles),
        *prove_parts(quotes, numbers),
    )


def timeline_page(timeline: Timeline, dossier: Dossier) -> Page:
    """What was said, under the day it was published."""
    numbers = numbers_of(timeline)
    topic = wording.topic_words(dossier, timeline.topic_id) if timeline.topic_id else None
    about = on_topic(timeline.holder.name, topic) if timeline.holder and topic else None
    head = about or (timeline.holder.name if timeline.holder else topic or dossier.title)
    parts: list[Part] = [title(tr("{name}: timeline", name=head))]
    for day, sayings in groupby(timeline.sayings, key=lambda saying: _day(saying.evidence)):
        parts.append(heading(day))
        for number, saying in enumerate(sayings):
            parts += _entry(saying, dossier, numbers, gap=number > 0)
    older = tr("Older statements are left out: ask for an actor, a topic or both.") if timeline.has_more else None
    none = None if timeline.sayings else wording.none_found_words(timeline.articles)
    return (*parts, *_rest(none, older, timeline.articles), *prove_parts(timeline, numbers))


def shifts_page(ledger: ShiftLedger, dossier: Dossier) -> Page:
    """Who moved, with the evidence before and after and the rule; then what was not counted, and why."""
    numbers = numbers_of(ledger)
    parts: list[Part] = [title(tr("What shifted")), small(_window(ledger))]
    for shift in ledger.shifts:
        parts += [
            *shift_parts(shift, dossier, numbers),
            small(tr("Rule: {rule}", rule=reason_words(shift.rule)), indent=2),
        ]
    if ledger.unmoved:
        parts.append(heading(tr("Not counted as a shift")))
    for unmoved in ledger.unmoved:
        parts += _unmoved(unmoved, dossier, numbers)
    older = tr("Older shifts are left out: ask for an actor, a topic or both.") if ledger.has_more else None
    has_any = ledger.shifts or ledger.unmoved
    none = (
        None if has_any else ntr("No shift found in {n} article.", "No shift found in {n} articles.", ledger.articles)
    )
    return (*parts, *_rest(none, older, ledger.articles), *prove_parts(ledger, numbers))


def comparison_page(comparison: Comparison, dossier: Dossier) -> Page:
    """Topic by topic: how the two stand to each other, and the deciding evidence of each."""
    numbers = numbers_of(comparison)
    both = tr("{first} and {second}", first=comparison.first.name, second=comparison.second.name)
    topic = wording.topic_words(dossier, comparison.topic_id) if comparison.topic_id else None
    parts: list[Part] = [title(on_topic(both, topic) if topic else both)]
    for row in comparison.rows:
        parts += _row(row, comparison, dossier, numbers)
    parts += _silent(comparison, dossier)
    if comparison.contested:
        parts.append(heading(tr("What is contested between them")))
    for contested in comparison.contested:
        parts += contested_parts(contested, dossier, numbers)
    parts.append(small(wording.read_words(comparison.articles), gap=True))
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
    yield paragraph(*speaker_on(wording.speaker_words(one, dossier), topics), stance_run(one.statement.stance), gap=gap)
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
    named = f"; {tr('also in {places}', places=', '.join(others[:_MOST_PLACES]))}" if others else ""
    left = len(others) - _MOST_PLACES
    more = f" {ntr('and {n} more', 'and {n} more', left)}" if left > 0 else ""
    independent = ntr("{n} independent story", "{n} independent stories", saying.independent)
    return f"{named}{more} · {wording.articles_words(1 + len(saying.others))}, {independent}"


def speaker_on(name: str, topics: str) -> tuple[Run | str, ...]:
    """The head of a statement: who, set off, and on what; the stance follows."""
    if not topics:
        return strong(name), ": "
    before, _, after = tr("{name} on {topic}", name="\0", topic=topics).partition("\0")
    return tuple(filter(None, (before, strong(name), f"{after}: ")))


def _unmoved(unmoved: Unmoved, dossier: Dossier, numbers: Numbers) -> Iterator[Part]:
    topic = wording.topic_words(dossier, unmoved.topic_id)
    yield paragraph(strong(on_topic(unmoved.holder.name, topic)), f": {tr(_REFUSALS[unmoved.refusal])}", gap=True)
    for one in (unmoved.before, unmoved.after):
        yield from (_spoken(one, dossier), *evidence_parts(one, indent=4, numbers=numbers))


def _spoken(evidence: Evidence, dossier: Dossier) -> Part:
    stance = stance_run(evidence.statement.stance)
    return paragraph(quiet(f"{wording.speaker_words(evidence, dossier)}: "), stance, indent=2)


def _row(row: Row, comparison: Comparison, dossier: Dossier, numbers: Numbers) -> Iterator[Part]:
    yield paragraph(strong(wording.topic_words(dossier, row.topic_id)), f": {tr(_VERDICTS[row.verdict])}", gap=True)
    for holder, position in ((comparison.first, row.first), (comparison.second, row.second)):
        yield from _side(holder, position, comparison.articles, numbers)


def _side(holder: Holder, position: Position | None, articles: int, numbers: Numbers) -> Iterator[Part]:
    if position is None:
        none = ntr("no statement found in {n} article", "no statement found in {n} articles", articles)
        yield paragraph(f"{holder.name}: ", quiet(none), indent=2)
        return
    day = wording.day_words(position.as_of) if position.as_of else tr("undated")
    yield paragraph(f"{holder.name}: ", stance_run(position.stance), quiet(f" · {day}"), indent=2)
    yield from evidence_parts(position.evidence[0], indent=4, numbers=numbers)


def _silent(comparison: Comparison, dossier: Dossier) -> Iterator[Part]:
    names = ", ".join(wording.topic_words(dossier, topic) for topic in comparison.silent)
    if names:
        none = ntr(
            "No statement of either found in {n} article on:",
            "No statement of either found in {n} articles on:",
            comparison.articles,
        )
        yield paragraph(quiet(f"{none} "), names, gap=True)


def _rest(none: str | None, older: str | None, articles: int) -> Iterator[Part]:
    """That there is nothing, or else what was left out and what it rests on."""
    if none:
        yield paragraph(none, gap=True)
        return
    yield small(" ".join(filter(None, (older, wording.read_words(articles)))), gap=True)


def _window(ledger: ShiftLedger) -> str:
    if ledger.window.reason is WindowReason.EVERYTHING:
        return tr("Over everything stored.")
    return wording.window_words(ledger.window)


def _day(evidence: Evidence) -> str:
    at = published_at(evidence)
    return wording.day_words(at) if at else tr("Undated")
