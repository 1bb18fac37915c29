"""The few words that are ours: stances, dates, windows, citations. One place, so that all outputs say the same."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from babel.dates import format_date, format_skeleton

from bot.articles.model import Citation, Published
from bot.briefings.editions import EditionKind
from bot.briefings.model import Briefing, Counts, Silence, Window, WindowReason
from bot.catalogues import ENGLISH, current_language, current_locale, mark, ntr, tr
from bot.dossier import Dossier, Topic
from bot.positions.model import Digest, Evidence, Holder, Mode, Stance, Statement
from bot.positions.namesakes import namesakes, told_apart, undecided

_STANCES = {
    Stance.FOR: mark("in favour"),
    Stance.AGAINST: mark("opposed"),
    Stance.CONDITIONAL: mark("on conditions"),
    Stance.UNCLEAR: mark("unclear"),
}
CORRECTED_BY = {
    "the operator": mark("corrected by the operator"),
    "this server's admins": mark("corrected by this server's admins"),
}
_MODES = {
    Mode.QUOTE: mark("own words"),
    Mode.INDIRECT: mark("reported speech"),
    Mode.REPORTED: mark("the reporter's account"),
}
_EDITIONS = {
    EditionKind.BRIEFING: mark("the briefing"),
    EditionKind.POSITIONS: mark("the positions"),
    EditionKind.QUOTES: mark("the quotes"),
    EditionKind.TIMELINE: mark("the timeline"),
    EditionKind.SHIFTS: mark("the shifts"),
    EditionKind.COMPARISON: mark("the comparison"),
    EditionKind.FINDINGS: mark("the sentences found"),
    EditionKind.ANSWER: mark("the answer"),
    EditionKind.NEWS: mark("the news on what you follow"),
}


def stance_words(stance: Stance | None) -> str:
    """The stance in words; a theme without a proposition takes none."""
    return tr(_STANCES[stance]) if stance else tr("spoke on it")


def mode_words(mode: Mode) -> str:
    """How the evidence was given."""
    return tr(_MODES[mode])


def how_words(statement: Statement) -> str:
    """How a statement was given, and who put its reading right, if somebody did."""
    how = mode_words(statement.mode)
    if statement.corrected is None:
        return how
    return f"{how}, {tr(CORRECTED_BY.get(statement.corrected, statement.corrected))}"


def kind_words(kind: EditionKind) -> str:
    """What an edition was, with its article."""
    return tr(_EDITIONS[kind])


def day_words(at: datetime) -> str:
    """A date as people write it: 22 Aug 2025."""
    return _date(at, "d MMM yyyy", "yMMMd")


def date_words(day: date) -> str:
    """A calendar date in the same way."""
    return day_words(datetime(day.year, day.month, day.day, tzinfo=UTC))


def instant_words(at: datetime) -> str:
    """Date and time in UTC."""
    utc = at.astimezone(UTC)
    return f"{day_words(utc)}, {utc:%H:%M} UTC"


def published_words(published: Published | None) -> str:
    """The day of publication (UTC), or "undated"; JSON has the time."""
    return day_words(published.at) if published else tr("undated")


def place_words(citation: Citation) -> str:
    """Where it stood: the outlet, else the file's name or the address."""
    return citation.outlet or file_name(citation) or citation.location


def file_name(citation: Citation) -> str | None:
    """The file's base name, if the article came from a folder."""
    return None if "://" in citation.location else citation.location.rsplit("/", 1)[-1]


def citation_words(citation: Citation) -> str:
    """A short citation: outlet or file, author, date or "undated"."""
    place, author = place_words(citation), citation.author
    parts = (place, author if author != place else None, published_words(citation.published))
    return ", ".join(part for part in parts if part) + foreign_words(citation)


def foreign_words(citation: Citation) -> str:
    """ " (German)" where the article is not in the dossier's language: it is quoted as it stands, never translated."""
    name = current_locale().languages.get(citation.language) if citation.language else None
    return f" ({name or citation.language})" if citation.language else ""


