"""The same words of one speaker, wherever they are printed, as one saying."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bot.articles.independence import count_voices, print_of
from bot.language.spans import Span
from bot.positions.answers import Saying
from bot.positions.current import published_at
from bot.positions.model import Evidence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHORTEST_PART = 4  # words that a shorter print must share with a longer one to be a part of it
_LATEST = datetime.max.replace(tzinfo=UTC)


def said_words(evidence: Evidence) -> str:
    """What was said as it is compared: the words of the quote, else of the content; no case, marks or spacing."""
    return " ".join(words_of(quoted_text(evidence)))


def quoted_text(evidence: Evidence) -> str:
    """The quote as printed, else the content, as far as it lies within the evidence's text."""
    span = evidence.statement.quote or evidence.statement.content
    start = evidence.citation.span.start
    return evidence.text[max(0, span.start - start) : max(0, span.end - start)]


def words_of(text: str) -> list[str]:
    """Words without case, one kind of apostrophe."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def group_sayings(evidence: Iterable[Evidence]) -> tuple[Saying, ...]:
    """One saying for each different thing said; newest first, undated last.

    Two prints are one saying where the same speaker says the same words, or four words or more that are a part of the
    other's. The order of `evidence` decides nothing.
    """
    by_speaker: dict[tuple[str | None, str | None], list[Evidence]] = defaultdict(list)
    for one in evidence:
        speaker = one.statement.speaker
        by_speaker[speaker.actor_id, None if speaker.actor_id else speaker.name].append(one)
    found = [_saying(group) for spoken in by_speaker.values() for group in _same_words(spoken)]
    return tuple(sorted(found, key=lambda saying: _newest_first(saying.evidence)))


def _same_words(spoken: Sequence[Evidence]) -> list[list[Evidence]]:
    groups: dict[str, list[Evidence]] = {}
    for words, one in sorted(((said_words(one), one) for one in spoken), key=lambda pair: (-len(pair[0]), pair[0])):
        whole = next((known for known in groups if _is_part(words, known)), words)
        groups.setdefault(whole, []).append(one)
    return list(groups.values())


def _is_part(words: str, whole: str) -> bool:
    if words == whole:
        return True
    return words.count(" ") + 1 >= _SHORTEST_PART and f" {words} " in f" {whole} "


def _saying(group: Sequence[Evidence]) -> Saying:
    longest = max(len(said_words(one)) for one in group)
    lead, *others = sorted(group, key=lambda one: (len(said_words(one)) < longest, _earliest_first(one)))
    once = {one.citation.article_id: one for one in reversed(others) if one.citation.article_id != _article(lead)}
    elsewhere = tuple(sorted(once.values(), key=_earliest_first))
    return Saying(lead, elsewhere, count_voices(print_of(one.citation, one.story_id) for one in group))


def _article(evidence: Evidence) -> str:
    return evidence.citation.article_id


def _earliest_first(evidence: Evidence) -> tuple[datetime, str, Span]:
    return published_at(evidence) or _LATEST, _article(evidence), evidence.statement.content


def _newest_first(evidence: Evidence) -> tuple[bool, float, str, Span]:
    at = published_at(evidence)
    return at is None, -at.timestamp() if at else 0.0, _article(evidence), evidence.statement.content
