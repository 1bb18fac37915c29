"""What /prove says of a line that was withdrawn or put right: by whom, after which report, when."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.briefings.editions import EditionKind
from bot.briefings.proofs import LineState, Proof
from bot.catalogues import speaking
from bot.language.lexicon import Lexicon
from bot.presentation.proof_page import line_label, proof_page
from bot.presentation.text import page_text
from bot.services.corrections import Decision
from tests.presentation.samples import article
from tests.services.correction_desk import ANN, BEN, DOSSIER, LINE, TEXT, Desk, open_desk


@pytest.fixture
async def desk(lexicon: Lexicon) -> AsyncIterator[Desk]:
    async with open_desk(lexicon) as desk:
        yield desk


def words(proof: Proof) -> str:
    return page_text(proof_page(proof, DOSSIER), 400)


async def states(desk: Desk, edition: str, guild_id: int | None) -> tuple[LineState, ...]:
    return (await desk.proofs.check(edition, guild_id))[1]


async def test_a_line_that_an_admin_withdrew_is_told_of_and_not_repeated(desk: Desk) -> None:
    edition = await desk.edition()
    reported = await desk.report(ANN)
    desk.clock.move(hours=1)
    await desk.corrections.accept(reported.number, Decision(withdrawn=True), guild_id=ANN)
    proof = await desk.proofs.prove(edition, 1, ANN)
    said = words(proof)
    assert proof.state is LineState.RETRACTED
    assert f"Withdrawn on this server: an admin accepted report No. {reported.number} on 20 Aug 2025" in said
    assert LINE not in said
    assert "What the rules read in it" not in said
    assert await states(desk, edition, ANN) == (LineState.RETRACTED,)
    assert "does not stand any more" in line_label(1, proof.line, proof.state)[1]
    elsewhere = await desk.proofs.prove(edition, 1, BEN)
    assert (elsewhere.state, elsewhere.rulings) == (LineState.HOLDS, ())
    assert await states(desk, edition, BEN) == (LineState.HOLDS,)


async def test_what_the_operator_withdrew_is_withdrawn_for_everybody(desk: Desk) -> None:
    edition = await desk.edition()
    reported = await desk.report(ANN)
    await desk.corrections.accept(reported.number, Decision(withdrawn=True, of="lind"))
    for guild_id in (None, ANN, BEN):
        proof = await desk.proofs.prove(edition, 1, guild_id)
        assert proof.state is LineState.RETRACTED
        assert f"Withdrawn for everybody: the operator accepted report No. {reported.number}" in words(proof)


async def test_an_attribution_that_was_put_right_is_told_with_what_it_is_now(desk: Desk) -> None:
    edition = await desk.edition()
    reported = await desk.report(ANN)
    await desk.corrections.accept(reported.number, Decision(speaker="vesterby", stance="for"), guild_id=ANN)
    proof = await desk.proofs.prove(edition, 1, ANN)
    said = words(proof)
    assert proof.state is LineState.HOLDS
    assert LINE in said
    assert f"Corrected on this server: an admin accepted report No. {reported.number} on 20 Aug 2025" in said
    assert "speaker: Jon Vesterby; stance: in favour" in said
    with speaking("de"):
        assert "Sprecher: Jon Vesterby; Haltung: dafür" in words(proof)
    assert (await desk.proofs.prove(edition, 1, BEN)).rulings == ()


async def test_a_rejected_report_says_nothing(desk: Desk) -> None:
    edition = await desk.edition()
    reported = await desk.report(ANN)
    await desk.corrections.reject(reported.number, guild_id=ANN)
    assert (await desk.proofs.prove(edition, 1, ANN)).rulings == ()


async def test_a_sentence_that_its_outlet_removed_is_withdrawn_by_it(desk: Desk) -> None:
    edition = await desk.edition()
    desk.clock.move(days=1)
    await desk.store(replace(article(TEXT.replace("not raise", "never raise")), content_hash="another"))
    desk.clock.move(days=1)
    await desk.store(replace(article(TEXT.replace("not raise", "hardly raise")), content_hash="a third"))
    proof = await desk.proofs.prove(edition, 1)
    assert proof.state is LineState.CHANGED
    outlet = proof.citation.outlet
    assert f"Withdrawn: {outlet} removed this sentence; I first read the text without it on 21 Aug 2025" in words(proof)
    assert LINE not in words(proof)


async def test_an_outlet_that_removes_what_an_admin_withdrew_is_told_first(desk: Desk) -> None:
    edition = await desk.edition()
    reported = await desk.report(ANN)
    await desk.corrections.accept(reported.number, Decision(withdrawn=True), guild_id=ANN)
    await desk.store(replace(article(TEXT.replace("not raise", "never raise")), content_hash="another"))
    proof = await desk.proofs.prove(edition, 1, ANN)
    assert proof.state is LineState.CHANGED
    assert [one.number for one in proof.rulings] == [reported.number]


async def test_a_line_that_was_read_anew_says_what_is_read_in_it_by_now(desk: Desk) -> None:
    edition = await desk.edition()
    await desk.store(replace(article(TEXT.replace("Nobody disagreed", "All agreed")), content_hash="another"))
    proof = await desk.proofs.prove(edition, 1)
    assert (proof.state, proof.rulings) == (LineState.HOLDS, ())
    assert "Mara Lind on" in words(proof)
    assert "No statement any more" in words(replace(proof, statements=()))
    unread = replace(proof.edition, kind=EditionKind.BRIEFING)
    assert "it was chosen for what it tells" in words(replace(proof, edition=unread, statements=()))
