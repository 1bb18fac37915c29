"""Reports, what admins make of them, and that what was put right holds wherever statements are read."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.errors import InvalidInputError, NotFoundError
from bot.language.lexicon import Lexicon
from bot.positions.cases import Verdict
from bot.positions.model import Stance
from bot.services.correction_ports import Reason
from bot.services.corrections import Decision
from bot.services.results import AskRequest, QuotesRequest
from tests.presentation.samples import article
from tests.services.correction_desk import ANN, BEN, DOSSIER, FIRST, LINE, TEXT, Desk, open_desk


@pytest.fixture
async def desk(lexicon: Lexicon) -> AsyncIterator[Desk]:
    async with open_desk(lexicon) as desk:
        yield desk


async def test_a_report_waits_for_the_servers_admins_and_the_operator(desk: Desk) -> None:
    reported = await desk.report(ANN)
    assert (reported.text, reported.reason, reported.note, reported.reported_by) == (
        LINE,
        Reason.SPEAKER,
        "it was he",
        5,
    )
    assert await desk.report(ANN) == reported
    assert await desk.corrections.queue(ANN) == await desk.corrections.queue(None) == (reported,)
    assert await desk.corrections.queue(BEN) == ()
    for number in (reported.number, 999):
        with pytest.raises(NotFoundError):
            await desk.corrections.accept(number, Decision(withdrawn=True), guild_id=BEN)
    with pytest.raises(InvalidInputError):
        await desk.corrections.report(await desk.edition(), 2, Reason.OTHER, "")


@pytest.mark.parametrize(("guild", "seen_by"), [(ANN, {ANN}), (None, {ANN, BEN, None})])
async def test_another_speaker_holds_for_the_server_or_for_all(
    desk: Desk, guild: int | None, seen_by: set[int | None]
) -> None:
    reported = await desk.report(guild)
    done = await desk.corrections.accept(reported.number, Decision(speaker="Vesterby"), guild_id=guild, user_id=9)
    assert done.change == "speaker: Jon Vesterby"
    for one in (ANN, BEN, None):
        is_right = one in seen_by
        assert await desk.quoted("lind", one) == ([] if is_right else [LINE])
        assert await desk.quoted("vesterby", one) == ([LINE] if is_right else [])
    assert {one for one in (ANN, BEN, None) if await desk.corrections.list(one)} == seen_by
    answer = await desk.evidence.quotes(QuotesRequest("vesterby", guild_id=guild))
    (saying,) = answer.sayings
    assert saying.evidence.statement.corrected == ("the operator" if guild is None else "this server's admins")
    assert await desk.audience.normal(ANN) == (ANN if guild == ANN else None)


async def test_nobody_and_withdrawn_show_it_under_no_one(desk: Desk) -> None:
    nobody = await desk.report()
    await desk.corrections.accept(nobody.number, Decision(speaker="nobody"))
    assert await desk.quoted("lind") == []
    assert await desk.stances("lind") == []


async def test_a_withdrawn_line_is_quoted_by_nothing(desk: Desk) -> None:
    reported = await desk.report(reason=Reason.TEXT)
    await desk.corrections.accept(reported.number, Decision(withdrawn=True))
    assert await desk.quoted("lind") == []
    (stored,) = await (await desk.audience.corpus(None)).articles_between(None, None, undated=True)
    gone = [stored.reading.sentences[index].span.of(TEXT) for index in stored.reading.withdrawn]
    assert gone == [LINE]
    assert stored.reading.statements == ()


async def test_another_stance(desk: Desk) -> None:
    before = await desk.stances("lind")
    reported = await desk.report(reason=Reason.STANCE)
    await desk.corrections.accept(reported.number, Decision(stance="against"))
    assert before == [Stance.UNCLEAR]
    assert await desk.stances("lind") == [Stance.AGAINST]


async def test_a_later_correction_keeps_what_an_earlier_one_put_right(desk: Desk) -> None:
    edition = await desk.edition()
    speaker = await desk.corrections.report(edition, 1, Reason.SPEAKER, "")
    stance = await desk.corrections.report(edition, 1, Reason.STANCE, "")
    await desk.corrections.accept(speaker.number, Decision(speaker="vesterby"))
    await desk.corrections.accept(stance.number, Decision(stance="against", of="vesterby"))  # as it is shown by now
    (case, _) = map(json.loads, (await desk.corrections.export()).splitlines())
    assert case["was"] == "lind"
    assert (await desk.stances("vesterby"), await desk.quoted("vesterby")) == ([Stance.AGAINST], [LINE])
    assert (await desk.stances("lind"), await desk.quoted("lind")) == ([], [])


async def test_the_rules_speaker_still_names_a_corrected_statement(desk: Desk) -> None:
    edition = await desk.edition()
    speaker = await desk.corrections.report(edition, 1, Reason.SPEAKER, "")
    stance = await desk.corrections.report(edition, 1, Reason.STANCE, "")
    await desk.corrections.accept(speaker.number, Decision(speaker="vesterby"))
    await desk.corrections.accept(stance.number, Decision(stance="against", of="lind"))
    assert await desk.stances("vesterby") == [Stance.AGAINST]


async def test_a_servers_stance_does_not_bring_back_what_the_operator_withdrew(desk: Desk) -> None:
    edition = await desk.edition(ANN)
    stance = await desk.corrections.report(edition, 1, Reason.STANCE, "", guild_id=ANN)
    text = await desk.corrections.report(edition, 1, Reason.TEXT, "", guild_id=ANN)
    await desk.corrections.accept(text.number, Decision(withdrawn=True, of="lind"))
    await desk.corrections.accept(stance.number, Decision(stance="against"), guild_id=ANN)
    assert await desk.quoted("lind", ANN) == await desk.quoted("lind", BEN) == []


async def test_a_withdrawn_line_is_found_by_no_search_where_that_holds(desk: Desk) -> None:
    assert await desk.found("quota", None, ANN) == await desk.found("quota", "lind", ANN) == [LINE]
    reported = await desk.report(ANN, Reason.TEXT)
    await desk.corrections.accept(reported.number, Decision(withdrawn=True), guild_id=ANN)
    assert await desk.found("quota", None, ANN) == await desk.found("quota", "lind", ANN) == []
    assert (await desk.searching.ask(AskRequest("What about the quota?", guild_id=ANN))).hits == ()
    assert await desk.found("ministers", None, ANN) == [FIRST]
    assert await desk.found("quota", None, BEN) == await desk.found("quota", "lind", BEN) == [LINE]


async def test_a_search_finds_a_statement_under_whom_it_was_given_to(desk: Desk) -> None:
    assert await desk.found("quota", "vesterby") == []
    reported = await desk.report()
    await desk.corrections.accept(reported.number, Decision(speaker="vesterby"))
    assert await desk.found("quota", "vesterby") == [LINE]
    assert await desk.found("quota", "lind") == []
    assert await desk.found("ministers", "vesterby") == []  # not what only stands beside it
    assert await desk.found("quota") == [LINE]


async def test_an_override_survives_a_new_reading_and_lapses_with_its_sentence(desk: Desk) -> None:
    reported = await desk.report()
    await desk.corrections.accept(reported.number, Decision(speaker="vesterby"))
    await desk.store(article(f"A line above. {TEXT}"))
    assert await desk.quoted("vesterby") == [LINE]
    await desk.store(article(TEXT.replace("not raise", "never raise")))
    assert await desk.quoted("vesterby") == []
    assert await desk.quoted("lind") == [LINE.replace("not raise", "never raise")]


@pytest.mark.parametrize(
    "decision",
    [
        Decision(),
        Decision(speaker="vesterby", withdrawn=True),
        Decision(stance="perhaps"),
        Decision(speaker="vesterby", of="vesterby"),
    ],
)
async def test_what_can_not_be_meant_is_refused_and_the_report_waits_on(desk: Desk, decision: Decision) -> None:
    reported = await desk.report()
    with pytest.raises(InvalidInputError):
        await desk.corrections.accept(reported.number, decision)
    assert await desk.corrections.queue(None) == (reported,)


async def test_a_report_is_decided_once(desk: Desk) -> None:
    reported = await desk.report(ANN)
    await desk.corrections.reject(reported.number, guild_id=ANN, user_id=9)
    with pytest.raises(InvalidInputError, match="rejected already"):
        await desk.corrections.accept(reported.number, Decision(withdrawn=True), guild_id=ANN)
    assert await desk.quoted("lind", ANN) == [LINE]
    assert await desk.corrections.list(ANN) == ()


async def test_accepted_reports_are_regression_cases(desk: Desk) -> None:
    reported = await desk.report()
    await desk.corrections.accept(reported.number, Decision(speaker="vesterby", stance="for"))
    (case,) = map(json.loads, (await desk.corrections.export()).splitlines())
    assert (case["sentence"], case["was"], case["reason"]) == (LINE, "lind", "speaker")
    assert case["expected"] == {"withdrawn": False, "speaker": "vesterby", "stance": "for"}
    start, end = case["span"]
    assert case["sentence"][start:end] == case["content"] == "We will not raise the quota,"


async def test_a_member_can_be_taken_out_of_what_was_reported_and_decided(desk: Desk) -> None:
    reported = await desk.report(ANN)
    await desk.corrections.reject(reported.number, guild_id=ANN, user_id=5)
    assert (await desk.database.members.footprint(5)).numbers == {"reports": 1, "decisions": 1}
    await desk.database.members.forget(5)
    assert (await desk.database.members.footprint(5)).numbers == {}


async def test_exported_cases_are_replayed_against_what_the_rules_read(desk: Desk) -> None:
    reported = await desk.report(ANN)
    await desk.corrections.accept(reported.number, Decision(speaker="vesterby"), guild_id=ANN)
    servers, operators = await desk.corrections.export(ANN), await desk.corrections.export()
    assert operators == ""  # it holds on that server alone
    assert "text" not in json.loads(servers)  # whole articles are not handed out to servers
    ((sentence, judged),) = await desk.corrections.replay(servers)
    assert (sentence, judged.verdict) == (LINE, Verdict.WRONG)  # the rules still say it is hers
    right = servers.replace('"speaker": "vesterby"', '"speaker": "lind"')
    assert [one.verdict for _, one in await desk.corrections.replay(right + "\n")] == [Verdict.RIGHT]
    await desk.store(replace(article(TEXT.replace("not raise", "never raise")), content_hash="another"))
    assert [one.verdict for _, one in await desk.corrections.replay(servers)] == [Verdict.GONE]


async def test_the_operators_export_brings_the_text_along(desk: Desk) -> None:
    reported = await desk.report(ANN)
    await desk.corrections.accept(reported.number, Decision(withdrawn=True))
    cases = [json.loads(line) for line in (await desk.corrections.export()).splitlines()]
    assert {case["text"] for case in cases} == {TEXT}
    assert {case["dossier"] for case in cases} == {DOSSIER.id}


@pytest.mark.parametrize("content", ["no json", "[1]", '{"sentence": "x"}'])
async def test_what_is_no_export_is_not_replayed(desk: Desk, content: str) -> None:
    with pytest.raises(InvalidInputError, match="line 1"):
        await desk.corrections.replay(content)
