"""Everything that was decided about one article, as a page: what was done, by which rule, and by which number."""

from collections import Counter
from collections.abc import Iterator

from bot.articles.model import Article, Relation
from bot.articles.splits import Split
from bot.briefings.explanation import Explanation
from bot.briefings.trace import Fate
from bot.catalogues import mark, ntr, quoted, tr
from bot.dossier import Dossier
from bot.positions.model import Statement
from bot.presentation import wording
from bot.presentation.digest_page import stance_run
from bot.presentation.evidence_pages import speaker_on
from bot.presentation.page import Page, Part, Run, command, heading, paragraph, quiet, small, strong, title
from bot.reasons import reason_words

_EXCERPT = 80  # characters of a line or sentence that is only pointed at
_LINES = 12  # dropped lines, statements and skipped stretches shown one by one
_SENTENCES = 60
_RELATIONS = {
    Relation.LEAD: mark("the fullest print"),
    Relation.COPY: mark("a copy"),
    Relation.TRUNCATED: mark("a shortened copy"),
    Relation.SYNDICATED: mark("the same agency text"),
}
_FIELDS = {
    "title": mark("Title"),
    "outlet": mark("Outlet"),
    "author": mark("Author"),
    "published": mark("Published"),
    "url": mark("Address"),
}


def explanation_page(found: Explanation, dossier: Dossier) -> Page:
    """Loaded, cleaned, folded, read, and told or left out."""
    return (
        title(tr("Why: {article}", article=found.article.title or found.article.location)),
        *_loaded(found),
        *_cleaned(found.article),
        *_folded(found),
        *_told(found),
        *_read(found, dossier),
        *_sentences(found),
    )


def excerpt(text: str) -> str:
    """How a text begins, in one line."""
    words = " ".join(text.split())
    return words if len(words) <= _EXCERPT else words[: _EXCERPT - 1].rstrip() + "…"


def _loaded(found: Explanation) -> Iterator[Part]:
    article = found.article
    loaded = tr("{when}, from {source}", when=wording.instant_words(found.first_seen_at), source=found.source)
    yield paragraph(quiet(f"{tr('Loaded:')} "), loaded, gap=True)
    yield paragraph(quiet(f"{tr('Stored as:')} "), Run(article.location, url=article.url))
    for name, words in _FIELDS.items():
        value = wording.published_words(article.published) if name == "published" else getattr(article, name)
        origin = article.provenance.get(name)
        whence = f" ({tr('from {origin}', origin=origin)})" if origin else ""
        yield paragraph(quiet(f"{tr(words)}: "), value or tr("not found"), quiet(whence))


def _cleaned(article: Article) -> Iterator[Part]:
    yield heading(tr("Cleaned"))
    if not article.dropped:
        yield paragraph(tr("No line was dropped."))
        return
    rules = Counter(one.rule for one in article.dropped)
    counts = ", ".join(f"{rule} {number}" for rule, number in rules.most_common())
    yield paragraph(f"{ntr('{n} line dropped:', '{n} lines dropped:', len(article.dropped))} {counts}.")
    for one in article.dropped[:_LINES]:
        yield small(f"{one.rule}: ", quoted(excerpt(one.text)), indent=2)
    yield from _more(len(article.dropped))


def _folded(found: Explanation) -> Iterator[Part]:
    yield heading(tr("Copies"))
    if found.split is not None:
        yield paragraph(_split_words(found.split))
        yield paragraph(f"{tr('Undo it with')} ", command(f"/sources join article: {found.article.id}"), indent=2)
    if len(found.story.members) == 1:
        yield paragraph(tr("Folded with no other: {reason}.", reason=reason_words(found.story.members[0].reason)))
        return
    for member in found.story.members:
        name = _name(member.article_id, found)
        how = f" · {tr(_RELATIONS[member.relation])}: {reason_words(member.reason)}"
        yield paragraph(strong(name), quiet(how), indent=2)
    yield small(tr("If one is no copy, take it out:"), " ", command("/sources split article:"))


