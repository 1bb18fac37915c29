"""A fold that goes on from the last one gives what folding everything anew would, after any sequence of changes."""

import random
import struct
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from bot.articles.refolding import KeptFold, Refolded
from bot.articles.shared_keys import COMMONEST
from bot.articles.shingles import KEYS_BELOW
from bot.articles.stories import Fingerprint, group_stories

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
BLOCKS = 60  # stretches of text that articles are made of; some stand in about as many as still link articles


class Press:
    """Prints articles that share stretches of text, by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        blocks = self.chance.sample(range(0, 2 * KEYS_BELOW, 2), BLOCKS * 30)
        self.blocks = [blocks[at * 30 : (at + 1) * 30] for at in range(BLOCKS)]

    def article(self, number: int) -> Fingerprint:
        common = [self.blocks[at] for at in (0, 1) if self.chance.random() < 0.5]
        rare = self.chance.sample(self.blocks[2:], self.chance.randint(1, 3))
        own = self.chance.sample(range(0, 2 * KEYS_BELOW, 2), self.chance.randint(0, 900))
        shared = {key for block in (*common, *rare) for key in block if self.chance.random() < 0.9}
        hashes = sorted(shared | set(own))
        return Fingerprint(
            f"a{number:03}",
            "s1",
            len(hashes) * 2 + self.chance.randint(0, 3),
            self.chance.choice((None, NOON + timedelta(hours=self.chance.randint(0, 9)))),
            self.chance.choice((None, "Norland Post", "Coast Herald")),
            struct.pack(f"<{len(hashes)}I", *hashes),
            self.chance.choice((None, None, "NPA")),
        )


def refolded(kept: KeptFold, stored: Mapping[str, Fingerprint], changed: set[str], gone: set[str]) -> Refolded:
    """Fold what changed as a load does."""
    steps = kept.refold([stored[one] for one in sorted(changed)], gone)
    try:
        wanted = next(steps)
        while True:
            wanted = steps.send([stored[one] for one in sorted(wanted)])
    except StopIteration as end:
        result: Refolded = end.value
        return result


@pytest.mark.parametrize("seed", range(25))
def test_after_any_changes_the_stories_are_those_of_a_whole_fold(seed: int) -> None:
    press = Press(seed)
    stored = {(one := press.article(number)).article_id: one for number in range(2 * COMMONEST)}
    alone = set(press.chance.sample(sorted(stored), 2)) if seed % 3 == 0 else set()
    known = {story.lead_id: story for story in group_stories(stored.values(), alone)}
    kept = KeptFold(tuple(stored.values()), alone, tuple(known.values()))
    for step in range(8):
        gone = set(press.chance.sample(sorted(stored), press.chance.randint(0, 3)))
        for old in gone:
            del stored[old]
        changed = set(press.chance.sample(sorted(stored), press.chance.randint(0, 3)))
        changed |= {f"a{200 + 10 * step + number}" for number in range(press.chance.randint(0, 3))}
        stored |= {one: press.article(int(one[1:])) for one in changed}
        found = refolded(kept, stored, changed, gone)

        whole = group_stories(stored.values(), alone)
        known = {
            lead: story
            for lead, story in known.items()
            if not {member.article_id for member in story.members} & (found.among | gone)
        }
        assert {member.article_id for story in found.stories for member in story.members} == found.among
        known |= {story.lead_id: story for story in found.stories}
        assert tuple(known[lead] for lead in sorted(known)) == whole
        assert kept.ids == stored.keys()
        copies = {member.article_id for story in whole for member in story.members[1:]}
        assert kept.copies == copies


def test_nothing_is_looked_at_that_shares_nothing() -> None:
    press = Press(1)
    apart = {
        f"a{number:03}": Fingerprint(
            f"a{number:03}", "s1", 9, NOON, None, struct.pack("<20I", *range(number * 100, number * 100 + 40, 2))
        )
        for number in range(50)
    }
    kept = KeptFold(tuple(apart.values()), (), group_stories(apart.values()))
    assert refolded(kept, apart | {"a007": apart["a007"]}, {"a007"}, set()).among == {"a007"}
    new = press.article(99)
    assert refolded(kept, apart | {"a099": new}, {"a099"}, set()).among == {"a099"}


KEY, OTHER = 0, KEYS_BELOW  # hashes from here on are keys that link texts, or are not


def made(name: str, *hashes: int, words: int) -> Fingerprint:
    return Fingerprint(name, "s1", words, NOON, None, struct.pack(f"<{len(hashes)}I", *sorted(hashes)))


def folded_on(before: list[Fingerprint], after: list[Fingerprint]) -> tuple[tuple[str, ...], ...]:
    """The stories of `after`, gone on from `before`, as ids; and they are those of a whole fold."""
    old, new = ({one.article_id: one for one in some} for some in (before, after))
    known = {story.lead_id: story for story in group_stories(before)}
    kept = KeptFold(before, (), tuple(known.values()))
    gone = old.keys() - new.keys()
    found = refolded(kept, new, {one for one in new if old.get(one) != new[one]}, set(gone))
    changed = found.among | gone
    left = [one for one in known.values() if changed.isdisjoint(member.article_id for member in one.members)]
    stories = tuple(sorted((*left, *found.stories), key=lambda story: story.lead_id))
    assert stories == group_stories(after)
    return tuple(tuple(member.article_id for member in story.members) for story in stories if len(story.members) > 1)


def test_a_key_that_becomes_common_links_nothing_any_more_and_again_when_it_is_rarer() -> None:
    shared = [KEY, *(OTHER + 2 * at for at in range(8))]
    pair = [made("x", *shared, words=90), made("y", *shared, words=80)]
    others = [made(f"o{at}", KEY, KEY + 100 + 2 * at, words=10 + at) for at in range(COMMONEST - 1)]
    assert folded_on([*pair, *others], [*pair, *others[:-1]]) == (("x", "y"),)
    assert folded_on([*pair, *others[:-1]], [*pair, *others]) == ()


def test_who_was_led_to_a_lead_by_another_is_looked_at_when_the_lead_changes() -> None:
    told = [OTHER + 2 * at for at in range(12)]
    lead, between = made("x", KEY, *told, words=90), made("m", KEY, KEY + 2, *told, words=80)
    last = made("y", KEY + 2, *told[:8], words=70)
    assert folded_on([between, last], [lead, between, last]) == (("x", "m", "y"),)
    assert folded_on([lead, made("m", KEY, *told, words=80), last], [lead, between, last]) == (("x", "m", "y"),)
    other = made("x", KEY, *told[6:], *(OTHER + 1000 + 2 * at for at in range(6)), words=90)
    assert folded_on([lead, between, last], [other, between, last]) == (("x", "m"),)
    assert folded_on([lead, between, last], [between, last]) == (("m", "y"),)
    assert folded_on([lead, between, last], [lead, last]) == ()
