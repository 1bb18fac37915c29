"""Briefing and digest as sheets of Discord markdown: one for replies, previews and scheduled posts alike."""

from collections.abc import Iterable, Iterator

from bot.articles.model import Citation
from bot.briefings.editions import EVIDENCE, Numbers, is_one_on_one, numbers_of, place_of
from bot.briefings.model import Briefing, BriefingItem, Coming, Window, WindowReason
from bot.catalogues import ntr, tr
from bot.dossier import Dossier
from bot.positions.model import Cell, Contested, Digest, Evidence, Position, Shift
from bot.positions.namesakes import undecided
from bot.presentation.carriers import carriers_words
from bot.presentation.digest_page import stance_in
from bot.presentation.escaping import date_stamp, day_stamp, escape, label, link, timestamp
from bot.presentation.layout import Entry, Section, Sheet
from bot.presentation.numbering import number_words
from bot.presentation.wording import (
    actor_words,
    asked_words,
    counts_words,
    date_words,
    foreign_words,
    holder_words,
    how_words,
    mode_words,
    notes_words,
    place_words,
    proposition_words,
    silence_words,
    speaker_words,
    stance_words,
    title_words,
    topic_words,
)
from bot.reasons import reason_words

_MOST_PLACES = 4  # other outlets named after the first


def briefing_sheet(briefing: Briefing, dossier: Dossier, *, late: bool = False) -> Sheet:
    """A briefing: dated window, sentences with citations, what shifted, what is contested, what it rests on."""
    numbers = numbers_of(briefing)
    lead = [window_line(briefing.window)]
    if late:
        lead.insert(0, "-# " + tr("Posted late: it could not be posted when it was due."))
    if not briefing.items and briefing.window.reason is WindowReason.SINCE_POST:
        lead.append(tr("Nothing new since then."))
    elif not briefing.items:
        hint = tr("Nothing found. Try a longer window: `since: 7d` or `since: all`.")
        lead.append(tr("Nothing new for this channel.") if briefing.news_since else hint)
    sections = (
        Section(None, tuple(_item(item, dossier, numbers) for item in briefing.items)),
        Section(tr("What shifted"), tuple(_shift(shift, dossier, numbers) for shift in briefing.shifts)),
        Section(tr("What is contested"), tuple(_contested(one, dossier, numbers) for one in briefing.contested)),
        Section(tr("What to watch"), tuple(_coming(one, numbers) for one in briefing.watch)),
        Section(tr("Not heard in this window"), _silences(briefing, dossier)),
    )
    footer = f"-# {counts_words(briefing.counts)}"
    return Sheet(_briefing_headline(briefing, dossier), "\n".join(lead), sections, footer, briefing.edition)


def standing_sheet(briefing: Briefing, dossier: Dossier) -> Sheet:
    """The positions behind a briefing, topic by topic, each with its deciding sentence."""
    numbers = numbers_of(briefing)
    held = [position for position in briefing.positions if position.stance and position.evidence]
    topics = dict.fromkeys(position.topic_id for position in held)
    sections = tuple(
        Section(
            label(topic_words(dossier, topic)),
            tuple(_standing(one, dossier, numbers) for one in held if one.topic_id == topic),
        )
        for topic in topics
    )
    headline = f"## {label(tr('{title}: who stands where', title=title_words(dossier)), 150)}"
    lead = window_line(briefing.window) if held else tr("Nobody took a side in it.")
    return Sheet(headline, lead, sections, "", briefing.edition)


def digest_sheet(digest: Digest, dossier: Dossier) -> Sheet:
    """Positions of one actor or on one topic, each with its evidence; what was not found is named."""
    numbers = numbers_of(digest)
    held = ((cell, cell.position) for cell in digest.cells if cell.position)
    found = tuple(entry for cell, position in held for entry in _cell(cell, position, digest, dossier, numbers))
    sections = (
        Section(None, found + _blanks(digest, dossier)),
        Section(tr("What shifted"), tuple(_shift(shift, dossier, numbers) for shift in digest.shifts)),
        Section(tr("What is contested"), tuple(_contested(one, dossier, numbers) for one in digest.contested)),
    )
    own = tr("Stances come from rules; the sentences are the sources' own.")
    footer = f"-# {ntr('{n} article read.', '{n} articles read.', digest.articles)} {own}"
    return Sheet(_digest_headline(digest, dossier), _digest_lead(digest, dossier), sections, footer, digest.edition)


