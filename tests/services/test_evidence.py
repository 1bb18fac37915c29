"""Quotes, timelines, shifts and comparisons, from articles to answers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.articles.model import DatePrecision, Published
from bot.dossier import Actor, ActorKind, Dossier, Topic
from bot.errors import InvalidInputError, NotFoundError
from bot.language.lexicon import Lexicon
from bot.positions.answers import Refusal, Verdict
from bot.services.evidence import SHOWN, EvidenceService
from bot.services.results import CompareRequest, QuotesRequest, ShiftsRequest, TimelineRequest
from bot.storage.database import open_database
from tests.presentation.samples import article
from tests.services.test_proofs import Desk

Ask = Callable[[EvidenceService], Awaitable[object]]

DAY = datetime(2031, 5, 1, tzinfo=UTC)
DOSSIER = Dossier(
    id="herring",
    title="Herring talks",
    language="en",
    sources=(),
    actors=(
        Actor("norland", "Norland", ActorKind.STATE),
        Actor("lind", "Mara Lind", ActorKind.PERSON, ("Lind",), "minister", "norland"),
        Actor("berg", "Ole Berg", ActorKind.PERSON, ("Berg",), "envoy", "norland"),
        Actor("vesterby", "Jon Vesterby", ActorKind.PERSON, ("Vesterby",), "minister"),
    ),
    topics=(
        Topic("quota", "Quota", ("quota",), "The quota is raised."),
        Topic("ports", "Ports", ("port", "ports"), "The ports are opened."),
        Topic("patrols", "Patrols", ("patrols",)),
    ),
    digest="d",
)
# Day after the first, outlet, text. None: undated.
ARTICLES: tuple[tuple[int | None, str, str], ...] = (
    (0, "Post", "“We will never raise the quota for anybody,” Mara Lind said. Jon Vesterby backs a higher quota."),
    (1, "Herald", "Mara Lind said: “We will never raise the quota for anybody.” She left."),
    (2, "Times", "“We will never raise the quota,” Mara Lind told the newspaper."),
    (3, "Post", "Ole Berg said that he supports a higher quota. Mara Lind said that she would open the ports."),
    (9, "Post", "“I support a higher quota,” Mara Lind said. Jon Vesterby said that he backs a higher quota."),
    (None, "Almanac", "Élodie Roux, a fisher, said: “The ports’ patrols come at night.”"),
)


@pytest.fixture
async def evidence(lexicon: Lexicon) -> AsyncIterator[EvidenceService]:
    database = await open_database("sqlite://")
    desk = Desk(database, lexicon, DOSSIER)
    desk.now = DAY + timedelta(days=10)
    await desk.store(
        *(
            article(
                text,
                id=f"a{number}",
                location=f"{number}.txt",
                outlet=outlet,
                published=None if day is None else Published(DAY + timedelta(days=day), DatePrecision.DAY),
            )
            for number, (day, outlet, text) in enumerate(ARTICLES)
        )
    )
    desk.names.learn_speakers(await database.corpus.speakers())
    yield desk.evidence
    await database.close()


async def test_the_same_words_in_several_outlets_are_one_quote(evidence: EvidenceService) -> None:
    answer = await evidence.quotes(QuotesRequest("lind"))
    newest, repeated = answer.sayings
    assert newest.evidence.text == "“I support a higher quota,” Mara Lind said."
    assert repeated.evidence.citation.outlet == "Post"
    assert [other.citation.outlet for other in repeated.others] == ["Herald", "Times"]
    assert repeated.independent == 3
    assert not answer.has_more


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("never raise the quota", 1),
        ("NEVER   raise", 1),
        ("nev", 1),
        ("ever raise", 0),  # words begin where they begin
        ("said", 0),  # outside the marks
        ("raise never", 0),
        ("the ports' patrols", 1),  # typed with a straight apostrophe
        ("100%", 0),
    ],
)
async def test_words_are_sought_within_the_marks(evidence: EvidenceService, text: str, found: int) -> None:
    assert len((await evidence.quotes(QuotesRequest(text=text))).sayings) == found


async def test_quotes_of_a_state_are_its_officials_and_of_others_by_name(evidence: EvidenceService) -> None:
    assert len((await evidence.quotes(QuotesRequest("norland"))).sayings) == 2
    (other,) = (await evidence.quotes(QuotesRequest("elodie roux"))).sayings
    assert other.evidence.citation.published is None
    assert (await evidence.quotes(QuotesRequest(topic="patrols"))).sayings == (other,)


async def test_a_timeline_is_newest_first_and_undated_last(evidence: EvidenceService) -> None:
    sayings = (await evidence.timeline(TimelineRequest(topic="quota"))).sayings
    dates = [one.evidence.citation.published for one in sayings]
    days = [date.at for date in dates if date]
    assert days == sorted(days, reverse=True)
    assert len({(one.evidence.statement.speaker.actor_id, one.evidence.text) for one in sayings}) == len(sayings) > 3
    everything = (await evidence.timeline(TimelineRequest(topic="ports"))).sayings
    assert everything[-1].evidence.citation.outlet == "Almanac"


async def test_a_timeline_of_one_on_one_topic(evidence: EvidenceService) -> None:
    answer = await evidence.timeline(TimelineRequest("vesterby", "quota"))
    assert answer.holder is not None
    assert answer.holder.name == "Jon Vesterby"
    assert {one.evidence.statement.speaker.actor_id for one in answer.sayings} == {"vesterby"}
    assert (await evidence.timeline(TimelineRequest("vesterby", "ports"))).sayings == ()


async def test_shifts_are_told_from_two_spokesmen_who_differ(evidence: EvidenceService) -> None:
    ledger = await evidence.shifts(ShiftsRequest())
    assert [(shift.holder.name, shift.topic_id) for shift in ledger.shifts] == [("Mara Lind", "quota")]
    spokesmen = [one for one in ledger.unmoved if one.refusal is Refusal.SPEAKER]
    assert [(one.holder.name, one.before.citation.outlet, one.after.citation.outlet) for one in spokesmen] == [
        ("Norland", "Times", "Post")
    ]


@pytest.mark.parametrize(("since", "shifts"), [("all", 1), ("7d", 1), ("2031-05-10", 1), ("12h", 0)])
async def test_shifts_since(evidence: EvidenceService, since: str, shifts: int) -> None:
    assert len((await evidence.shifts(ShiftsRequest(since))).shifts) == shifts


async def test_two_side_by_side(evidence: EvidenceService) -> None:
    answer = await evidence.compare(CompareRequest("Lind", "Vesterby"))
    verdicts = {row.topic_id: row.verdict for row in answer.rows}
    assert verdicts == {"quota": Verdict.SAME, "ports": Verdict.ONE_SILENT}
    assert answer.silent == ("patrols",)
    only = await evidence.compare(CompareRequest("Lind", "Elodie Roux", "Patrols"))
    assert [(row.first, row.verdict) for row in only.rows] == [(None, Verdict.ONE_SILENT)]


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (lambda one: one.quotes(QuotesRequest()), "actor"),
        (lambda one: one.quotes(QuotesRequest(text="x")), "text"),
        (lambda one: one.quotes(QuotesRequest(text="word " * 40)), "text"),
        (lambda one: one.quotes(QuotesRequest(text="%%%")), "text"),
        (lambda one: one.quotes(QuotesRequest(text="ab\x00cd")), "text"),
        (lambda one: one.timeline(TimelineRequest()), "actor"),
        (lambda one: one.shifts(ShiftsRequest("whenever")), "since"),
        (lambda one: one.compare(CompareRequest("Lind", "mara lind")), "second"),
    ],
)
async def test_what_can_not_be_asked(evidence: EvidenceService, ask: Ask, field: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        await ask(evidence)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "ask",
    [
        lambda one: one.quotes(QuotesRequest("Lynd")),
        lambda one: one.timeline(TimelineRequest("lind", "nothing")),
        lambda one: one.compare(CompareRequest("lind", "nobody")),
    ],
)
async def test_names_that_are_not_known(evidence: EvidenceService, ask: Ask) -> None:
    with pytest.raises(NotFoundError):
        await ask(evidence)


async def test_only_so_much_is_shown_and_the_rest_is_owned_up_to(lexicon: Lexicon) -> None:
    database = await open_database("sqlite://")
    desk = Desk(database, lexicon, DOSSIER)
    words = [f"“We want {number} more ships and a quota of our own,” Mara Lind said." for number in range(SHOWN + 5)]
    await desk.store(*(article(text, id=f"b{n:03}", location=f"b{n}.txt") for n, text in enumerate(words)))
    quotes, timeline = (
        await desk.evidence.quotes(QuotesRequest("lind")),
        await desk.evidence.timeline(TimelineRequest("lind")),
    )
    await database.close()
    for answer in (quotes, timeline):
        assert len(answer.sayings) == SHOWN
        assert answer.has_more
