"""The few words that are ours: stances, dates, windows, citations. One place, so that all outputs say the same."""

from datetime import UTC, date, datetime

from bot.articles.model import Citation, Published
from bot.briefings.editions import EditionKind
from bot.briefings.model import Briefing, Counts, Silence, Window, WindowReason
from bot.catalogues import ntr, tr
from bot.dossier import Dossier
from bot.positions.model import Evidence, Mode, Stance

_STANCES = {
    Stance.FOR: "in favour",
    Stance.AGAINST: "opposed",
    Stance.CONDITIONAL: "on conditions",
    Stance.UNCLEAR: "unclear",
}
_MODES = {Mode.QUOTE: "own words", Mode.INDIRECT: "reported speech", Mode.REPORTED: "the reporter's account"}
_EDITIONS = {
    EditionKind.BRIEFING: "the briefing",
    EditionKind.POSITIONS: "the positions",
    EditionKind.QUOTES: "the quotes",
    EditionKind.TIMELINE: "the timeline",
    EditionKind.SHIFTS: "the shifts",
    EditionKind.COMPARISON: "the comparison",
}
_UNITS = {"h": "hour", "d": "day", "w": "week"}


def stance_words(stance: Stance | None) -> str:
    """The stance in words; a theme without a proposition takes none."""
    return _STANCES[stance] if stance else "spoke on it"


def mode_words(mode: Mode) -> str:
    """How the evidence was given."""
    return _MODES[mode]


def kind_words(kind: EditionKind) -> str:
    """What an edition was, with its article."""
    return _EDITIONS[kind]


def day_words(at: datetime) -> str:
    """A date as people write it: 22 Aug 2025."""
    return f"{at.day} {at:%b %Y}"


def instant_words(at: datetime) -> str:
    """Date and time in UTC."""
    utc = at.astimezone(UTC)
    return f"{day_words(utc)}, {utc:%H:%M} UTC"


def published_words(published: Published | None) -> str:
    """The day of publication (UTC), or "undated"; JSON has the time."""
    return day_words(published.at) if published else "undated"


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
    return ", ".join(part for part in parts if part)


def speaker_words(evidence: Evidence, dossier: Dossier) -> str:
    """Who is held to have said it: the dossier's name, the article's name with its description, or its words."""
    speaker = evidence.statement.speaker
    actor = dossier.actor(speaker.actor_id) if speaker.actor_id else None
    if actor:
        return actor.name
    name = speaker.name or speaker.text
    return f"{name} ({speaker.description})" if speaker.description and speaker.name else name


def topic_words(dossier: Dossier, topic_id: str) -> str:
    """A topic's name."""
    topic = dossier.topic(topic_id)
    return topic.name if topic else topic_id


def actor_words(dossier: Dossier, actor_id: str) -> str:
    """An actor's name."""
    actor = dossier.actor(actor_id)
    return actor.name if actor else actor_id


def window_words(window: Window) -> str:
    """The window in one line. A fall-back to the newest day says so."""
    if window.reason is WindowReason.EVERYTHING:
        if window.asked != "all":
            return "No article is dated, so this covers everything stored."
        return "Everything stored, undated articles included."
    if window.reason is WindowReason.NEWEST_DAY and window.start:
        asked = asked_words(window.asked)
        return f"Nothing is dated {asked}, so this covers {_day(window)}, the newest day that holds something."
    return f"Published {_span_words(window)}."


def asked_words(asked: str) -> str:
    """A window as it was asked for, in words: "24h" is "in the last 24 hours", a date "since" it."""
    number, unit = asked[:-1].strip(), asked[-1:].casefold()
    if number.isdecimal() and unit in _UNITS:
        return f"in the last {_UNITS[unit]}" if int(number) == 1 else f"in the last {int(number)} {_UNITS[unit]}s"
    return f"since {asked}"


def counts_words(counts: Counts) -> str:
    """How much the briefing rests on."""
    words = f"{counted(counts.articles, 'article')} in {counted(counts.stories, 'story', 'stories')}"
    words += f" from {counted(counts.sources, 'source')}"
    words += f", {counts.undated} undated" if counts.undated else ""
    words += f"; {counted(counts.sentences, 'sentence')} weighed."
    failing = (
        f" {counts.sources_failing} of {counted(counts.sources, 'source')} failing." if counts.sources_failing else ""
    )
    return words + failing


def date_words(day: date) -> str:
    """A day without a time: 25 Aug 2025."""
    return f"{day.day} {day:%b %Y}"


def silence_words(silence: Silence, dossier: Dossier) -> str:
    """Who said nothing on what, as far as was read."""
    names = ", ".join(actor_words(dossier, actor) for actor in silence.actor_ids)
    return tr("{topic}: no statement found of {names}", topic=topic_words(dossier, silence.topic_id), names=names)


def single_source_words(briefing: Briefing) -> str:
    """How many lines only one voice tells; nothing where every line has two, or where one outlet is all there is."""
    alone = sum(item.voices < 2 and len({place_words(one) for one in item.citations}) < 2 for item in briefing.items)
    if not alone:
        return ""
    return ntr("{n} line rests on one source.", "{n} lines rest on one source each.", alone)


def dossier_words(dossier: Dossier) -> str:
    """A dossier in a line."""
    actors, topics = counted(len(dossier.actors), "actor"), counted(len(dossier.topics), "topic")
    return f"{dossier.title}: {actors}, {topics}, {counted(len(dossier.sources), 'source')}"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: 1 article, 2 articles."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _day(window: Window) -> str:
    return f"{window.start.day} {window.start:%B %Y}" if window.start else "unknown"


def _span_words(window: Window) -> str:
    if window.start and window.end:
        return f"{instant_words(window.start)} to {instant_words(window.end)}"
    return f"since {instant_words(window.start)}" if window.start else "at any time"
