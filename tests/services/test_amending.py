"""Posts that are out: what was put right is noted beneath them, once, and after an outage too."""

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import replace

import pytest

from bot.briefings.editions import OUTSIDE
from bot.errors import ChannelGoneError, DeliveryFailedError
from bot.language.lexicon import Lexicon
from bot.services.amending import AmendingService
from bot.services.correction_ports import Post, Reason
from bot.services.corrections import Decision
from tests.presentation.samples import article
from tests.services.correction_desk import ANN, BEN, LINE, TEXT, Desk, open_desk


@pytest.fixture
async def desk(lexicon: Lexicon) -> AsyncIterator[Desk]:
    async with open_desk(lexicon) as desk:
        yield desk


async def test_posts_with_the_line_are_edited_where_the_correction_holds(desk: Desk) -> None:
    edition = await desk.edition()
    await desk.post(edition, 501, ANN)
    await desk.post(edition, 502, BEN)
    own = await desk.report(ANN)
    await desk.corrections.accept(own.number, Decision(speaker="vesterby"), guild_id=ANN)
    assert desk.amender.notes == [(501, (f"Line 1 is corrected (report No. {own.number}): speaker: Jon Vesterby.",))]
    desk.amender.notes.clear()
    everybodys = await desk.report(BEN)
    await desk.corrections.accept(everybodys.number, Decision(withdrawn=True))
    assert {message for message, _ in desk.amender.notes} == {501, 502}


async def test_posts_are_edited_once_when_a_publisher_takes_a_sentence_out(desk: Desk) -> None:
    await desk.post(await desk.edition(), 501, ANN)
    amending = desk.corrections.amending
    assert await amending.look_for_revisions() == 0
    desk.clock.move(hours=1)
    changed = article(TEXT.replace("not raise", "never raise"))
    await desk.store(replace(changed, content_hash="another"))
    assert await amending.look_for_revisions() == 1
    assert await amending.look_for_revisions() == 0
    ((message, notes),) = desk.amender.notes
    assert (message, len(notes)) == (501, 1)
    assert notes[0] == "Line 1 is withdrawn: its publisher has taken the sentence out since."
    (listed,) = await desk.corrections.list(BEN)
    assert (listed.reason, listed.text, listed.change) == (Reason.REVISION, LINE, "the publisher has taken it out")
    desk.clock.move(days=181)  # no edition is kept for so long
    await amending.look_for_revisions()
    assert await desk.corrections.list(BEN) == ()


async def test_posts_that_could_not_be_reached_are_edited_later_and_each_once(desk: Desk) -> None:
    edition = await desk.edition()
    for message_id in (501, 502, 503):
        await desk.post(edition, message_id, ANN)
    desk.amender.faults = {502: DeliveryFailedError(1, "outage"), 503: ChannelGoneError(1, "gone")}
    reported = await desk.report(ANN)
    await desk.corrections.accept(reported.number, Decision(withdrawn=True), guild_id=ANN)
    assert [message for message, _ in desk.amender.notes] == [501]
    await desk.corrections.amending.look_for_revisions()
    assert desk.amender.asked == 4  # 502 alone once more
    desk.amender.faults.clear()
    for _ in range(2):
        await desk.corrections.amending.look_for_revisions()
    assert [message for message, _ in desk.amender.notes] == [501, 502]
    assert desk.amender.asked == 5


async def test_a_publishers_change_is_noted_after_an_outage(desk: Desk) -> None:
    await desk.post(await desk.edition(), 501, ANN)
    await desk.store(replace(article(TEXT.replace("not raise", "never raise")), content_hash="another"))
    desk.amender.faults = {501: DeliveryFailedError(1, "outage")}
    assert await desk.corrections.amending.look_for_revisions() == 1
    assert desk.amender.notes == []
    desk.amender.faults.clear()
    assert await desk.corrections.amending.look_for_revisions() == 0
    assert [message for message, _ in desk.amender.notes] == [501]


