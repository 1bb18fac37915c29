"""The proof of a line as a page. A line that the store does not hold any more is not repeated."""

from collections.abc import Iterator

from babel.numbers import format_percent

from bot.articles.model import Relation
from bot.briefings.editions import EditionKind, Line
from bot.briefings.proofs import LineState, Proof, is_held
from bot.catalogues import current_locale, mark, number_words, tr
from bot.dossier import Dossier
from bot.positions.model import Statement
from bot.presentation import wording
from bot.presentation.briefing_page import cited
from bot.presentation.correction_words import ruling_words
from bot.presentation.digest_page import stance_run
from bot.presentation.evidence_pages import speaker_on
from bot.presentation.layout import measure
from bot.presentation.page import Page, Part, Run, Tone, heading, paragraph, quiet, small, title, verbatim
from bot.presentation.visible import visible
from bot.reasons import reason_words

_LABEL = 100  # of Discord's choices
_STATES = {
    LineState.HOLDS: mark("It stands in the stored article, character by character."),
    LineState.MOVED: mark("The article has changed, but still says this, character by character, at another place."),
    LineState.CHANGED: mark("Changed: the stored article does not say any more what this line showed."),
    LineState.WITHDRAWN: mark("Withdrawn: the article that said it is not stored any more."),
    LineState.RETRACTED: mark("The stored article still says it, but it is not shown any more."),
}
# Answers whose every line was evidence of who said what.
_OF_STATEMENTS = frozenset(EditionKind) - {EditionKind.BRIEFING, EditionKind.FINDINGS, EditionKind.ANSWER}
_RELATIONS = {
    Relation.LEAD: mark("the fullest print of the same story"),
    Relation.COPY: mark("a copy"),
    Relation.TRUNCATED: mark("a shortened copy"),
    Relation.SYNDICATED: mark("the same agency text"),
}


def proof_page(proof: Proof, dossier: Dossier) -> Page:
    """Everything that speaks for the line: its place, its neighbours, what was read in it, who else carries it."""
    return (
        title(tr("Line {number} of {edition}", number=proof.number, edition=proof.edition.id)),
        *_line(proof),
        *(paragraph(Run(ruling_words(one, dossier), Tone.AGAINST)) for one in proof.rulings),
        *_where(proof),
        *_around(proof),
        *_read(proof, dossier),
        *_carriers(proof),
        small(
            tr(
                "Shown in {answer} of {when}.",
                answer=wording.kind_words(proof.edition.kind),
                when=wording.instant_words(proof.edition.made_at),
            ),
            gap=True,
        ),
    )


def line_label(number: int, line: Line, state: LineState) -> tuple[str, str]:
    """A line to choose: its number and source, and how it begins, or that it does not stand any more. Plain text."""
    source = visible(wording.citation_words(line.citation))
    begins = visible(line.text) if is_held(state) else tr("does not stand any more")
    return _cut(f"{number} · {source}"[: _LABEL * 2]), _cut(" ".join(begins[: _LABEL * 2].split()))


def _cut(text: str) -> str:
    """As much of a text as a choice may hold, by the strictest way of counting."""
    if measure(text) <= _LABEL:
        return text
    while measure(text) >= _LABEL:
        text = text[:-1]
    return text.rstrip() + "…"


def _line(proof: Proof) -> Iterator[Part]:
    held = is_held(proof.state)
    if held:
        yield paragraph(verbatim(proof.line.text), gap=True)
    words = tr(_STATES[proof.state])
    if proof.removed_at is not None:
        words = _removed_words(proof.citation.outlet, wording.instant_words(proof.removed_at))
    yield paragraph(Run(words, Tone.FOR if held else Tone.AGAINST), gap=True)


def _removed_words(outlet: str | None, when: str) -> str:
    if outlet is None:
        return tr(
            "Withdrawn: the publisher removed this sentence; I first read the text without it on {when}.", when=when
        )
    return tr(
        "Withdrawn: {outlet} removed this sentence; I first read the text without it on {when}.",
        outlet=outlet,
        when=when,
    )


def _where(proof: Proof) -> Iterator[Part]:
    citation = proof.citation
    published = wording.published_words(citation.published)
    yield _fact(tr("Article"), citation.title or tr("without a title"), gap=True)
    yield _fact(tr("Outlet"), citation.outlet or tr("not named"))
    yield _fact(tr("Author"), citation.author or tr("not named"))
    yield _fact(tr("Published"), published)
    yield paragraph(quiet(f"{tr('Stored as:')} "), Run(citation.location, url=citation.url))
    if proof.length is not None and is_held(proof.state):
        start, end, length = map(number_words, (citation.span.start, citation.span.end, proof.length))
        yield _fact(tr("Characters"), tr("{start} to {end} of {length}", start=start, end=end, length=length))
    if proof.stored_at is not None:
        yield _fact(tr("First stored"), wording.instant_words(proof.stored_at))
    if proof.sha256 is not None:
        yield _fact(tr("SHA-256 of the stored text"), proof.sha256)


def _fact(name: str, value: str, *, gap: bool = False) -> Part:
    return paragraph(quiet(f"{name}: "), value, gap=gap)


def _around(proof: Proof) -> Iterator[Part]:
    for words, text in ((tr("Before it"), proof.before), (tr("After it"), proof.after)):
        if text:
            yield heading(words)
            yield paragraph(verbatim(text), indent=2)


def _read(proof: Proof, dossier: Dossier) -> Iterator[Part]:
    if is_held(proof.state):
        yield heading(tr("What the rules read in it"))
        if not proof.statements and proof.edition.kind in _OF_STATEMENTS:
            yield paragraph(tr("No statement any more: its article or the rules have changed since it was shown."))
        elif not proof.statements:
            yield paragraph(tr("No statement of anybody: it was chosen for what it tells."))
    for number, statement in enumerate(proof.statements):
        yield from _statement(statement, dossier, gap=number > 0)


def _statement(statement: Statement, dossier: Dossier, *, gap: bool) -> Iterator[Part]:
    speaker = statement.speaker
    actor = dossier.actor(speaker.actor_id) if speaker.actor_id else None
    name = wording.actor_words(dossier, actor.id) if actor else speaker.name or tr("Nobody: unsure who speaks")
    topics = ", ".join(wording.topic_words(dossier, topic) for topic in statement.topics)
    yield paragraph(*speaker_on(name, topics), *_side(statement), gap=gap)
    named = f"{speaker.text}: " if speaker.text else ""
    percent = format_percent(speaker.certainty, locale=current_locale())
    sure = tr("certain to {percent}", percent=percent)
    yield small(f"{tr('Who:')} {named}{reason_words(speaker.why)}; {sure}", indent=2)
    yield small(f"{tr('How:')} {wording.how_words(statement)}; {tr('cue:')} {statement.cue}", indent=2)
    yield small(f"{tr('Rules:')} {' > '.join(statement.rules) or tr('none named')}", indent=2)


def _side(statement: Statement) -> tuple[Run | str, ...]:
    return (stance_run(statement.stance),) if statement.topics else (tr("no topic of the dossier"),)


def _carriers(proof: Proof) -> Iterator[Part]:
    if proof.state is LineState.RETRACTED:
        return
    yield heading(tr("Who else carries it"))
    if not proof.carriers:
        yield paragraph(tr("No other article stored here."))
    for carrier in proof.carriers:
        relation = f"{tr(_RELATIONS[carrier.relation])}: " if carrier.relation else ""
        yield paragraph(cited(carrier.citation), quiet(f" · {relation}{reason_words(carrier.reason)}"))
