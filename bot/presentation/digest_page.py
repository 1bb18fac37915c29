"""Positions as a page: one actor over all topics, everyone on one topic, or the evidence for one of both."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.briefings.editions import Numbers, is_one_on_one, numbers_of, place_of
from bot.catalogues import ntr, tr
from bot.dossier import Dossier
from bot.positions.model import Cell, Digest, Evidence, Position, Stance
from bot.positions.namesakes import undecided
from bot.presentation import wording
from bot.presentation.briefing_page import contested_parts, evidence_parts, on_topic, prove_parts, shift_parts
from bot.presentation.page import Page, Part, Run, Tone, heading, paragraph, quiet, small, strong, title
from bot.reasons import reason_words

_TONES = {
    Stance.FOR: Tone.FOR,
    Stance.AGAINST: Tone.AGAINST,
    Stance.CONDITIONAL: Tone.CONDITIONAL,
    Stance.UNCLEAR: Tone.UNCLEAR,
}


def digest_page(digest: Digest, dossier: Dossier) -> Page:
    """The whole digest. Fields without a statement are named together at its end."""
    numbers = numbers_of(digest)
    return (
        title(_title(digest, dossier)),
        *_measure(digest, dossier),
        *_held(digest, dossier, numbers),
        *_blank(digest, dossier),
        *_notes(digest, dossier),
        *_moved(digest, dossier, numbers),
        *_claims(digest, dossier, numbers),
        *_foot(digest),
        *prove_parts(digest, numbers),
    )


def stance_run(stance: Stance | None) -> Run:
    """A stance in words, in its tone."""
    return Run(wording.stance_words(stance), _TONES[stance] if stance else Tone.PLAIN)


def _title(digest: Digest, dossier: Dossier) -> str:
    names = list(dict.fromkeys(cell.holder.name for cell in digest.cells))
    actor = wording.actor_words(dossier, digest.actor_id) if digest.actor_id else names[0] if len(names) == 1 else None
    if digest.topic_id is None:
        return tr("{name}: positions", name=actor or tr("Everyone"))
    topic = wording.topic_words(dossier, digest.topic_id)
    return on_topic(actor, topic) if actor and digest.actor_id else tr("{topic}: who stands where", topic=topic)


def _measure(digest: Digest, dossier: Dossier) -> Iterator[Part]:
    topic = dossier.topic(digest.topic_id) if digest.topic_id else None
    thesis = wording.proposition_words(topic, dossier) if topic else None
    if thesis:
        yield small(tr("Measured against: {proposition}.", proposition=thesis.rstrip(".")))
    elif topic:
        yield small(tr("A theme without a proposition: no side is taken on it."))
    yield from map(small, wording.before_words(digest))
    if any(cell.position is not None and cell.position.as_of is None for cell in digest.cells):
        yield small(
            tr(
                "Undated: the article does not say when it appeared, so nobody can tell which statement is the newest; "
                "the clearest comes first."
            )
        )


def _held(digest: Digest, dossier: Dossier, numbers: Numbers) -> Iterator[Part]:
    in_full = is_one_on_one(digest)
    for cell in digest.cells:
        if cell.position:
            yield paragraph(*_head(cell, cell.position, digest, dossier), gap=True)
            shown = _told_once(cell.position.evidence) if in_full else cell.position.evidence[:1]
            for number, evidence in enumerate(shown):
                first, *rest = evidence_parts(evidence, indent=2, numbers=numbers)
                yield replace(first, gap=number > 0)
                yield from rest
            yield from _more(cell.position, in_full)


def _told_once(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Two statements in one sentence are shown by the same line: once is enough."""
    once: dict[object, Evidence] = {}
    for one in evidence:
        once.setdefault(place_of(one.citation), one)
    return tuple(once.values())


def _head(cell: Cell, position: Position, digest: Digest, dossier: Dossier) -> tuple[Run | str, ...]:
    as_of = tr("as of {day}", day=wording.day_words(position.as_of)) if position.as_of else tr("undated")
    return (strong(_label(cell, digest, dossier)), ": ", stance_run(position.stance), quiet(f" · {as_of}"))


def _label(cell: Cell, digest: Digest, dossier: Dossier) -> str:
    """What tells this cell from the others: the topic on an actor's page, the holder on a topic's."""
    if digest.topic_id is None:
        return wording.topic_words(dossier, cell.topic_id)
    if cell.holder.description:
        return f"{cell.holder.name} ({cell.holder.description})"
    return wording.holder_words(cell.holder, dossier)


def _more(position: Position, in_full: bool) -> Iterator[Part]:
    if in_full:
        yield small(tr("The first decides ({rule}).", rule=reason_words(position.rule)), indent=2, gap=True)
    elif len(position.evidence) > 1:
        yield small(f"{wording.statements_words(len(position.evidence))}; {stance_in(position.independent)}", indent=2)


def stance_in(stories: int) -> str:
    """How many texts of their own carry a stance."""
    return ntr("this stance in {n} independent story", "this stance in {n} independent stories", stories)


def _blank(digest: Digest, dossier: Dossier) -> Iterator[Part]:
    on_topics = digest.topic_id is None
    maybe = {actor.id for actors in undecided(dossier, digest.cells).values() for actor in actors}
    names = [
        wording.topic_words(dossier, cell.topic_id) if on_topics else wording.holder_words(cell.holder, dossier)
        for cell in digest.cells
        if cell.position is None and cell.holder.actor_id not in maybe
    ]
    if names:
        lead = (
            ntr("No statement found in {n} article on:", "No statement found in {n} articles on:", digest.articles)
            if on_topics
            else ntr("No statement found in {n} article by:", "No statement found in {n} articles by:", digest.articles)
        )
        yield paragraph(quiet(f"{lead} "), ", ".join(names), gap=True)


def _notes(digest: Digest, dossier: Dossier) -> Iterator[Part]:
    for words in wording.notes_words(digest, dossier):
        yield small(words, gap=True)


def _moved(digest: Digest, dossier: Dossier, numbers: Numbers) -> Iterator[Part]:
    if digest.shifts:
        yield heading(tr("What shifted"))
    for shift in digest.shifts:
        yield from shift_parts(shift, dossier, numbers)


def _claims(digest: Digest, dossier: Dossier, numbers: Numbers) -> Iterator[Part]:
    if digest.contested:
        yield heading(tr("What is contested"))
    for contested in digest.contested:
        yield from contested_parts(contested, dossier, numbers)


def _foot(digest: Digest) -> Iterator[Part]:
    if not digest.cells:
        yield paragraph(wording.none_found_words(digest.articles), gap=True)
    yield small(wording.read_words(digest.articles), gap=True)
