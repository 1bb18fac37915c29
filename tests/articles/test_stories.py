"""Copies, truncated copies, syndicated copies; and texts that are none."""

import random
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument, Relation, Story
from bot.articles.shingles import read_sample, sample_shingles
from bot.articles.stories import SPLIT_OFF, Fingerprint, fingerprint, group_stories
from bot.language.words import words


def speech(seed: int, count: int) -> list[str]:
    """`count` words of a made-up language, the same for the same seed."""
    dice = random.Random(seed)
    return ["".join(dice.choices("abdegiklmnoprstu", k=dice.randint(2, 9))) for _ in range(count)]


def printed(
    article_id: str, tokens: list[str], *, outlet: str | None = None, published_at: datetime | None = None
) -> Fingerprint:
    return Fingerprint(article_id, "s", len(tokens), published_at, outlet, sample_shingles(tokens))


def by_lead(stories: tuple[Story, ...]) -> dict[str, dict[str, Relation]]:
    return {story.lead_id: {member.article_id: member.relation for member in story.members} for story in stories}


def test_a_truncated_copy_joins_the_full_text() -> None:
    full = speech(1, 400)
    stories = group_stories([printed("short", full[:90]), printed("full", full), printed("other", speech(2, 300))])
    assert by_lead(stories) == {
        "full": {"full": Relation.LEAD, "short": Relation.TRUNCATED},
        "other": {"other": Relation.LEAD},
    }
    reason = next(member.reason for story in stories for member in story.members if member.article_id == "short")
    assert reason == "100 % of it stands in the fuller text (90 of 400 words)"


def test_an_edited_copy_joins() -> None:
    full = speech(1, 400)
    edited = [f"{word}x" if at % 40 == 0 else word for at, word in enumerate(full)]
    assert by_lead(group_stories([printed("a", full), printed("b", edited)])) == {
        "a": {"a": Relation.LEAD, "b": Relation.COPY}
    }


def test_one_agency_text_in_two_outlets_is_syndicated() -> None:
    full = speech(1, 300)
    stories = group_stories([printed("a", full, outlet="Times"), printed("b", full[:-10], outlet="Post")])
    assert by_lead(stories)["a"]["b"] is Relation.SYNDICATED
    same = group_stories([printed("a", full, outlet="Times"), printed("b", full[:-10], outlet="TIMES")])
    assert by_lead(same)["a"]["b"] is Relation.COPY


def test_a_shared_quotation_makes_no_story() -> None:
    quotation = speech(9, 60)
    one, other = speech(1, 300) + quotation, quotation + speech(2, 300)
    assert len(group_stories([printed("a", one), printed("b", other)])) == 2


def test_the_lead_has_most_words_then_came_first_then_is_first_by_id() -> None:
    full = speech(1, 200)
    early, late = datetime(2025, 8, 1, tzinfo=UTC), datetime(2025, 8, 2, tzinfo=UTC)
    assert group_stories([printed("a", full[:-3], published_at=early), printed("b", full)])[0].lead_id == "b"
    assert (
        group_stories([printed("a", full, published_at=late), printed("b", full, published_at=early)])[0].lead_id == "b"
    )
    assert group_stories([printed("a", full), printed("b", full, published_at=late)])[0].lead_id == "b"
    assert group_stories([printed("b", full), printed("a", full)])[0].lead_id == "a"


def test_chains_do_not_form() -> None:
    """Each text shares half with the next; the first and the last share nothing and must not end in one story."""
    stock = speech(1, 1000)
    links = [printed(f"{at}", stock[at * 100 : at * 100 + 400]) for at in range(7)]
    for story in group_stories(links):
        places = [int(member.article_id) for member in story.members]
        assert max(places) - min(places) < 4


def test_order_does_not_matter_and_everybody_is_somewhere_once() -> None:
    prints = [printed(f"{seed}-{cut}", speech(seed, 200)[cut:]) for seed in range(12) for cut in (0, 5, 60)]
    expected = group_stories(prints)
    for seed in range(5):
        shuffled = random.Random(seed).sample(prints, len(prints))
        assert group_stories(shuffled) == expected
    members = [member.article_id for story in expected for member in story.members]
    assert sorted(members) == sorted(one.article_id for one in prints)
    assert len(expected) == 12


def test_stock_phrases_of_many_articles_bind_nothing() -> None:
    notice = speech(99, 30)
    prints = [printed(f"{seed:03}", speech(seed, 120) + notice) for seed in range(150)]
    assert len(group_stories(prints)) == 150


@pytest.mark.parametrize("count", [0, 1, 2])
def test_tiny_texts_are_their_own_stories(count: int) -> None:
    prints = [printed(f"{seed}", speech(seed, count)) for seed in range(5)]
    assert len(group_stories(prints)) == 5


def test_no_articles_no_stories() -> None:
    assert group_stories([]) == ()


def test_fingerprint_counts_prose_only(cleaner: Cleaner) -> None:
    text = "A headline over it\n\nThe envoys met on Tuesday and they parted on Wednesday without a word to anyone."
    article = cleaner.clean(RawDocument("s", "a", text.encode()), source_name="")
    assert isinstance(article, Article)
    found = fingerprint(article)
    assert found.words == 15
    assert found.signature == sample_shingles(words(text)[4:])


def test_a_sample_is_a_share_of_the_shingles_and_of_every_part() -> None:
    tokens = speech(5, 2000)
    whole, part = read_sample(sample_shingles(tokens)), read_sample(sample_shingles(tokens[:500]))
    assert 0.4 < len(whole) / 1996 < 0.6
    assert part < whole
    assert sample_shingles([]) == b""
    assert sample_shingles(tokens) == sample_shingles(list(tokens))


def test_importing_stories_pulls_in_nothing_heavy() -> None:
    heavy = "{'numpy', 'scipy', 'datasketch', 'trafilatura'}"
    code = f"import sys, bot.articles.stories; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_somebody_split_off_is_its_own_story_both_as_copy_and_as_lead() -> None:
    full = speech(1, 400)
    prints = [printed("full", full), printed("cut", full[:300]), printed("short", full[:90])]
    without_cut = group_stories(prints, alone={"cut", "gone"})
    assert {story.lead_id: len(story.members) for story in without_cut} == {"full": 2, "cut": 1}
    assert next(story for story in without_cut if story.lead_id == "cut").members[0].reason == SPLIT_OFF
    without_full = group_stories(prints, alone={"full"})
    assert {story.lead_id: len(story.members) for story in without_full} == {"full": 1, "cut": 2}
    assert group_stories(prints, alone=()) == group_stories(prints)