def speaker_words(evidence: Evidence, dossier: Dossier) -> str:
    """Who is held to have said it: the dossier's name, the article's name with its description, or its words."""
    speaker = evidence.statement.speaker
    actor = dossier.actor(speaker.actor_id) if speaker.actor_id else None
    if actor:
        return actor.name
    name = speaker.name or speaker.text
    return f"{name} ({speaker.description})" if speaker.description and speaker.name else name


def topic_words(dossier: Dossier, topic_id: str) -> str:
    """A topic's name in the current language, where the dossier has it."""
    said = dossier.translation(current_language()).topics.get(topic_id)
    topic = dossier.topic(topic_id)
    return said.name if said else topic.name if topic else topic_id


def proposition_words(topic: Topic, dossier: Dossier) -> str | None:
    """What a topic's stances are measured against, in the current language; None for a theme."""
    said = dossier.translation(current_language()).topics.get(topic.id)
    return (said.proposition if said else None) or topic.proposition


def title_words(dossier: Dossier) -> str:
    """The dossier's title in the current language, where it has one."""
    return dossier.translation(current_language()).title or dossier.title


def actor_words(dossier: Dossier, actor_id: str) -> str:
    """An actor's name."""
    actor = dossier.actor(actor_id)
    return actor.name if actor else actor_id


def holder_words(holder: Holder, dossier: Dossier) -> str:
    """A holder's name, told apart from another actor of the same name."""
    actor = dossier.actor(holder.actor_id) if holder.actor_id else None
    return told_apart(dossier, actor) if actor else holder.name


def before_words(digest: Digest) -> Iterator[str]:
    """Until when it looks, where it does not look at everything."""
    if digest.as_of:
        yield tr("Only what was published before {day}.", day=day_words(digest.as_of))


def notes_words(digest: Digest, dossier: Dossier) -> tuple[str, ...]:
    """What a reader of a digest must know besides: undated statements that are left out, names that several share."""
    left_out = ntr(
        "{n} undated statement is left out: whether it was made by then can't be known.",
        "{n} undated statements are left out: whether they were made by then can't be known.",
        digest.undated_left_out,
    )
    return (*([left_out] if digest.undated_left_out else []), *_undecided_words(digest, dossier))


def _undecided_words(digest: Digest, dossier: Dossier) -> Iterator[str]:
    """Whose name is shared: what stands under it, or on an actor's page what is missing there."""
    asked = dossier.actor(digest.actor_id) if digest.actor_id else None
    if asked is None:
        for name, actors in undecided(dossier, digest.cells).items():
            yield tr(
                "“{name}” is a name of {actors}: who of them speaks is not decided, so it counts for none of them.",
                name=name,
                actors=", ".join(told_apart(dossier, one) for one in actors),
            )
        return
    for name in (asked.name, *asked.aliases):
        if actors := namesakes(dossier, name):
            yield tr(
                "“{name}” is a name of {actors}: what is said under it counts only where the article tells them apart.",
                name=name,
                actors=", ".join(told_apart(dossier, one) for one in actors),
            )


def window_words(window: Window) -> str:
    """The window in one line. A fall-back to the newest day says so."""
    if window.reason is WindowReason.EVERYTHING:
        if window.asked != "all":
            return tr("No article is dated, so this covers everything stored.")
        return tr("Everything stored, undated articles included.")
    if window.reason is WindowReason.NEWEST_DAY and window.start:
        return tr(
            "Nothing is dated {when}, so this covers {day}, the newest day that holds something.",
            when=asked_words(window.asked),
            day=_date(window.start, "d MMMM yyyy", "yMMMMd"),
        )
    if window.start and window.end and window.reason is not WindowReason.SINCE_POST:
        start, end = instant_words(window.start), instant_words(window.end)
        return tr("Published {start} to {end}.", start=start, end=end)
    if window.start:
        return tr("Published since {start}.", start=instant_words(window.start))
    return tr("Published at any time.")


