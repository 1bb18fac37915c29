"""Near-duplicates: fingerprints of articles, and the stories they fold to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.articles.model import Article, Relation, Story, StoryMember
from bot.articles.shingles import read_sample, sample_shingles
from bot.language.words import words

_RESEMBLANCE = 0.25  # share of all shingles in common from which two texts are copies
_CONTAINMENT = 0.6  # share of the shorter text's shingles found in the longer from which it is a part of it
_FEWEST_SHARED = 4  # kept shingles in common; below, chance and stock phrases decide
_COMMONEST = 50  # articles; a shingle in more of them is a stock phrase and proposes no pair
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is needed to find an article's copies without its text.

    `signature` is a sample of the text's word shingles as bytes (see `bot.articles.shingles`); `words` its length.
    """

    article_id: str
    source_id: str
    words: int
    published_at: datetime | None
    outlet: str | None
    signature: bytes


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two texts compare: shingles in common over all, and over those of the shorter text."""

    resemblance: float
    containment: float

    @property
    def is_copy(self) -> bool:
        """Whether one is a copy or a part of the other."""
        return self.resemblance >= _RESEMBLANCE or self.containment >= _CONTAINMENT


def fingerprint(article: Article) -> Fingerprint:
    """The fingerprint of an article's prose: titles, headings and markers don't count."""
    tokens = [word for block in article.blocks if block.is_prose for word in words(block.span.of(article.text))]
    return Fingerprint(
        article_id=article.id,
        source_id=article.source_id,
        words=len(tokens),
        published_at=article.published.at if article.published else None,
        outlet=article.outlet,
        signature=sample_shingles(tokens),
    )


def group_stories(fingerprints: Iterable[Fingerprint]) -> tuple[Story, ...]:
    """Fold copies: every article is in exactly one story, by lead id. The order of the input does not matter.

    Articles are taken from the fullest on; each joins the story of the likest lead before it, or begins its own.
    So every member was compared with its lead, and chains of ever less alike texts can't form.
    """
    ordered = sorted(fingerprints, key=lambda one: (-one.words, one.published_at or _NEVER, one.article_id))
    samples = [read_sample(one.signature) for one in ordered]
    shared = _shared_with_earlier(samples)
    lead_of: dict[int, tuple[int, Likeness] | None] = {}
    members: dict[int, list[tuple[int, Likeness]]] = {}
    for index in range(len(ordered)):
        likest = _likest_lead(index, shared[index], samples, lead_of)
        lead_of[index] = likest
        if likest is None:
            members[index] = []
        else:
            members[likest[0]].append((index, likest[1]))
    stories = (_story(ordered, lead, joined) for lead, joined in members.items())
    return tuple(sorted(stories, key=lambda story: story.lead_id))


def _shared_with_earlier(samples: Sequence[frozenset[int]]) -> list[Counter[int]]:
    """For each text the number of kept shingles it shares with each text before it."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    shared: list[Counter[int]] = []
    for index, sample in enumerate(samples):
        counts: Counter[int] = Counter()
        for value in sample:
            earlier = holders[value]
            if len(earlier) <= _COMMONEST:
                counts.update(earlier)
                earlier.append(index)
        shared.append(counts)
    return shared


def _likest_lead(
    index: int,
    shared: Mapping[int, int],
    samples: Sequence[frozenset[int]],
    lead_of: Mapping[int, tuple[int, Likeness] | None],
) -> tuple[int, Likeness] | None:
    found: dict[int, Likeness] = {}
    for other, likeness in _copies(index, shared, samples):
        above = lead_of[other]
        if above is None:
            found[other] = likeness
        elif above[0] not in found:
            lead = samples[above[0]]
            found[above[0]] = _likeness(len(samples[index] & lead), samples[index], lead)
    copies = [(lead, likeness) for lead, likeness in found.items() if likeness.is_copy]
    return max(copies, key=lambda one: (one[1].containment, one[1].resemblance, -one[0]), default=None)


def _copies(index: int, shared: Mapping[int, int], samples: Sequence[frozenset[int]]) -> Iterator[tuple[int, Likeness]]:
    for other in sorted(shared):
        least = min(_FEWEST_SHARED, len(samples[index]), len(samples[other]))
        if shared[other] < max(1, least):
            continue
        likeness = _likeness(shared[other], samples[index], samples[other])
        if likeness.is_copy:
            yield other, likeness


def _likeness(shared: int, one: frozenset[int], other: frozenset[int]) -> Likeness:
    shorter = min(len(one), len(other))
    return Likeness(shared / max(1, len(one) + len(other) - shared), shared / max(1, shorter))


def _story(ordered: Sequence[Fingerprint], lead: int, joined: Sequence[tuple[int, Likeness]]) -> Story:
    first = StoryMember(ordered[lead].article_id, Relation.LEAD, 1.0, f"the fullest text ({ordered[lead].words} words)")
    rest = sorted(
        (_member(ordered[lead], ordered[index], likeness) for index, likeness in joined), key=lambda one: one.article_id
    )
    return Story(ordered[lead].article_id, (first, *rest))


def _member(lead: Fingerprint, copy: Fingerprint, likeness: Likeness) -> StoryMember:
    percent = round(100 * likeness.containment)
    lengths = f"{copy.words} of {lead.words} words"
    if lead.outlet and copy.outlet and lead.outlet.casefold() != copy.outlet.casefold():
        relation, reason = Relation.SYNDICATED, f"{percent} % of it stands in the text of {lead.outlet} ({lengths})"
    elif copy.words < 0.8 * lead.words:
        relation, reason = Relation.TRUNCATED, f"{percent} % of it stands in the fuller text ({lengths})"
    else:
        relation, reason = Relation.COPY, f"{percent} % of its wording is the same ({lengths})"
    return StoryMember(copy.article_id, relation, round(likeness.containment, 4), reason)
