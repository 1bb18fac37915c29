"""A briefing as a page: window, items with citations, what shifted, what is contested, what it rests on."""

from collections.abc import Iterator

from bot.articles.model import Citation
from bot.briefings.editions import UNNUMBERED, Answer, Numbers, numbers_of, place_of
from bot.briefings.model import Briefing, BriefingItem, WindowReason
from bot.catalogues import ntr, tr
from bot.dossier import Dossier
from bot.positions.model import Contested, Evidence, Shift
from bot.presentation import wording
from bot.presentation.carriers import carriers_words
from bot.presentation.numbering import number_words, prove_command
from bot.presentation.page import (
    Page,
    Part,
    Run,
    Tone,
    command,
    heading,
    paragraph,
    quiet,
    small,
    strong,
    title,
    verbatim,
)

_SHOWN = 5  # shifts and contested claims a briefing has room for
_TOPICS = 3  # named beneath an item


def briefing_page(briefing: Briefing, dossier: Dossier) -> Page:
    """The whole edition. An item's number is that of its line."""
    numbers = numbers_of(briefing)
    return (
        title(_title(briefing, dossier)),
        *_window(briefing),
        *_items(briefing, dossier, numbers),
        *_shifts(briefing.shifts, dossier, numbers),
        *_contested(briefing.contested, dossier, numbers),
        *_watch(briefing, numbers),
        *_silences(briefing, dossier),
        *_foot(briefing),
        *prove_parts(briefing, numbers),
    )


def evidence_parts(evidence: Evidence, *, indent: int, numbers: Numbers = UNNUMBERED) -> tuple[Part, ...]:
    """One piece of evidence: the source's sentence, and its number and citation beneath."""
    mode = wording.how_words(evidence.statement)
    return (
        paragraph(verbatim(evidence.text), indent=indent),
        small(number_words(numbers, evidence.citation), cited(evidence.citation), f" · {mode}", indent=indent),
    )


def prove_parts(answer: Answer, numbers: Numbers) -> tuple[Part, ...]:
    """How to have a line proved."""
    typed = prove_command(answer, numbers)
    return (small(tr("Prove a line:"), " ", command(typed)),) if typed else ()


def on_topic(name: str, topic: str) -> str:
    """Whose position it is, and on what."""
    return tr("{name} on {topic}", name=name, topic=topic)


def cited(citation: Citation) -> Run:
    """A short citation that leads to the article where it has an address."""
    return Run(wording.citation_words(citation), Tone.QUIET, citation.url)


def shift_parts(shift: Shift, dossier: Dossier, numbers: Numbers = UNNUMBERED) -> tuple[Part, ...]:
    """A position that moved, with the evidence before and after."""
    head = paragraph(strong(_subject(shift, dossier)), gap=True)
    if shift.before is None:
        return (head, *evidence_parts(shift.after, indent=2, numbers=numbers))
    return (
        head,
        paragraph(quiet(tr("Before:")), indent=2),
        *evidence_parts(shift.before, indent=4, numbers=numbers),
        paragraph(quiet(tr("After:")), indent=2),
        *evidence_parts(shift.after, indent=4, numbers=numbers),
    )


def contested_parts(contested: Contested, dossier: Dossier, numbers: Numbers = UNNUMBERED) -> tuple[Part, ...]:
    """A claim and what the other side, or its acts, say."""
    speaker = wording.speaker_words(contested.claim, dossier)
    topic = f", {wording.topic_words(dossier, contested.topic_id)}" if contested.topic_id else ""
    head = paragraph(strong(tr("Claimed by {speaker}", speaker=speaker) + topic), gap=True)
    claim = evidence_parts(contested.claim, indent=2, numbers=numbers)
    if contested.answer is None:
        return (head, *claim)
    other = wording.speaker_words(contested.answer, dossier)
    answered = paragraph(quiet(tr("Against it, {speaker}:", speaker=other)), indent=2)
    return (head, *claim, answered, *evidence_parts(contested.answer, indent=4, numbers=numbers))


def _title(briefing: Briefing, dossier: Dossier) -> str:
    """A fall-back to the newest day stands in the first line: who skims must not take old news for today's."""
    names = [wording.topic_words(dossier, topic) for topic in briefing.scope.topics]
    names += [wording.actor_words(dossier, actor) for actor in briefing.scope.actors]
    about = wording.title_words(dossier)
    words = (
        tr("{dossier}: briefing on {names}", dossier=about, names=", ".join(names))
        if names
        else tr("{dossier}: briefing", dossier=about)
    )
    window = briefing.window
    if window.reason is WindowReason.NEWEST_DAY and window.start:
        return f"{words}, {tr('newest day with news: {day}', day=wording.day_words(window.start))}"
    return words


