"""Sentences that were looked for: ranked by numbers that are the same whatever database found them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from bot.articles.model import Citation
from bot.briefings.model import Window
from bot.language.seeking import Group, Query, places, tokens_of
from bot.positions.model import Evidence, Holder

_SATURATION, _LENGTH_SHARE, _ORDINARY = 1.2, 0.5, 25.0  # BM25's k1 and b; words of an ordinary sentence
_OTHER_FORM = 0.8  # of a word, beside the one that was typed
_NEARNESS = 0.5  # what it is worth that the words stand side by side
_SHORT, _SHORT_WORTH = 5, 0.5  # below so many words a sentence is rather a headline or a fragment
_STEPS = 10  # differences below a tenth are none: the newer sentence goes first


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence that fits, before it is ranked. `evidence` is the statement that holds it, where one was asked for."""

    text: str
    citation: Citation
    story_id: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A verbatim sentence that was found, or the passage of a statement that holds it (`evidence`).

    `others` are citations of the same words in other articles; `further` counts other sentences of its story that fit
    and are not shown; `covered` is the share of what was looked for that it holds, by weight.
    """

    text: str
    citation: Citation
    others: tuple[Citation, ...]
    further: int
    score: float
    covered: float
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """The sentences found for a query, best first. `any_word`: no sentence holds all words, these hold most of them.

    `has_more` tells that weaker ones were left out.
    """

    dossier_id: str
    sought: str
    query: Query
    holder: Holder | None
    topic_id: str | None
    window: Window
    hits: tuple[Hit, ...]
    any_word: bool
    has_more: bool
    articles: int
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a question: of whom, on what, in which words, published when."""

    holders: tuple[Holder, ...]
    topic_id: str | None
    words: tuple[str, ...]
    unknown: tuple[str, ...]  # words that stand in no sentence
    window: Window


@dataclass(frozen=True, slots=True)
class Reply:
    """Sentences that answer a question, best first; none where none is near enough.

    Where it was asked of somebody, every hit is a statement of theirs. `spoken_on` are topics that could be asked about
    instead.
    """

    dossier_id: str
    question: str
    understood: Understood
    hits: tuple[Hit, ...]
    spoken_on: tuple[str, ...]
    articles: int
    edition: str | None = None


class _Scored(NamedTuple):
    score: float
    covered: float
    match: Match
    words: tuple[str, ...]


def weights_of(frequencies: Sequence[int], sentences: int) -> tuple[float, ...]:
    """What each group counts for, by the number of sentences that fulfil it: what is everywhere tells little."""
    total = max(sentences, *frequencies, 1)
    return tuple(log(1 + (total - number + 0.5) / (number + 0.5)) for number in frequencies)


def rank_matches(
    matches: Iterable[Match],
    groups: Sequence[Group],
    weights: Sequence[float] | None = None,
    *,
    topic: tuple[str, int] | None = None,
) -> tuple[Hit, ...]:
    """Best first, of equals the newest first; one sentence a story. `weights` are those of the groups, None: equal.

    `topic` is a topic that was asked for and its group: a statement on the topic fulfils it whatever its words.
    """
    given = tuple(weights or (1.0,) * len(groups))
    whole = sum(given)
    scored = []
    for match in matches:
        is_on_topic = topic and match.evidence and topic[0] in match.evidence.statement.topics
        words = tokens_of(match.text)
        worth, held = _worth(words, groups, given, topic[1] if topic and is_on_topic else None)
        score, covered = (worth / whole, held / whole) if whole else (1.0, 1.0)
        scored.append(_Scored(score, covered, match, tuple(words)))
    scored.sort(key=lambda one: (-round(one.score * _STEPS), *_newest_first(one.match), -one.score))
    return _told_once(scored)


def _worth(
    tokens: list[str], groups: Sequence[Group], weights: Sequence[float], given: int | None
) -> tuple[float, float]:
    """How much of the groups a sentence holds, and how well; and the weight of those it holds at all.

    The group `given` is fulfilled in any case.
    """
    length = 1 - _LENGTH_SHARE + _LENGTH_SHARE * len(tokens) / _ORDINARY
    worth = held = 0.0
    found: list[list[int]] = []
    for number, (group, weight) in enumerate(zip(groups, weights, strict=True)):
        if number == given:
            worth, held = worth + weight, held + weight
            continue
        there = {index: exact for term in group for index, exact in places(term, tokens)}
        if not there:
            continue
        often = sum(1.0 if exact else _OTHER_FORM for exact in there.values())
        worth += weight * min(1.0, often * (_SATURATION + 1) / (often + _SATURATION * length))
        held += weight
        found.append(sorted(there))
    if len(found) > 1:
        worth += _NEARNESS * held * len(found) / _span(found)
    return worth * (_SHORT_WORTH if len(tokens) < _SHORT else 1.0), held


def _span(found: Sequence[Sequence[int]]) -> int:
    """Words of the shortest stretch that holds one place of each."""
    marks = sorted((index, number) for number, indices in enumerate(found) for index in indices)
    last: dict[int, int] = {}
    best = marks[-1][0] - marks[0][0] + 1
    for index, number in marks:
        last[number] = index
        if len(last) == len(found):
            best = min(best, index - min(last.values()) + 1)
    return max(best, len(found))


def _newest_first(match: Match) -> tuple[float, str, int]:
    at = match.citation.published.at if match.citation.published else None
    return -at.timestamp() if at else float("inf"), match.citation.article_id, match.citation.span.start


def _told_once(scored: Sequence[_Scored]) -> tuple[Hit, ...]:
    """The best sentence of each story, with the other articles that print it; the same words count once everywhere."""
    prints: dict[str, dict[str, Citation]] = defaultdict(dict)
    stories: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for one in scored:
        prints[one.match.text].setdefault(one.match.citation.article_id, one.match.citation)
        stories[one.match.story_id].add(one.words)
    hits = []
    told: set[str] = set()
    said: set[tuple[str, ...]] = set()
    for score, covered, match, words in scored:
        if match.story_id in told or words in said:
            continue
        told.add(match.story_id)
        said.add(words)
        own = match.citation.article_id
        others = tuple(citation for article_id, citation in prints[match.text].items() if article_id != own)
        further = len(stories[match.story_id] - {words})
        hits.append(Hit(match.text, match.citation, others, further, round(score, 4), covered, match.evidence))
    return tuple(hits)


def statements_of(matches: Iterable[Match], evidence: Iterable[Evidence]) -> tuple[Match, ...]:
    """For each sentence the statements made in it: their passages, each once. Sentences that hold none are left out.

    A passage may hold more than the statement, for it to stand alone: what only stands beside it is nobody's words.
    """
    by_article: Mapping[str, list[Evidence]] = _by_article(evidence)
    found: dict[tuple[str, int, int], Match] = {}
    for match in matches:
        for one in by_article.get(match.citation.article_id, ()):
            content, span = one.statement.content, match.citation.span
            if content.start < span.end and span.start < content.end:
                place = (one.citation.article_id, one.citation.span.start, one.citation.span.end)
                found.setdefault(place, Match(one.text, one.citation, one.story_id, one))
    return tuple(found.values())


def _by_article(evidence: Iterable[Evidence]) -> Mapping[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for one in evidence:
        found[one.citation.article_id].append(one)
    return found
