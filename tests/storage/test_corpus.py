"""The corpus on both engines: what goes in comes out, in the promised order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.articles.model import DatePrecision, Published
from bot.positions.model import Evidence
from bot.services.ports import CorpusCounts, DocumentState
from bot.storage.corpus import SqlCorpus
from bot.storage.database import Database
from tests.storage.samples import (
    DAY,
    FIRST,
    NOON,
    SECOND,
    TEXT,
    article,
    entry,
    published,
    reading,
    said,
    span_of,
    statement,
    story,
    unnamed_statement,
)


@pytest.fixture
def corpus(database: Database) -> SqlCorpus:
    return database.corpus


def ids_of(evidence: tuple[Evidence, ...]) -> list[str]:
    return [one.citation.article_id for one in evidence]


async def ids_between(corpus: SqlCorpus, start: datetime | None, end: datetime | None, undated: bool) -> list[str]:
    return [stored.article.id for stored in await corpus.articles_between(start, end, undated=undated)]


async def test_an_article_comes_back_as_it_went_in(corpus: SqlCorpus) -> None:
    one = entry()
    await corpus.save([one])
    (stored,) = await corpus.articles_between(None, None, undated=False)
    assert stored.article == one.article
    assert stored.reading == one.reading
    assert stored.first_seen_at == NOON
    assert stored.story_id == one.article.id
    assert await corpus.fingerprints() == (one.fingerprint,)


async def test_an_article_that_knows_nothing_of_itself_comes_back_too(corpus: SqlCorpus) -> None:
    bare = replace(
        article(at=None), title=None, outlet=None, author=None, url=None, blocks=(), dropped=(), provenance={}, text=""
    )
    await corpus.save([entry(bare, replace(reading(), sentences=(), skipped=()))])
    (stored,) = await corpus.articles_between(None, None, undated=True)
    assert stored.article == bare
    assert stored.reading.sentences == ()


async def test_instants_come_back_aware_and_in_utc(corpus: SqlCorpus) -> None:
    kathmandu = timezone(timedelta(hours=5, minutes=45))
    at = datetime(2031, 5, 4, 1, 0, 0, 123456, tzinfo=kathmandu)
    await corpus.save([entry(replace(article(), published=Published(at, DatePrecision.TIME)), first_seen_at=at)])
    (stored,) = await corpus.articles_between(None, None, undated=False)
    assert stored.article.published is not None
    for back in (stored.article.published.at, stored.first_seen_at, await corpus.newest_published()):
        assert back == at
        assert back is not None
        assert back.tzinfo is UTC


async def test_an_instant_without_a_zone_is_refused(corpus: SqlCorpus) -> None:
    with pytest.raises(Exception, match="time zone"):
        await corpus.save([entry(first_seen_at=NOON.replace(tzinfo=None))])
    assert (await corpus.counts()).articles == 0


async def test_saving_again_replaces_all_but_when_it_was_first_seen(corpus: SqlCorpus) -> None:
    await corpus.save([entry()])
    changed = replace(article(at=NOON + DAY), content_hash="new", text=TEXT + " More.", title="Other", dropped=())
    again = entry(changed, reading(statement("other", "Other")), first_seen_at=NOON + DAY, analyser="rules-2")
    await corpus.save([replace(again, baseline=False)])
    (stored,) = await corpus.articles_between(None, None, undated=False)
    assert (stored.article, stored.reading) == (changed, again.reading)
    assert stored.first_seen_at == NOON
    assert await corpus.document_states("wire") == {changed.location: DocumentState("a0001", "new", "rules-2")}
    assert [who for who, _, _ in await corpus.speakers()] == ["other"]


async def test_a_batch_is_stored_whole_or_not_at_all(corpus: SqlCorpus) -> None:
    clash = replace(article(2), location=article(1).location)  # one location, two articles: never
    with pytest.raises(Exception, match=r"(?i)unique"):
        await corpus.save([entry(article(1)), entry(clash)])
    assert await corpus.counts() == CorpusCounts(0, 0, 0, 0, None)
    await corpus.save([entry(article(1))])
    assert (await corpus.counts()).articles == 1


async def test_of_an_article_given_twice_the_last_counts(corpus: SqlCorpus) -> None:
    await corpus.save([entry(), entry(article(2)), entry(replace(article(), title="Last"), reading(statement("last")))])
    found = await corpus.articles_between(None, None, undated=True)
    assert [stored.article.title for stored in found] == ["Last", article().title]
    assert len(await corpus.evidence(actor_ids=["last"])) == 1


async def test_saving_nothing_is_nothing(corpus: SqlCorpus) -> None:
    await corpus.save([])
    await corpus.save_stories([])
    assert await corpus.articles_between(None, None, undated=True) == ()
    assert await corpus.newest_published() is None
    assert await corpus.texts([]) == {}


async def test_document_states_are_those_of_the_source(corpus: SqlCorpus) -> None:
    await corpus.save([entry(article(1)), entry(article(2, source_id="other"))])
    assert set(await corpus.document_states("wire")) == {"folder/item 1.txt"}
    assert await corpus.document_states("unknown") == {}


async def test_removing_forgets_everything_read_from_it(corpus: SqlCorpus) -> None:
    await corpus.save([entry(article(1)), entry(article(2)), entry(article(3))])
    await corpus.save([entry(replace(article(4, source_id="other"), location=article(2).location))])
    gone = await corpus.remove("wire", [article(2).location, article(3).location, "never seen"])
    assert gone == 2
    assert await ids_between(corpus, None, None, True) == ["a0001", "a0004"]
    assert ids_of(await corpus.evidence()) == ["a0001", "a0004"]
    assert [mark.article_id for mark in await corpus.fingerprints()] == ["a0001", "a0004"]
    assert await corpus.remove("wire", []) == 0


async def test_windows_are_half_open_newest_first(corpus: SqlCorpus) -> None:
    times = {1: NOON, 2: NOON + DAY, 3: None, 4: NOON - timedelta(microseconds=1), 5: NOON, 6: None}
    await corpus.save([entry(article(number, at=at)) for number, at in times.items()])
    assert await ids_between(corpus, NOON, NOON + DAY, False) == ["a0001", "a0005"]
    assert await ids_between(corpus, NOON, None, False) == ["a0002", "a0001", "a0005"]
    assert await ids_between(corpus, None, NOON, False) == ["a0004"]
    assert await ids_between(corpus, None, None, False) == ["a0002", "a0001", "a0005", "a0004"]
    assert await ids_between(corpus, None, None, True) == ["a0002", "a0001", "a0005", "a0004", "a0003", "a0006"]
    assert await ids_between(corpus, NOON + DAY, None, True) == ["a0002", "a0003", "a0006"]
    assert await corpus.newest_published() == NOON + DAY


async def test_readings_keep_to_their_articles(corpus: SqlCorpus) -> None:
    readings = {number: reading(*[statement(f"actor{number}")] * number) for number in range(1, 5)}
    await corpus.save([entry(article(number, at=NOON - number * DAY), read) for number, read in readings.items()])
    found = await corpus.articles_between(NOON - 3 * DAY, NOON, undated=False)
    assert {stored.article.id: stored.reading for stored in found} == {f"a000{n}": readings[n] for n in (1, 2, 3)}


async def test_evidence_cites_the_sentence_that_holds_the_statement(corpus: SqlCorpus) -> None:
    one = entry()
    await corpus.save([one])
    (found,) = await corpus.evidence(actor_ids=["norland"])
    assert found.text == FIRST
    assert found.citation.span == span_of(FIRST)
    assert found.statement == one.reading.statements[0]
    assert found.citation.published == published()
    cited = (found.citation.location, found.citation.title, found.citation.outlet, found.citation.url)
    assert cited == (one.article.location, one.article.title, one.article.outlet, one.article.url)


async def test_a_statement_over_two_sentences_is_shown_with_both(corpus: SqlCorpus) -> None:
    long = replace(statement(), content=span_of(f"we will open the port” on Sunday. {SECOND[:9]}"))
    await corpus.save([entry(read=reading(long))])
    (found,) = await corpus.evidence()
    assert found.text == f"{FIRST} {SECOND}" == found.citation.span.of(TEXT)


async def test_statements_under_no_one_are_no_evidence(corpus: SqlCorpus) -> None:
    await corpus.save([entry(read=reading(unnamed_statement()))])
    assert await corpus.evidence() == ()
    assert await corpus.speakers() == ()
    assert (await corpus.counts()).statements == 1


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["a0001", "a0002", "a0003", "a0004"]),
        ({"actor_ids": ["norland"]}, ["a0001", "a0004"]),
        ({"names": ["Ms Vale"]}, ["a0003"]),
        ({"actor_ids": ["norland"], "names": ["Ms Vale"]}, ["a0001", "a0003", "a0004"]),
        ({"actor_ids": []}, []),
        ({"names": []}, []),
        ({"names": ["ms vale"]}, []),
        ({"topic_ids": ["port"]}, ["a0001", "a0002"]),
        ({"topic_ids": ["fishing"]}, ["a0001", "a0003"]),
        ({"topic_ids": ["port", "fishing"]}, ["a0001", "a0002", "a0003"]),
        ({"topic_ids": ["fish"]}, []),
        ({"topic_ids": []}, []),
        ({"actor_ids": ["norland"], "topic_ids": ["port"]}, ["a0001"]),
        ({"actor_ids": ["sudland"], "topic_ids": ["fishing"]}, []),
    ],
)
async def test_evidence_is_what_was_asked_for(
    corpus: SqlCorpus, asked: dict[str, list[str]], expected: list[str]
) -> None:
    await corpus.save(
        [
            said(1, statement("norland", "Norland", ("port", "fishing"))),
            said(2, statement("sudland", "Sudland", ("port",))),
            said(3, statement(None, "Ms Vale", ("fishing",))),
            said(4, statement("norland", "Norland", ())),
        ]
    )
    found = await corpus.evidence(
        actor_ids=asked.get("actor_ids"), names=asked.get("names"), topic_ids=asked.get("topic_ids")
    )
    assert ids_of(found) == expected


async def test_evidence_is_oldest_first_and_undated_before_all(corpus: SqlCorpus) -> None:
    times = {1: NOON + DAY, 2: NOON, 3: None, 4: NOON, 5: None}
    await corpus.save([said(number, statement(), at=at) for number, at in times.items()])
    assert ids_of(await corpus.evidence()) == ["a0003", "a0005", "a0002", "a0004", "a0001"]
    assert ids_of(await corpus.evidence(until=NOON + DAY)) == ["a0003", "a0005", "a0002", "a0004"]
    assert ids_of(await corpus.evidence(until=NOON)) == ["a0003", "a0005"]
    assert ids_of(await corpus.evidence(actor_ids=["norland"], until=NOON)) == ["a0003", "a0005"]


async def test_only_the_latest_of_each_speaker_and_topic(corpus: SqlCorpus) -> None:
    north, vale = statement("norland", "Norland", ("port", "fishing")), statement(None, "Vale", ("port",))
    times = {1: NOON, 2: NOON + 3 * DAY, 3: None, 4: NOON + 2 * DAY}
    await corpus.save([said(number, north, at=at) for number, at in times.items()])
    await corpus.save([said(5, vale, at=NOON), said(6, statement(topics=()), at=NOON), said(7, unnamed_statement())])
    await corpus.save([said(8, replace(north, topics=("fishing",)), at=NOON + DAY)])
    assert ids_of(await corpus.evidence(latest=1)) == ["a0005", "a0002"]
    assert ids_of(await corpus.evidence(latest=2)) == ["a0005", "a0004", "a0002"]
    assert ids_of(await corpus.evidence(topic_ids=["fishing"], latest=3)) == ["a0008", "a0004", "a0002"]
    assert ids_of(await corpus.evidence(topic_ids=["port"], latest=3)) == ["a0001", "a0005", "a0004", "a0002"]
    assert ids_of(await corpus.evidence(names=["Vale"], latest=3)) == ["a0005"]
    assert ids_of(await corpus.evidence(until=NOON + DAY, latest=1)) == ["a0001", "a0005"]
    for latest, expected in {1: ["a0002"], 2: ["a0004", "a0002"], 3: ["a0001", "a0008", "a0004", "a0002"]}.items():
        found = await corpus.evidence(actor_ids=["norland"], topic_ids=["port", "fishing"], latest=latest)
        assert ids_of(found) == expected
    found = await corpus.evidence(actor_ids=["norland"], topic_ids=["port"], latest=1, until=NOON + DAY)
    assert ids_of(found) == ["a0001"]
    assert ids_of(await corpus.evidence(actor_ids=["norland"], latest=9)) == [
        "a0003",
        "a0001",
        "a0008",
        "a0004",
        "a0002",
    ]


async def test_statements_of_an_article_keep_their_order(corpus: SqlCorpus) -> None:
    many = [replace(statement(), cue=str(number)) for number in range(12)]  # two digits: 10 must not come before 2
    await corpus.save([entry(read=reading(*many))])
    assert [one.statement for one in await corpus.evidence()] == many


async def test_large_answers_are_whole(corpus: SqlCorpus) -> None:
    await corpus.save([entry(article(number, at=NOON + number * DAY)) for number in range(400)])
    found = await corpus.evidence(topic_ids=["port"])
    assert ids_of(found) == [f"a{number:04}" for number in range(400)]
    assert len(await corpus.articles_between(None, None, undated=True)) == 400
    assert len(await corpus.texts([f"a{number:04}" for number in range(40_000)])) == 400


async def test_texts_are_those_asked_for(corpus: SqlCorpus) -> None:
    await corpus.save([entry(article(1)), entry(article(2))])
    assert await corpus.texts(["a0002", "unknown"]) == {"a0002": TEXT}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("harbour", ["a0003", "a0001"]),
        ("HARBOUR TALKS", ["a0001"]),
        ("talks", ["a0004", "a0001"]),  # a beginning goes before a middle
        ("ÜBER", ["a0002"]),
        ("strasse", ["a0002"]),
        ("100%", ["a0003"]),
        ("a_0", []),
        ("%", ["a0003"]),
        ("a0002", ["a0002"]),
        ("item 4", ["a0004"]),
        ("folder/", ["a0004", "a0003", "a0002", "a0001"]),
        ("nothing of the kind", []),
    ],
)
async def test_articles_are_found_by_title_location_and_id(corpus: SqlCorpus, words: str, expected: list[str]) -> None:
    titles = {1: "Harbour talks resume", 2: "Über die Straße", 3: "Harbour fees up 100%", 4: "Talks end"}
    await corpus.save([entry(article(n, at=NOON + n * DAY, title=title)) for n, title in titles.items()])
    assert [found.id for found in await corpus.find_articles(words, 10)] == expected


async def test_no_more_articles_are_found_than_wanted(corpus: SqlCorpus) -> None:
    await corpus.save([entry(article(number)) for number in range(5)])
    assert [found.id for found in await corpus.find_articles("folder", 2)] == ["a0000", "a0001"]


async def test_speakers_are_counted_most_first(corpus: SqlCorpus) -> None:
    vale, other = statement(None, "Vale"), statement(None, "Aster")
    await corpus.save([said(1, vale), said(2, statement()), said(3, statement()), said(4, other)])
    assert await corpus.speakers() == (("norland", "Norland", 2), (None, "Aster", 1), (None, "Vale", 1))


async def test_counts(corpus: SqlCorpus) -> None:
    await corpus.save([entry(article(1)), entry(article(2, at=None)), entry(article(3, at=NOON - DAY))])
    assert await corpus.counts() == CorpusCounts(articles=3, undated=1, stories=3, statements=6, newest=NOON)
    await corpus.save_stories([story("a0001", "a0003"), story("a0002")])
    assert (await corpus.counts()).stories == 2
