"""What an article said before is kept when its publisher changes it, and goes with it."""

from dataclasses import replace

from bot.services.ports import Revision
from bot.storage.database import Database
from tests.storage.samples import DAY, NOON, TEXT, article, entry


async def test_only_a_publishers_change_makes_a_revision(database: Database) -> None:
    corpus, first = database.corpus, article()
    await corpus.save([entry(first)])
    await corpus.save([entry(first, analyser="rules-2", first_seen_at=NOON + DAY)])
    await corpus.save([entry(replace(first, text=TEXT + "!"), analyser="rules-3", first_seen_at=NOON + DAY)])
    assert await corpus.revisions(first.id) == ()
    for number in (2, 3):
        changed = replace(first, text=f"{TEXT} {number}", content_hash=f"other{number}")
        await corpus.save([entry(changed, first_seen_at=NOON + number * DAY)])
    former = await corpus.revisions(first.id)
    assert former == (Revision(NOON + 3 * DAY, f"{TEXT} 2"), Revision(NOON + 2 * DAY, TEXT + "!"))
    assert await corpus.without([first.source_id]).revisions(first.id) == ()
    await corpus.remove(first.source_id, [first.location])
    assert await corpus.revisions(first.id) == ()