def window_line(window: Window) -> str:
    """The window in one line; a fall-back to the newest day says so."""
    if window.reason is WindowReason.EVERYTHING:
        return tr("Everything stored, undated articles included.")
    if window.reason is WindowReason.NEWEST_DAY and window.start:
        return tr(
            "Nothing dated {when}. The newest day that holds something: {day}.",
            when=asked_words(escape(window.asked)),
            day=day_stamp(window.start),
        )
    if window.reason is WindowReason.SINCE_POST and window.start:
        return tr("New here since {start}.", start=timestamp(window.start))
    if window.start and window.end:
        return tr("Published {start} to {end}.", start=timestamp(window.start), end=timestamp(window.end))
    if window.start:
        return tr("Published since {start}.", start=timestamp(window.start))
    return tr("Published at any time.")


def _briefing_headline(briefing: Briefing, dossier: Dossier) -> str:
    about = [topic_words(dossier, topic) for topic in briefing.scope.topics]
    about += [actor_words(dossier, actor) for actor in briefing.scope.actors]
    return f"## {label(': '.join(filter(None, (title_words(dossier), ', '.join(about)))), 150)}"


def _standing(position: Position, dossier: Dossier, numbers: Numbers) -> Entry:
    """One holder on the topic named above, with the sentence that decides."""
    head = f"**{label(position.holder.name)}**: {stance_words(position.stance)}\n"
    return _joined(head, (_evidence(position.evidence[0], dossier, numbers, position.holder.name),))


def _item(item: BriefingItem, dossier: Dossier, numbers: Numbers) -> Entry:
    first = item.citations[0]
    parts = [
        number_words(numbers, first) + _cited(first),
        *carriers_words(item.citations, lambda name: label(name, 40)),
    ]
    parts.extend(label(topic_words(dossier, topic), 40) for topic in item.topics[:1])
    return _quoted("", item.text, " · ".join(parts))


def _coming(one: Coming, numbers: Numbers) -> Entry:
    """A planned day, and who names it; the day as the publisher counts it."""
    cited = number_words(numbers, one.citation) + _cited(one.citation)
    return _quoted(f"**{date_words(one.on)}**\n", one.text, cited)


def _silences(briefing: Briefing, dossier: Dossier) -> tuple[Entry, ...]:
    lines = (escape(silence_words(one, dossier)) for one in briefing.silences)
    return tuple(Entry(f"-# {line}", "-# …") for line in lines)


def _shift(shift: Shift, dossier: Dossier, numbers: Numbers) -> Entry:
    name, topic = label(shift.holder.name), label(topic_words(dossier, shift.topic_id))
    head = f"{tr('{name} on {topic}', name=f'**{name}**', topic=topic)}: "
    after = _evidence(shift.after, dossier, numbers, shift.holder.name)
    if shift.before is None:
        return _joined(f"{head}{tr('a change, reported in one sentence')}\n", (after,), _rule(shift.rule))
    stances = (stance_words(one.statement.stance) for one in (shift.before, shift.after))
    return _joined(
        f"{head}{' → '.join(stances)}\n",
        (_evidence(shift.before, dossier, numbers, shift.holder.name), after),
        _rule(shift.rule),
    )


def _contested(one: Contested, dossier: Dossier, numbers: Numbers) -> Entry:
    topic = f"**{label(topic_words(dossier, one.topic_id))}**\n" if one.topic_id else ""
    both = (one.claim, one.answer) if one.answer else (one.claim,)
    return _joined(topic, tuple(_evidence(evidence, dossier, numbers) for evidence in both), _rule(one.rule))


def _rule(name: str) -> str:
    """Which rule says so, at the end of the small print."""
    return f" · {tr('rule: {name}', name=label(reason_words(name)))}"


def _cell(cell: Cell, position: Position, digest: Digest, dossier: Dossier, numbers: Numbers) -> Iterator[Entry]:
    """One position; where one actor on one topic was asked for, every piece of evidence."""
    title = holder_words(cell.holder, dossier) if digest.topic_id else topic_words(dossier, cell.topic_id)
    stance = stance_words(position.stance)
    facts = (
        f"**{stance[:1].upper()}{stance[1:]}**",
        date_stamp(position.evidence[0].citation.published if position.evidence else None),
        mode_words(position.kind),
    )
    head = f"### {label(title)}\n{' · '.join(facts)}\n"
    sentences = {place_of(one.citation): one for one in reversed(position.evidence)}
    distinct = list(reversed(sentences.values()))  # two statements in one sentence are shown once, the deciding one
    pieces = [_evidence(one, dossier, numbers, cell.holder.name) for one in distinct]
    rest = pieces[EVIDENCE:]
    stories = stance_in(position.independent)
    if is_one_on_one(digest):
        yield _joined(head, pieces[:EVIDENCE])
        yield from (_joined("", (piece,)) for piece in rest)
    else:
        more = f"\n-# {ntr('{n} more statement', '{n} more statements', len(rest))} · {stories}" if rest else ""
        yield _joined(head, pieces[:EVIDENCE], more)


