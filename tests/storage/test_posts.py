"""Posts that are out, on both engines: with the end of a delivery, whatever becomes of its schedule."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.schedules.model import DeliveryState, Posting, Telling
from bot.services.correction_ports import Post
from bot.storage.database import Database, open_database
from bot.storage.migrations import upgrade
from bot.storage.migrations.steps import revert
from tests.storage.samples import DAY, NOON, occurrence
from tests.storage.test_schedules import new_schedule

POST = Post(2**62, 2**61, 9, "B-1", "uk", NOON)


async def finished(database: Database, post: Post, *, removed: str | None = None) -> None:
    """A delivery that ended with this post; its schedule goes `before` or `after` that is recorded."""
    schedule = await database.schedules.add(new_schedule(), NOON)
    one = occurrence(schedule.id)
    await database.deliveries.claim(one, "w", NOON, late=False)
    if removed == "before":
        await database.schedules.remove(schedule.id)
    telling = Telling(post.channel_id, schedule.id, post.edition_id, NOON)
    await database.deliveries.finish(
        one, DeliveryState.SENT, NOON, message_id=post.message_id, posted_in=post.channel_id, telling=telling, post=post
    )
    if removed == "after":
        await database.schedules.remove(schedule.id)


@pytest.mark.parametrize("removed", [None, "before", "after"])
async def test_a_post_outlives_its_schedule(database: Database, removed: str | None) -> None:
    await finished(database, POST, removed=removed)
    assert await database.posts.showing(["B-1"], NOON) == (POST,)
    assert await database.posts.editions_since(NOON) == ("B-1",)


async def test_what_a_slower_worker_reports_is_no_other_post(database: Database) -> None:
    schedule = await database.schedules.add(new_schedule(), NOON)
    one = occurrence(schedule.id)
    await database.deliveries.claim(one, "w", NOON, late=False)
    for post in (POST, replace(POST, message_id=1)):
        await database.deliveries.finish(one, DeliveryState.SENT, NOON, message_id=post.message_id, post=post)
    assert await database.posts.showing(["B-1"], NOON) == (POST,)


async def test_posts_are_found_by_edition_and_time_and_pruned(database: Database, other: Database) -> None:
    later = replace(POST, message_id=7, edition_id="B-2", posted_at=NOON + DAY, member_id=5, guild_id=0)
    for post in (POST, POST, later, replace(later, message_id=8, edition_id="B-3")):
        await database.posts.keep(post)
    assert await other.posts.showing(["B-1", "B-2"], NOON) == (later, POST)
    assert await other.posts.showing(["B-1", "B-2"], NOON + DAY) == (later,)
    assert await other.posts.showing([], NOON) == ()
    assert await other.posts.editions_since(NOON + DAY) == ("B-2", "B-3")
    assert (await other.members.footprint(5)).numbers == {"posts": 2}
    await other.members.forget(5)
    assert await database.posts.prune(NOON + DAY) == 1
    assert await database.posts.editions_since(NOON) == ()


async def test_posts_of_before_are_taken_over(url: str) -> None:
    database, now = await open_database(url), datetime.now(UTC).replace(microsecond=0)
    new = replace(new_schedule(), posting=Posting(language="de"))
    schedule, plain = [await database.schedules.add(one, now) for one in (new, new_schedule())]
    for number, (of, age) in enumerate(((schedule, 1), (plain, 2), (schedule, 15)), start=1):
        one = replace(occurrence(of.id, day=number), due_at=now - age * timedelta(days=1))
        await database.deliveries.claim(one, "w", now, late=False)
        telling = Telling(100, of.id, f"B-{number}", now)
        await database.deliveries.finish(
            one, DeliveryState.SENT, now, message_id=number, posted_in=100, telling=telling
        )
    async with database.engine.writing() as connection:
        await connection.run_sync(revert, "0013")
        assert json.loads((await connection.scalar(text("SELECT posting FROM schedules ORDER BY id LIMIT 1"))) or "{}")
    await upgrade(database.engine)
    found = await database.posts.showing(["B-1", "B-2", "B-3"], now - timedelta(days=30))
    assert found == (
        Post(1, 100, schedule.guild_id, "B-1", "de", now - timedelta(days=1)),
        Post(2, 100, plain.guild_id, "B-2", "en", now - timedelta(days=2)),
    )
    await database.close()
