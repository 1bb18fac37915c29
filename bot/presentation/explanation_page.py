"""Everything that was decided about one article, as a page: what was done, by which rule, and by which number."""

from collections import Counter
from collections.abc import Iterator

from bot.articles.model import Article, Relation
from bot.briefings.explanation import Explanation
from bot.briefings.trace import Fate
from bot.dossier import Dossier
from bot.positions.model import Statement
from bot.presentation import wording
from bot.presentation.digest_page import stance_run
from bot.presentation.page import Page, Part, Run, command, heading, paragraph, quiet, small, strong, title

_EXCERPT = 80  # characters of a line or sentence that is only pointed at
_LINES = 12  # dropped lines, statements and skipped stretches shown one by one
_SENTENCES = 60
_RELATIONS = {
    Relation.LEAD: "the fullest print",
    Relation.COPY: "a copy",
    Relation.TRUNCATED: "a shortened copy",
    Relation.SYNDICATED: "the same agency text",
}
_FIELDS = ("title", "outlet", "author", "published", "url")


def explanation_page(found: Explanation, dossier: Dossier) -> Page:
    """Loaded, cleaned, folded, read, and told or left out."""
    return (
        title(f"Why: {found.article.title or found.article.location}"),
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
    yield paragraph(quiet("Loaded: "), f"{wording.instant_words(found.first_seen_at)}, from {found.source}", gap=True)
    yield paragraph(quiet("Stored as: "), Run(article.location, url=article.url))
    for name in _FIELDS:
        value = wording.published_words(article.published) if name == "published" else getattr(article, name)
        origin = article.provenance.get(name)
        shown = value or "not found"
        yield paragraph(quiet(f"{name.capitalize()}: "), shown, quiet(f" (from {origin})" if origin else ""))


def _cleaned(article: Article) -> Iterator[Part]:
    yield heading("Cleaned")
    if not article.dropped:
        yield paragraph("No line was dropped.")
        return
    rules = Counter(one.rule for one in article.dropped)
    counts = ", ".join(f"{rule} {number}" for rule, number in rules.most_common())
    yield paragraph(f"{wording.counted(len(article.dropped), 'line')} dropped: {counts}.")
    for one in article.dropped[:_LINES]:
        yield small(f"{one.rule}: ", f"“{excerpt(one.text)}”", indent=2)
    yield from _more(len(article.dropped))


def _folded(found: Explanation) -> Iterator[Part]:
    yield heading("Copies")
    if found.split is not None:
        split = found.split
        what = " and ".join([*["its story"] * split.from_story, *["its event"] * split.from_event])
        who = f" by user {split.by}" if split.by else ""
        yield paragraph(f"Split off from {what}{who} on {wording.instant_words(split.made_at)}. Undo it with ")
        yield paragraph(command(f"/sources join article: {found.article.id}"), indent=2)
    if len(found.story.members) == 1:
        yield paragraph(f"Folded with no other: {found.story.members[0].reason}.")
        return
    for member in found.story.members:
        name = _name(member.article_id, found)
        yield paragraph(strong(name), quiet(f" · {_RELATIONS[member.relation]}: {member.reason}"), indent=2)
    yield small("If one is no copy: ", command("/sources split article:"), " takes it out.")


def _told(found: Explanation) -> Iterator[Part]:
    yield heading("Same event in other words")
    members = found.event.members
    if len(members) == 1:
        yield paragraph("No other article within three days tells of it.")
        return
    yield paragraph(f"{len(members)} voices that do not copy each other.")
    for member in members:
        yield paragraph(strong(_name(member.article_id, found)), quiet(f" · {member.reason}"), indent=2)


def _name(article_id: str, found: Explanation) -> str:
    if article_id == found.article.id:
        return "This article"
    other = found.others.get(article_id)
    if other is None:
        return f"Article {article_id}"
    return f"{other.outlet or other.location}: {other.title}" if other.title else other.location


def _read(found: Explanation, dossier: Dossier) -> Iterator[Part]:
    reading = found.reading
    yield heading("Statements")
    sentences = wording.counted(len(reading.sentences), "sentence")
    statements = wording.counted(len(reading.statements), "statement")
    yield paragraph(f"{statements} in {sentences}; {len(reading.skipped)} skipped.")
    for statement in reading.statements[:_LINES]:
        yield _statement(statement, dossier)
    yield from _more(len(reading.statements))
    for one in reading.skipped[:_LINES]:
        yield small(f"Skipped, {one.reason}: “{excerpt(one.span.of(found.article.text))}”", indent=2)
    yield from _more(len(reading.skipped))


def _statement(statement: Statement, dossier: Dossier) -> Part:
    speaker = statement.speaker
    name = (dossier.actor(speaker.actor_id) if speaker.actor_id else None) or None
    who = name.name if name else speaker.name or "unsure who"
    topics = ", ".join(wording.topic_words(dossier, topic) for topic in statement.topics) or "no topic"
    stance = (": ", stance_run(statement.stance)) if statement.topics else ()
    rules = " > ".join(statement.rules)
    why = quiet(f" · sentence {statement.sentence + 1}, {speaker.why}{f'; {rules}' if rules else ''}")
    return paragraph(strong(who), f" on {topics}", *stance, why, indent=2)


def _sentences(found: Explanation) -> Iterator[Part]:
    yield heading("Kept and left in a briefing")
    if not found.fates:
        yield paragraph("It is not in the window of any briefing you can see.")
        return
    lines = len({fate.line for fate in found.fates} - {None})
    window = wording.window_words(found.window).rstrip(".")
    yield paragraph(f"{window}, at most {found.items} lines: {wording.counted(lines, 'line')} from this article.")
    for fate in found.fates[:_SENTENCES]:
        yield from _fate(fate, found.article)
    if len(found.fates) > _SENTENCES:
        yield small(f"and {len(found.fates) - _SENTENCES} more sentences")


def _fate(fate: Fate, article: Article) -> Iterator[Part]:
    kept = strong(f"line {fate.line}") if fate.line is not None else "left"
    yield paragraph(f"{fate.sentence + 1}. ", kept, f" · “{excerpt(fate.span.of(article.text))}”")
    yield small(fate.why, indent=2)


def _more(number: int) -> Iterator[Part]:
    if number > _LINES:
        yield small(f"and {number - _LINES} more", indent=2)
