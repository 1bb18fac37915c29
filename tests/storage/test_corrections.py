"""What is kept of corrections, on both engines."""

from dataclasses import replace

from bot.positions.overrides import Override
from bot.services.correction_ports import Correction, CorrectionState, Reason
from bot.storage.database import Database
from tests.storage.samples import DAY, NOON

ACCEPTED, OPEN, REJECTED = CorrectionState.ACCEPTED, CorrectionState.OPEN, CorrectionState.REJECTED


def correction(line: int, state: CorrectionState, *overrides: Override, reason: Reason = Reason.SPEAKER) -> Correction:
    return Correction(
        number=0,
        guild_id=1,
        edition_id="B-1",
        line=line,
        article_id="a1",
        text="A line.",
        source="Post",
        reason=reason,
        note="",
        reported_by=5,
        reported_at=NOON,
        state=state,
        decided_by=None if state is OPEN else 6,
        decided_at=None if state is OPEN else NOON,
        overrides=overrides,
    )


def override(text: str) -> Override:
    return Override(0, 1, "a1", text, "", None, withdrawn=True)


async def test_only_what_was_put_right_and_accepted_holds(database: Database) -> None:
    one, two, three = map(override, ("One.", "Two.", "Three."))
    for each in (
        correction(1, ACCEPTED, one),
        correction(2, ACCEPTED, reason=Reason.REVISION),
        correction(3, OPEN, three),
        correction(4, REJECTED, three),
        correction(5, ACCEPTED, two, three),
    ):
        await database.corrections.add(each)
    assert await database.corrections.holding() == (two, three, one)


async def test_only_old_notes_of_what_publishers_changed_are_forgotten(database: Database) -> None:
    revision = correction(1, ACCEPTED, reason=Reason.REVISION)
    for each in (
        revision,
        replace(revision, line=2, decided_at=NOON + DAY),
        correction(3, ACCEPTED, override("One.")),
        correction(4, OPEN),
    ):
        await database.corrections.add(each)
    assert await database.corrections.prune_revisions(NOON + DAY) == 1
    assert await database.corrections.prune_revisions(NOON + DAY) == 0
    assert {one.line for one in await database.corrections.all(ACCEPTED)} == {2, 3}
    assert len(await database.corrections.all(OPEN)) == 1