def _split_words(split: Split) -> str:
    when = wording.instant_words(split.made_at)
    if split.from_story and split.from_event:
        words = tr("Split off from its story and its event on {when}.", when=when)
    elif split.from_story:
        words = tr("Split off from its story on {when}.", when=when)
    else:
        words = tr("Split off from its event on {when}.", when=when)
    return f"{words} {tr('By user {user}.', user=split.by)}" if split.by else words


def _told(found: Explanation) -> Iterator[Part]:
    yield heading(tr("Same event in other words"))
    members = found.event.members
    if len(members) == 1:
        yield paragraph(tr("No other article within three days tells of it."))
        return
    yield paragraph(ntr("{n} voice that copies nobody.", "{n} voices that do not copy each other.", len(members)))
    for member in members:
        yield paragraph(strong(_name(member.article_id, found)), quiet(f" · {reason_words(member.reason)}"), indent=2)


def _name(article_id: str, found: Explanation) -> str:
    if article_id == found.article.id:
        return tr("This article")
    other = found.others.get(article_id)
    if other is None:
        return tr("Article {id}", id=article_id)
    return f"{other.outlet or other.location}: {other.title}" if other.title else other.location


def _read(found: Explanation, dossier: Dossier) -> Iterator[Part]:
    reading = found.reading
    yield heading(tr("Statements"))
    sentences = ntr("in {n} sentence", "in {n} sentences", len(reading.sentences))
    skipped = ntr("{n} skipped.", "{n} skipped.", len(reading.skipped))
    yield paragraph(f"{wording.statements_words(len(reading.statements))} {sentences}; {skipped}")
    for statement in reading.statements[:_LINES]:
        yield _statement(statement, dossier)
    yield from _more(len(reading.statements))
    for one in reading.skipped[:_LINES]:
        excerpted = quoted(excerpt(one.span.of(found.article.text)))
        yield small(f"{tr('Skipped, {reason}:', reason=reason_words(one.reason))} {excerpted}", indent=2)
    yield from _more(len(reading.skipped))


def _statement(statement: Statement, dossier: Dossier) -> Part:
    speaker = statement.speaker
    known = speaker.actor_id if speaker.actor_id and dossier.actor(speaker.actor_id) else None
    who = wording.actor_words(dossier, known) if known else speaker.name or tr("unsure who")
    topics = ", ".join(wording.topic_words(dossier, topic) for topic in statement.topics)
    stance = (stance_run(statement.stance),) if statement.topics else (tr("no topic"),)
    rules = " > ".join(statement.rules)
    where = tr("sentence {number}", number=statement.sentence + 1)
    why = quiet(f" · {where}, {reason_words(speaker.why)}{f'; {rules}' if rules else ''}")
    return paragraph(*speaker_on(who, topics), *stance, why, indent=2)


def _sentences(found: Explanation) -> Iterator[Part]:
    yield heading(tr("Kept and left in a briefing"))
    if not found.fates:
        yield paragraph(tr("It is not in the window of any briefing you can see."))
        return
    lines = len({fate.line for fate in found.fates} - {None})
    most = ntr("At most {n} line;", "At most {n} lines;", found.items)
    own = ntr("{n} line from this article.", "{n} lines from this article.", lines)
    yield paragraph(f"{wording.window_words(found.window)} {most} {own}")
    for fate in found.fates[:_SENTENCES]:
        yield from _fate(fate, found.article)
    if len(found.fates) > _SENTENCES:
        yield small(ntr("and {n} more sentence", "and {n} more sentences", len(found.fates) - _SENTENCES))


def _fate(fate: Fate, article: Article) -> Iterator[Part]:
    kept = strong(tr("line {number}", number=fate.line)) if fate.line is not None else tr("left")
    yield paragraph(f"{fate.sentence + 1}. ", kept, f" · {quoted(excerpt(fate.span.of(article.text)))}")
    yield small(reason_words(fate.why), indent=2)


def _more(number: int) -> Iterator[Part]:
    if number > _LINES:
        yield small(ntr("and {n} more", "and {n} more", number - _LINES), indent=2)
