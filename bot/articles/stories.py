"""Near-duplicates: fingerprints of articles, and the stories they fold to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from bot.articles.independence import Print, is_one_voice
from bot.articles.model import Article, Relation, Story, StoryMember
from bot.articles.shingles import read_sample, sample_shingles
from bot.language.words import words

_RESEMBLANCE = 0.25  # share of all shingles in common from which two texts are copies
_CONTAINMENT = 0.6  # share of the shorter text's shingles found in the longer from which it is a part of it
_OF_ONE_AGENCY = (0.12, 0.3)  # the same for two texts that name one agency: papers edit what they are sent
_FEWEST_SHARED = 4  # kept shingles in common; below, chance and stock phrases decide
_SAMPLES_AT_HAND = 1024  # of leads, unpacked; all of a large corpus would fill the memory
SPLIT_OFF = "split off by hand"
RULES = 1  # another number after every change of what is folded with what, or of the reasons
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
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two texts compare: kept shingles in common, over those of both, and over those of the shorter."""

    shared: int
    resemblance: float
    containment: float

    def is_copy(self, *, has_same_agency: bool = False) -> bool:
        """Whether one is a copy or a part of the other. Where both name one agency, less in common will do."""
        resemblance, containment = _OF_ONE_AGENCY if has_same_agency else (_RESEMBLANCE, _CONTAINMENT)
        is_alike = self.resemblance >= resemblance or self.containment >= containment
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
        agency=article.agency,
    )


def group_stories(fingerprints: Iterable[Fingerprint], alone: Collection[str] = ()) -> tuple[Story, ...]:
    """Fold copies: every article is in exactly one story, by lead id. The order of the input does not matter.

    Articles are taken from the fullest on; each joins the story of the likest lead before it, or begins its own.
    So every member was compared with its lead, and chains of ever less alike texts can't form. Articles in `alone`
    (somebody split them off) are their own stories, whatever they are like.
    """
    from bot.articles.shared_keys import find_sharing  # noqa: PLC0415  # numpy, which a look at one article can do without

    every = sorted(fingerprints, key=order_of)
    ordered = [one for one in every if one.article_id not in alone]
    split = [split_off(one) for one in every if one.article_id in alone]
    folded = _fold_linked(ordered, find_sharing([one.signature for one in ordered]))
    return tuple(sorted((*folded, *split), key=lambda story: story.lead_id))


def order_of(one: Fingerprint) -> tuple[int, datetime, str]:
    """Articles are folded in this order."""
    return -one.words, one.published_at or _NEVER, one.article_id


def likest_lead(one: Fingerprint, leads: Sequence[Fingerprint]) -> str:
    """The id of the lead, of those in their order, that an article is most alike a copy of; its own if of none."""
    sample = read_sample(one.signature) if leads else frozenset()
    compared = ((index, read_sample(lead.signature), _have_one_agency(one, lead)) for index, lead in enumerate(leads))
    likest = _likest(sample, compared)
    return one.article_id if likest is None else leads[likest[0]].article_id


def story_of(lead: Fingerprint, copies: Sequence[Fingerprint]) -> Story:
    """The story of a lead and its copies."""
    first = read_sample(lead.signature)
    others = [read_sample(one.signature) for one in copies]
    joined = [(at, _likeness(len(other & first), other, first)) for at, other in enumerate(others, start=1)]
    return _story([lead, *copies], 0, joined)


def _fold_linked(ordered: Sequence[Fingerprint], near: Sequence[Sequence[int]]) -> list[Story]:
    """The stories of articles in their order, each compared with the leads of those before it that are `near` it."""
    sample = lru_cache(maxsize=_SAMPLES_AT_HAND)(lambda index: read_sample(ordered[index].signature))
    lead_of: dict[int, int] = {}
    members: dict[int, list[tuple[int, Likeness]]] = {}
    for index in range(len(ordered)):
        leads = {lead_of[other] for other in near[index]}
        compared = ((lead, sample(lead), _have_one_agency(ordered[index], ordered[lead])) for lead in sorted(leads))
        likest = _likest(sample(index), compared) if leads else None
        lead_of[index] = index if likest is None else likest[0]
        members.setdefault(lead_of[index], []).extend([] if likest is None else [(index, likest[1])])
    return [_story(ordered, lead, joined) for lead, joined in members.items()]


def split_off(one: Fingerprint) -> Story:
    """The story of an article that is folded with nothing."""
    return Story(one.article_id, (StoryMember(one.article_id, Relation.LEAD, 1.0, SPLIT_OFF),))


def _have_one_agency(one: Fingerprint, other: Fingerprint) -> bool:
    return is_one_voice(_print_of(one), _print_of(other))


def _print_of(one: Fingerprint) -> Print:
    return Print(one.article_id, one.agency, one.outlet, one.published_at)


def _likest(sample: frozenset[int], leads: Iterable[tuple[int, frozenset[int], bool]]) -> tuple[int, Likeness] | None:
    """The lead that `sample` is most alike a copy of, if of any; each with its sample, and whether one agency."""
    found = [(lead, _likeness(len(sample & other), sample, other), one_agency) for lead, other, one_agency in leads]
    copies = [(lead, likeness) for lead, likeness, one_agency in found if likeness.is_copy(has_same_agency=one_agency)]
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
    if _have_one_agency(lead, copy):
        agency = copy.agency or lead.agency
        relation, reason = Relation.SYNDICATED, f"both rest on {agency}; {percent} % of it stands there ({lengths})"
    elif lead.outlet and copy.outlet and lead.outlet.casefold() != copy.outlet.casefold():
        relation, reason = Relation.SYNDICATED, f"{percent} % of it stands in the text of {lead.outlet} ({lengths})"
    elif copy.words < 0.8 * lead.words:
        relation, reason = Relation.TRUNCATED, f"{percent} % of it stands in the fuller text ({lengths})"
    else:
        relation, reason = Relation.COPY, f"{percent} % of its wording is the same ({lengths})"
    return StoryMember(copy.article_id, relation, round(likeness.containment, 4), reason)
