"""Sentences found for a search or a question as pages."""

from collections.abc import Iterator

from bot.briefings.editions import Numbers, numbers_of
from bot.briefings.findings import Findings, Hit, Reply, Understood
from bot.briefings.model import Window
from bot.catalogues import ntr, tr
from bot.dossier import Dossier
from bot.presentation import wording
from bot.presentation.briefing_page import cited, prove_parts
from bot.presentation.numbering import number_words
from bot.presentation.page import Page, Part, command, paragraph, small, strong, title, verbatim

_MOST_PLACES = 4  # other outlets named
_LONGEST = 100  # characters of what was typed that a title has room for


def findings_page(findings: Findings, dossier: Dossier) -> Page:
    """The sentences that hold what was looked for, best first, each with its source."""
    numbers = numbers_of(findings)
    return (
        title(tr("Search: {words}", words=_short(findings.sought))),
        *_narrowed(findings, dossier),
        *(part for hit in findings.hits for part in _hit(hit, dossier, numbers)),
        *_end_of_search(findings),
        *prove_parts(findings, numbers),
    )


def reply_page(reply: Reply, dossier: Dossier) -> Page:
    """What was understood, and the sentences that answer it; or that there are none, and what could be asked."""
    numbers = numbers_of(reply)
    end = _nothing(reply, dossier)
    if reply.hits:
        read = ntr("{n} article", "{n} articles", reply.articles)
        end = iter((small(tr("Sentences of the sources; none is mine. Read: {articles}.", articles=read), gap=True),))
    return (
        title(_short(reply.question)),
        small(understood_words(reply.understood, dossier)),
        *(part for hit in reply.hits for part in _hit(hit, dossier, numbers)),
        *end,
        *prove_parts(reply, numbers),
    )


def understood_words(understood: Understood, dossier: Dossier) -> str:
    """ "Asked of: Mara Lind; topic: Quota; words: fishermen." """
    said = []
    if understood.holders:
        said.append(tr("Asked of: {names}", names=", ".join(one.name for one in understood.holders)))
    if understood.topic_id:
        said.append(tr("topic: {topic}", topic=wording.topic_words(dossier, understood.topic_id)))
    if understood.words:
        said.append(tr("words: {words}", words=", ".join(understood.words)))
    if understood.window.start:
        said.append(_window(understood.window))
    if not said:
        return tr("No name, topic or word that I could look for was understood.")
    words = "; ".join(said)
    return f"{words[0].upper()}{words[1:]}."


def _hit(hit: Hit, dossier: Dossier, numbers: Numbers) -> Iterator[Part]:
    yield paragraph(verbatim(hit.text), gap=True)
    who = f"{wording.speaker_words(hit.evidence, dossier)} · " if hit.evidence else ""
    how = f" · {wording.mode_words(hit.evidence.statement.mode)}" if hit.evidence else ""
    yield small(number_words(numbers, hit.citation), who, cited(hit.citation), how, _also(hit))


def _also(hit: Hit) -> str:
    own = wording.place_words(hit.citation)
    places = dict.fromkeys(wording.place_words(other) for other in hit.others)
    named = [place for place in places if place != own][:_MOST_PLACES]
    also = f"; {tr('also in {places}', places=', '.join(named))}" if named else ""
    more = ntr("{n} more sentence of this story fits", "{n} more sentences of this story fit", hit.further)
    return f"{also} · {more}" if hit.further else also


def _narrowed(findings: Findings, dossier: Dossier) -> Iterator[Part]:
    only = []
    if findings.holder:
        only.append(tr("said by {name}", name=findings.holder.name))
    if findings.topic_id:
        only.append(tr("with words on {topic}", topic=wording.topic_words(dossier, findings.topic_id)))
    if findings.window.start:
        only.append(_window(findings.window))
    if only:
        yield small(tr("Only what was {conditions}.", conditions=", ".join(only)))
    if findings.any_word:
        yield small(tr("No sentence holds all these words. These hold most of them."))


def _end_of_search(findings: Findings) -> Iterator[Part]:
    read = ntr("{n} article", "{n} articles", findings.articles)
    if findings.query.is_empty:
        yield paragraph(tr("There is nothing to look for in this: type words, letters or digits."), gap=True)
    elif not findings.hits:
        yield paragraph(tr("Nothing found in {articles}.", articles=read), gap=True)
        yield small(tr("Try fewer or other words; a word ending in * finds all that begin so."))
    else:
        more = f"{tr('More fit than are shown: add a word, an actor or a topic.')} " if findings.has_more else ""
        yield small(more, tr("Best first, one sentence a story. Read: {articles}.", articles=read), gap=True)


def _nothing(reply: Reply, dossier: Dossier) -> Iterator[Part]:
    read = ntr("{n} article", "{n} articles", reply.articles)
    understood = reply.understood
    yield paragraph(strong(tr("Nothing found")), f" {tr('in {articles} that answers this.', articles=read)}", gap=True)
    if understood.unknown:
        words = ", ".join(understood.unknown)
        yield paragraph(tr("No sentence holds: {words}.", words=words))
    if reply.spoken_on:
        names = ", ".join(wording.topic_words(dossier, topic) for topic in reply.spoken_on)
        yield paragraph(tr("{names} can be asked about: {topics}.", names=_names(understood), topics=names))
    else:
        topics = ", ".join(wording.topic_words(dossier, topic.id) for topic in dossier.topics[:5])
        yield paragraph(tr("Ask who said what about a topic, such as: {topics}.", topics=topics))
    yield small(tr("Or look for words: "), command("/search query:"))


def _names(understood: Understood) -> str:
    return ", ".join(one.name for one in understood.holders)


def _window(window: Window) -> str:
    return wording.window_words(window).rstrip(".").replace("Published", "published", 1)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