def asked_words(asked: str) -> str:
    """A window as it was asked for, in words: "24h" is "in the last 24 hours", a date "since" it."""
    number, unit = asked[:-1].strip(), asked[-1:].casefold()
    if number.isdecimal():
        match unit:
            case "h":
                return ntr("in the last hour", "in the last {n} hours", int(number))
            case "d":
                return ntr("in the last day", "in the last {n} days", int(number))
            case "w":
                return ntr("in the last week", "in the last {n} weeks", int(number))
    return tr("since {date}", date=asked)


def counts_words(counts: Counts) -> str:
    """How much the briefing rests on."""
    words = f"{articles_words(counts.articles)} {ntr('in {n} story', 'in {n} stories', counts.stories)}"
    words += f" {ntr('from {n} outlet', 'from {n} outlets', counts.outlets)}" if counts.outlets else ""
    if counts.outlets and counts.nameless:
        words += f", {ntr('{n} names no outlet', '{n} name no outlet', counts.nameless)}"
    words += f", {ntr('{n} undated', '{n} undated', counts.undated)}" if counts.undated else ""
    words += f"; {ntr('{n} sentence weighed.', '{n} sentences weighed.', counts.sentences)}"
    if counts.left_out:
        there = counts.articles + counts.left_out
        newest = ntr("Of {n} article only the newest were read.", "Of {n} articles only the newest were read.", there)
        words += f" {newest}"
    if counts.repeats:
        left = ntr("{n} sentence told before is left out.", "{n} sentences told before are left out.", counts.repeats)
        words += f" {left}"
    if not counts.sources_failing:
        return words
    failing = counts.sources_failing
    down = ntr("{failing} of {n} source failing.", "{failing} of {n} sources failing.", counts.sources, failing=failing)
    return f"{words} {down}"


def silence_words(silence: Silence, dossier: Dossier) -> str:
    """Who said nothing on what, as far as was read."""
    names = ", ".join(actor_words(dossier, actor) for actor in silence.actor_ids)
    return tr("{topic}: no statement found of {names}", topic=topic_words(dossier, silence.topic_id), names=names)


def single_source_words(briefing: Briefing) -> str:
    """How many lines only one voice tells; nothing where every line has two, or where one outlet is all there is."""
    alone = sum(item.voices < 2 and len({place_words(one) for one in item.citations}) < 2 for item in briefing.items)
    if not alone:
        return ""
    return ntr("{n} line rests on one outlet.", "{n} lines rest on one outlet each.", alone)


def dossier_words(dossier: Dossier) -> str:
    """A dossier in a line."""
    actors = ntr("{n} actor", "{n} actors", len(dossier.actors))
    topics = ntr("{n} topic", "{n} topics", len(dossier.topics))
    return f"{title_words(dossier)}: {actors}, {topics}, {ntr('{n} source', '{n} sources', len(dossier.sources))}"


def articles_words(number: int) -> str:
    """1 article, 2 articles."""
    return ntr("{n} article", "{n} articles", number)


def statements_words(number: int) -> str:
    """1 statement, 2 statements."""
    return ntr("{n} statement", "{n} statements", number)


def read_words(articles: int) -> str:
    """What an answer rests on."""
    return ntr("Read: {n} article.", "Read: {n} articles.", articles)


def none_found_words(articles: int) -> str:
    """That no statement was found in so many articles."""
    return ntr("No statement found in {n} article.", "No statement found in {n} articles.", articles)


def _date(at: datetime, english: str, skeleton: str) -> str:
    """The day of an instant, in the order and with the words of the current language."""
    if current_language() == ENGLISH:
        return str(format_date(at.date(), english, locale=current_locale()))
    return str(format_skeleton(skeleton, at, locale=current_locale()))
