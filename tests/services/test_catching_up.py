"""What is new for one member: since it last looked, in that server, and nothing twice."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.briefings.model import Briefing
from bot.services.catching_up import CatchUpService
from bot.services.results import BriefRequest, CatchUpRequest
from bot.storage.database import Database, open_database
from bot.wiring import open_app
from config.settings import load_settings
from tests.presentation.samples import BRIEFING
from tests.services.fakes import FakeClock
from tests.worlds import write_world

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
IDA, PER = 11, 12


class Desk:
    """Answers with an edition a request, numbered."""

    def __init__(self) -> None:
        self.asked: list[BriefRequest] = []

    async def brief(self, request: BriefRequest) -> Briefing:
        self.asked.append(request)
        return replace(BRIEFING, edition=f"B-{len(self.asked)}", composed_at=request.at)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(f"sqlite:///{tmp_path}/a.db")
    yield opened
    await opened.close()


async def test_since_the_last_look_and_without_what_was_shown(database: Database) -> None:
    desk, clock = Desk(), FakeClock(NOON)
    service = CatchUpService(members=database.members, brief=desk.brief, clock=clock)
    first = await service.catch_up(CatchUpRequest(IDA, guild_id=1))
    clock.move(hours=3)
    await service.catch_up(CatchUpRequest(IDA, guild_id=1))
    clock.move(hours=3)
    await service.catch_up(CatchUpRequest(PER, guild_id=1))
    await service.catch_up(CatchUpRequest(IDA, guild_id=2))
    await service.catch_up(CatchUpRequest(IDA))
    clock.move(days=100)
    await service.catch_up(CatchUpRequest(IDA, guild_id=1))
    new, again, other, elsewhere, outside, late = desk.asked
    assert (new.news_since, new.told, new.guild_id) == (None, (), 1)
    assert again.news_since == NOON - timedelta(minutes=5)
    assert again.told == (first.edition,)
    assert [(one.news_since, one.told) for one in (other, elsewhere, outside)] == [(None, ())] * 3
    assert late.told == ("B-1", "B-2")
    assert late.news_since == clock.now - timedelta(days=14, minutes=5)


async def test_a_page_of_it_is_the_same_as_then_and_no_further_look(database: Database) -> None:
    desk, clock = Desk(), FakeClock(NOON)
    service = CatchUpService(members=database.members, brief=desk.brief, clock=clock)
    await service.catch_up(CatchUpRequest(IDA, guild_id=1))
    clock.move(hours=3)
    second = await service.catch_up(CatchUpRequest(IDA, guild_id=1))
    clock.move(hours=3)
    await service.catch_up(CatchUpRequest(IDA, guild_id=1))
    await service.catch_up(CatchUpRequest(IDA, at=second.composed_at, guild_id=1))
    assert desk.asked[3] == desk.asked[1]
    looked_at, told = await database.members.looked(IDA, 1, clock.now + timedelta(days=1))
    assert (looked_at, told) == (clock.now, ("B-1", "B-2", "B-3"))


async def test_over_a_real_corpus_nothing_comes_twice_and_what_is_left_out_is_counted(tmp_path: Path) -> None:
    world = write_world(tmp_path)
    app = await open_app(load_settings(dossier=world.dossier, database_url=f"sqlite:///{tmp_path}/b.db"))
    try:
        await app.services.sources.reload()
        first = await app.services.catching_up.catch_up(CatchUpRequest(IDA, guild_id=1))
        told = {item.text for item in first.items}
        assert told
        (world.articles / "2025-05-09-post.txt").write_text(
            "Sudland answers\n\nNorland Post\n\n9 May 2025\n\n"
            "Jon Vesterby, the fisheries minister of Sudland, rejected the herring quota of Norland on Friday. "
            f"{next(iter(sorted(told)))}\n",
            encoding="utf-8",
        )
        await app.services.sources.reload()
        second = await app.services.catching_up.catch_up(CatchUpRequest(IDA, guild_id=1))
        assert second.items[0].text.startswith("Jon Vesterby, the fisheries minister of Sudland, rejected")
        assert not told & {item.text for item in second.items}
        assert second.counts.repeats >= 1
        third = await app.services.catching_up.catch_up(CatchUpRequest(IDA, guild_id=1))
        assert third.items == ()
        assert third.counts.repeats >= 2
        again = await app.services.catching_up.catch_up(CatchUpRequest(IDA, second.composed_at, 1))
        assert [item.text for item in again.items] == [item.text for item in second.items]
        other = await app.services.catching_up.catch_up(CatchUpRequest(PER, guild_id=1))
        assert other.counts.repeats == 0
    finally:
        await app.close()