def _window(briefing: Briefing) -> Iterator[Part]:
    if briefing.counts.articles or briefing.window.reason is not WindowReason.EVERYTHING:
        yield small(wording.window_words(briefing.window))


def _items(briefing: Briefing, dossier: Dossier, numbers: Numbers) -> Iterator[Part]:
    if not briefing.items:
        yield from _nothing(briefing)
    for number, item in enumerate(briefing.items, start=1):
        line = numbers.get(place_of(item.citations[0])) if item.citations else None
        yield from _item(line or number, item, dossier)


def _nothing(briefing: Briefing) -> Iterator[Part]:
    if briefing.window.reason is WindowReason.SINCE_POST:
        yield paragraph(tr("Nothing new since then."), gap=True)
        return
    if briefing.counts.articles == 0 and briefing.window.reason is WindowReason.EVERYTHING:
        yield paragraph(tr("Nothing to report: no article has been read yet."), gap=True)
        yield small(tr("What is read, and how it fares:"), " ", command("/sources list"))
        return
    if briefing.counts.articles == 0:
        yield paragraph(tr("Nothing to report: no article was published then."), gap=True)
    else:
        yield paragraph(tr("Nothing to report: no sentence fits what was asked."), gap=True)
    yield small(tr("Drop a topic or an actor, or ask for everything:"), " ", command("since: all"))


def _item(number: int, item: BriefingItem, dossier: Dossier) -> Iterator[Part]:
    yield paragraph(verbatim(item.text), marker=f"{number}. ", gap=True)
    yield small(*_sources(item.citations), _topics(item, dossier), indent=len(f"{number}. "))


def _sources(citations: tuple[Citation, ...]) -> tuple[Run | str, ...]:
    """The sentence's own source in full, the others that carry it by name."""
    if not citations:
        return (tr("no source"),)
    return (cited(citations[0]), *(f"; {words}" for words in carriers_words(citations)))


def _topics(item: BriefingItem, dossier: Dossier) -> str:
    names = ", ".join(wording.topic_words(dossier, topic) for topic in item.topics[:_TOPICS])
    return f" · {names}" if names else ""


def _subject(shift: Shift, dossier: Dossier) -> str:
    subject = on_topic(shift.holder.name, wording.topic_words(dossier, shift.topic_id))
    if shift.before is None:
        return subject
    before, after = (wording.stance_words(one.statement.stance) for one in (shift.before, shift.after))
    return f"{subject}: {before} → {after}"


def _shifts(shifts: tuple[Shift, ...], dossier: Dossier, numbers: Numbers) -> Iterator[Part]:
    if shifts:
        yield heading(tr("What shifted"))
    for shift in shifts[:_SHOWN]:
        yield from shift_parts(shift, dossier, numbers)
    if len(shifts) > _SHOWN:
        more = ntr("And {n} shift more: see /positions.", "And {n} shifts more: see /positions.", len(shifts) - _SHOWN)
        yield small(more, gap=True)


def _contested(contested: tuple[Contested, ...], dossier: Dossier, numbers: Numbers) -> Iterator[Part]:
    if contested:
        yield heading(tr("What is contested"))
    for claim in contested[:_SHOWN]:
        yield from contested_parts(claim, dossier, numbers)
    if len(contested) > _SHOWN:
        yield small(
            ntr(
                "And {n} contested claim more: see /positions.",
                "And {n} contested claims more: see /positions.",
                len(contested) - _SHOWN,
            ),
            gap=True,
        )


def _watch(briefing: Briefing, numbers: Numbers) -> Iterator[Part]:
    if briefing.watch:
        yield heading(tr("What to watch"))
    for one in briefing.watch:
        yield paragraph(strong(wording.date_words(one.on)), gap=True)
        yield paragraph(verbatim(one.text), indent=2)
        yield small(number_words(numbers, one.citation), cited(one.citation), indent=2)


def _silences(briefing: Briefing, dossier: Dossier) -> Iterator[Part]:
    if briefing.silences:
        yield heading(tr("Not heard in this window"))
    for one in briefing.silences:
        yield paragraph(wording.silence_words(one, dossier))


def _foot(briefing: Briefing) -> Iterator[Part]:
    outlets = sorted({wording.place_words(one) for item in briefing.items for one in item.citations})
    if outlets:
        yield small(tr("Cited: {outlets}.", outlets=", ".join(outlets)), gap=True)
    yield small(wording.counts_words(briefing.counts), gap=not outlets)
    if words := wording.single_source_words(briefing):
        yield small(words)