def _blanks(digest: Digest, dossier: Dossier) -> tuple[Entry, ...]:
    """One line for all that was looked for and not found."""
    maybe = {actor.id for actors in undecided(dossier, digest.cells).values() for actor in actors}
    blank = [cell for cell in digest.cells if cell.position is None and cell.holder.actor_id not in maybe]
    if not blank and digest.cells:
        return ()
    names = [
        holder_words(cell.holder, dossier) if digest.topic_id else topic_words(dossier, cell.topic_id) for cell in blank
    ]
    listed = ", ".join(label(name, 40) for name in names[:25]) + (", …" if len(names) > 25 else "")
    text = tr("**No statement found**")
    if names and digest.topic_id:
        text = tr("**No statement found** of {names}.", names=listed)
    elif names:
        text = tr("**No statement found** on {names}.", names=listed)
    return (Entry(text, tr("**No statement found**")),)


def _digest_headline(digest: Digest, dossier: Dossier) -> str:
    holder = actor_words(dossier, digest.actor_id) if digest.actor_id else _only_holder(digest)
    topic = topic_words(dossier, digest.topic_id) if digest.topic_id else None
    if holder is None:
        return f"## {tr('{topic}: who stands where', topic=label(topic or title_words(dossier)))}"
    return f"## {label(holder)}: {label(topic)}" if topic else f"## {tr('{name}: positions', name=label(holder))}"


def _only_holder(digest: Digest) -> str | None:
    """The name, where everything is held by one who is not an actor of the dossier."""
    names = {cell.holder.name for cell in digest.cells}
    return names.pop() if len(names) == 1 and digest.topic_id is None else None


def _digest_lead(digest: Digest, dossier: Dossier) -> str:
    lines = []
    topic = dossier.topic(digest.topic_id) if digest.topic_id else None
    if topic:
        thesis = proposition_words(topic, dossier)
        about = (
            tr("Measured against: {proposition}.", proposition=escape(thesis.rstrip(".")))
            if thesis
            else tr("A theme: no stance is taken.")
        )
        lines.append(f"-# {about}")
    if digest.as_of:
        lines.append(tr("What was known before {when}.", when=timestamp(digest.as_of)))
    lines.extend(f"-# {escape(words)}" for words in notes_words(digest, dossier))
    return "\n".join(lines)


def _evidence(evidence: Evidence, dossier: Dossier, numbers: Numbers, known: str | None = None) -> tuple[str, str]:
    """A sentence, and its small print: who (unless that is `known` from the line above), how, where."""
    speaker, how = speaker_words(evidence, dossier), how_words(evidence.statement)
    who = how if speaker == known else f"{label(speaker)}, {how}"
    return evidence.text, f"{number_words(numbers, evidence.citation)}{who} · {_cited(evidence.citation)}"


def _cited(citation: Citation) -> str:
    """A short citation: the outlet, which leads to the article where it has an address, and the date."""
    place = label(_place(citation), 60)
    return f"{link(citation.url, place) or place}, {date_stamp(citation.published)}{foreign_words(citation)}"


def _place(citation: Citation) -> str:
    """Where it stood; for an address the host alone, as a phone has no room for more."""
    place = place_words(citation)
    return place.split("/")[2] if "://" in place and place.count("/") > 1 else place


def _quoted(head: str, text: str, small: str) -> Entry:
    return _joined(head, ((text, small),))


def _joined(head: str, pairs: Iterable[tuple[str, str]], tail: str = "") -> Entry:
    """Sentences as block quotes, each over its small print. The stand-in keeps the citations, says what is missing."""
    pairs = tuple(pairs)
    full = "\n".join(f"> {escape(text)}\n-# {small}" for text, small in pairs)
    instead = "\n".join(f"-# {_too_long(text)} {small}" for text, small in pairs)
    return Entry(head + full + tail, head + instead)


def _too_long(text: str) -> str:

    return ntr("{n} character, too long to show here:", "{n} characters, too long to show here:", len(text))
