"""Near-duplicates: fingerprints of articles, and the stories they fold to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import groupby

from bot.articles.model import Article, Relation, Story, StoryMember
from bot.articles.shingles import read_sample, sample_keys, sample_shingles
from bot.language.words import words

_RESEMBLANCE = 0.25  # share of all shingles in common from which two texts are copies
_CONTAINMENT = 0.6  # share of the shorter text's shingles found in the longer from which it is a part of it
_FEWEST_SHARED = 4  # kept shingles in common; below, chance and stock phrases decide
_SAMPLES_AT_HAND = 1024  # of leads, unpacked; all of a large corpus would fill the memory
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
    """How two texts compare: kept shingles in common, over those of both, and over those of the shorter."""

    shared: int
    resemblance: float
    containment: float

    @property
    def is_copy(self) -> bool:
        """Whether one is a copy or a part of the other."""
        is_alike = self.resemblance >= _RESEMBLANCE or self.containment >= _CONTAINMENT
        return is_alike and self.shared >= _FEWEST_SHARED


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
    sample = lru_cache(maxsize=_SAMPLES_AT_HAND)(lambda index: read_sample(ordered[index].signature))
    near = _sharing_keys(ordered)
    lead_of: dict[int, int] = {}
    members: dict[int, list[tuple[int, Likeness]]] = {}
    for index in range(len(ordered)):
        leads = {lead_of[other] for other in near[index]}
        likest = _likest(sample(index), ((lead, sample(lead)) for lead in sorted(leads))) if leads else None
        lead_of[index] = index if likest is None else likest[0]
        members.setdefault(lead_of[index], []).extend([] if likest is None else [(index, likest[1])])
    stories = (_story(ordered, lead, joined) for lead, joined in members.items())
    return tuple(sorted(stories, key=lambda story: story.lead_id))


def _sharing_keys(ordered: Sequence[Fingerprint]) -> Mapping[int, set[int]]:
    """For each text those before it that share a key with it, by place; keys of very many texts don't count."""
    pairs = sorted(key << 32 | index for index, one in enumerate(ordered) for key in sample_keys(one.signature))
    near: defaultdict[int, set[int]] = defaultdict(set)
    for _, group in groupby(pairs, key=lambda pair: pair >> 32):
        holders = [pair & 0xFFFFFFFF for pair in group]
        if len(holders) <= _COMMONEST:
            for place, index in enumerate(holders):
                near[index].update(holders[:place])
    return near


def _likest(sample: frozenset[int], leads: Iterable[tuple[int, frozenset[int]]]) -> tuple[int, Likeness] | None:
    """The lead that `sample` is most alike a copy of, if of any."""
    found = [(lead, _likeness(len(sample & other), sample, other)) for lead, other in leads]
    copies = [(lead, likeness) for lead, likeness in found if likeness.is_copy]
    return max(copies, key=lambda one: (one[1].containment, one[1].resemblance, -one[0]), default=None)


def _likeness(shared: int, one: frozenset[int], other: frozenset[int]) -> Likeness:
    shorter = min(len(one), len(other))
    return Likeness(shared, shared / max(1, len(one) + len(other) - shared), shared / max(1, shorter))


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