async def test_what_was_accepted_where_nobody_edits_posts_is_noted_by_who_does(desk: Desk) -> None:
    database, clock = desk.database, desk.clock
    await desk.post(await desk.edition(), 501, ANN)
    reported = await desk.report()
    running = AmendingService(
        corpus=database.corpus,
        editions=database.editions,
        corrections=database.corrections,
        posts=database.posts,
        memory=database.memory,
        clock=clock,
    )
    running.write_through(desk.amender)
    desk.corrections.amending._amender = None  # the command line's
    await desk.corrections.accept(reported.number, Decision(speaker="vesterby"))
    assert desk.amender.notes == []
    for _ in range(2):
        await running.look_for_revisions()
    said = f"Line 1 is corrected (report No. {reported.number}): speaker: Jon Vesterby."
    assert desk.amender.notes == [(501, (said,))]


async def test_posts_outlive_the_schedule_that_made_them(desk: Desk) -> None:
    schedule_id = await desk.post(await desk.edition(), 501, ANN)
    assert await desk.database.schedules.remove(schedule_id)
    reported = await desk.report(ANN)
    await desk.corrections.accept(reported.number, Decision(withdrawn=True), guild_id=ANN)
    assert [message for message, _ in desk.amender.notes] == [501]


@pytest.mark.parametrize(("language", "begins"), [("de", "Zeile 1"), ("uk", "Рядок 1"), ("fr", "La ligne 1")])
async def test_a_note_is_in_the_language_of_its_post(desk: Desk, language: str, begins: str) -> None:
    await desk.post(await desk.edition(), 501, ANN, language)
    reported = await desk.report(ANN)
    await desk.corrections.accept(reported.number, Decision(speaker="vesterby"), guild_id=ANN)
    ((_, (note,)),) = desk.amender.notes
    assert note.startswith(begins)
    assert "Jon Vesterby" in note
    assert str(reported.number) in note


async def test_messages_that_are_watched_are_edited_as_scheduled_posts_are(desk: Desk) -> None:
    edition, now = await desk.edition(), desk.clock.now
    shared, direct = Post(601, 5, ANN, edition, "en", now), Post(602, 6, OUTSIDE, edition, "en", now, member_id=7)
    for post in (shared, direct, direct):
        await desk.corrections.amending.watch(post)
    own = await desk.report(ANN)
    await desk.corrections.accept(own.number, Decision(speaker="vesterby"), guild_id=ANN)
    assert [message for message, _ in desk.amender.notes] == [601]  # a server's own decision is not everybody's
    everybodys = await desk.report()
    await desk.corrections.accept(everybodys.number, Decision(withdrawn=True))
    assert [message for message, _ in desk.amender.notes] == [601, 601, 602]
    assert (await desk.database.members.footprint(7)).numbers == {"posts": 1}
    await desk.database.members.forget(7)
    assert (await desk.database.members.footprint(7)).numbers == {}
    kept = await desk.database.posts.showing([edition], now)
    assert [post.message_id for post in kept] == [601]


async def test_old_posts_are_left_alone(desk: Desk) -> None:
    await desk.post(await desk.edition(), 501, ANN)
    desk.clock.move(days=15)
    reported = await desk.report(ANN)
    await desk.corrections.accept(reported.number, Decision(withdrawn=True), guild_id=ANN)
    assert desk.amender.notes == []


async def test_articles_are_read_again_only_when_something_changed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read, edition = list[object](), await desk.edition()
    texts = desk.database.corpus.texts

    async def counted(article_ids: Collection[str]) -> Mapping[str, str]:
        read.append(article_ids)
        return await texts(article_ids)

    monkeypatch.setattr(desk.database.corpus, "texts", counted)
    for message_id, looks_at in ((501, 1), (502, 1)):  # a second post of an edition that is looked at already
        await desk.post(edition, message_id, ANN)
        for _ in range(2):
            await desk.corrections.amending.look_for_revisions()
        assert len(read) == looks_at
    await desk.store(article(f"A line above. {TEXT}"))
    await desk.corrections.amending.look_for_revisions()
    assert len(read) == 2
