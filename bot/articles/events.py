"""Events: the same thing told in other words, by several articles that are no copies of each other.

Headline (counted twice) and opening are compared by the words they share. Events are linked completely: every two of
their articles are alike. A text that was left alone by that then joins the event it is like on the whole, so that one
report which leaves out a name the others have is not lost. Names count as any other word: counting them more or less
was tried on development data and was worse both ways.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from bot.articles.likeness import Likeness
from bot.articles.linking import link_completely
from bot.articles.model import Article
from bot.language.words import words

_ALIKE = 0.16  # cosine from which two reports may tell of one event; the one number fitted to development data
_APART = timedelta(days=3)  # reports further from each other tell of two events, however alike
_HEADLINE = 2.0  # how often a word of the headline counts
_LEAD_WORDS = 90  # of the prose that opens an article; what follows is background, which events have in common
_NAMED = 4  # words shown as shared
_POSSESSIVE = "'s"


@dataclass(frozen=True, slots=True)
class Report:
    """What is compared of an article."""

    article_id: str
    headline: str
    lead: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class EventMember:
    """A report of an event; `likeness` is its cosine with the event's central report, `reason` says so in words."""

    article_id: str
    likeness: float
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """Reports of one event, the central one first: the one most like the others. Its id is that one's."""

    lead_id: str
    members: tuple[EventMember, ...]


def report_of(article: Article) -> Report:
    """Headline and opening of an article."""
    lead: list[str] = []
    for block in article.blocks:
        if block.is_prose and len(lead) < _LEAD_WORDS:
            lead += block.span.of(article.text).split()
    published_at = article.published.at if article.published else None
    return Report(article.id, article.title or "", " ".join(lead[:_LEAD_WORDS]), published_at)


def group_events(
    reports: Iterable[Report], stop_words: Collection[str], alone: Collection[str] = ()
) -> tuple[Event, ...]:
    """Group reports, none a copy of another: each is in exactly one event, by lead id. Their order does not matter.

    Reports whose article is in `alone` (somebody split them off) share their event with no other.
    """
    ordered = sorted(reports, key=lambda report: report.article_id)
    likeness = Likeness([_terms(report, stop_words) for report in ordered])
    barred = {index for index, report in enumerate(ordered) if report.article_id in alone}
    at = np.array([one.published_at.timestamp() if one.published_at else np.nan for one in ordered])
    found = likeness.pairs(_ALIKE, at, _APART.total_seconds())
    pairs = {pair: cosine for pair, cosine in found.items() if barred.isdisjoint(pair)}
    clusters = _with_stragglers(link_completely(len(ordered), pairs), pairs, likeness, at.tolist())
    return tuple(sorted((_event(ordered, one, likeness) for one in clusters), key=lambda event: event.lead_id))


def _terms(report: Report, stop_words: Collection[str]) -> Mapping[str, float]:
    terms: Counter[str] = Counter()
    counts: dict[str, float] = {}
    for text, weight in ((report.headline, _HEADLINE), (report.lead, 1.0)):
        terms = Counter(word.removesuffix(_POSSESSIVE) for word in words(text))
        for word, number in terms.items():
            if len(word) > 1 and word not in stop_words:
                counts[word] = counts.get(word, 0.0) + weight * number
    return counts


def _with_stragglers(
    clusters: Sequence[list[int]],
    pairs: Mapping[tuple[int, int], float],
    likeness: Likeness,
    at: Sequence[float],
) -> list[list[int]]:
    """Let each text alone join the event that it is on average likest to, if that is alike enough."""
    event_of = {index: number for number, members in enumerate(clusters) for index in members if len(members) > 1}
    near: dict[int, set[int]] = {}
    for one, other in pairs:
        for alone, joined in ((one, other), (other, one)):
            if alone not in event_of and joined in event_of:
                near.setdefault(alone, set()).add(event_of[joined])
    joining: dict[int, list[int]] = {}
    for alone in sorted(near):
        means = ((_mean(alone, clusters[number], likeness, at), -number) for number in near[alone])
        mean, number = max(means)
        if mean >= _ALIKE:
            joining.setdefault(-number, []).append(alone)
    moved = {alone for members in joining.values() for alone in members}
    kept = ((number, members) for number, members in enumerate(clusters) if members[0] not in moved)
    return [members + joining.get(number, []) for number, members in kept]


def _mean(alone: int, members: Sequence[int], likeness: Likeness, at: Sequence[float]) -> float:
    if any(abs(at[alone] - at[index]) > _APART.total_seconds() for index in members):
        return 0.0
    return sum(likeness.cosine(alone, index) for index in members) / len(members)


def _event(reports: Sequence[Report], members: Sequence[int], likeness: Likeness) -> Event:
    def centrality(index: int) -> tuple[float, str]:
        return -sum(likeness.cosine(index, other) for other in members if other != index), reports[index].article_id

    lead, *others = sorted(members, key=centrality)
    first = EventMember(
        reports[lead].article_id, 1.0, "the report most like the others" if others else "told by no other"
    )
    rest = (
        EventMember(reports[index].article_id, likeness.cosine(lead, index), _reason(index, lead, likeness))
        for index in sorted(others, key=lambda index: reports[index].article_id)
    )
    return Event(reports[lead].article_id, (first, *rest))


def _reason(index: int, lead: int, likeness: Likeness) -> str:
    shared = ", ".join(f"“{word}”" for word in likeness.shared(index, lead, _NAMED))
    alike = f"headline and opening are alike to {likeness.cosine(index, lead):.2f} of 1"
    return f"{alike}; both say {shared}" if shared else f"{alike}, but to other reports of the event they are alike"
