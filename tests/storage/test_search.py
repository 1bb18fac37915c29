"""Search on both engines: the same lines find the same sentences in the same order, and no line is an error."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from bot.briefings.findings import Hit, rank_matches
from bot.language.blocks import Block, BlockKind
from bot.language.seeking import read_query
from bot.language.sentences import Sentence
from bot.language.spans import Span
from bot.positions.model import Reading
from bot.services.ports import Entry
from bot.storage.corpus import SqlCorpus
from bot.storage.database import Database
from bot.storage.saving import save_entries
from bot.storage.search import Bounds, Spoken, best_matches, is_spoken
from bot.storage.tables import sentences, statements
from tests.storage.samples import DAY, NOON, article, entry, said, span_of, statement, story

TOLD = (
    ("The quota of Norland was raised by a tenth on Friday.", "Nobody in Südhafen was asked about the quota."),
    ("Norland’s fleet sails at dawn, and the quota is what it sails for.",),
    ("The cease-fire at sea held for a week.", "A ceasefire on paper is no cease fire."),
    ("“We will not raise the quota,” said Mara Lind.",),
    ("Путин и Зеленский обсудили порт.", "Le café du port est fermé."),
    ("The quota, the quota, nothing but the quota is heard in the harbour of Lysund at night and by day.",),
)


def told(number: int, *lines: str, source_id: str = "wire") -> Entry:
    """An article of these sentences, published `number` days after the first."""
    whole = " ".join(lines)
    starts = [whole.index(line) for line in lines]
    spans = [Span(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    one = article(number, at=NOON + number * DAY, source_id=source_id)
    one = replace(one, text=whole, blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(whole))),))
    return entry(one, Reading(tuple(Sentence(n, span, 0) for n, span in enumerate(spans)), ()))


def no_forms(word: str) -> frozenset[str]:
    return frozenset({word})


def with_plural(word: str) -> frozenset[str]:
    return frozenset({word, f"{word}s", word.removesuffix("s")})


@pytest.fixture
async def corpus(database: Database) -> SqlCorpus:
    await database.corpus.save([told(number, *lines) for number, lines in enumerate(TOLD)])
    return database.corpus


async def found(corpus: SqlCorpus, line: str) -> list[str]:
    query = read_query(line, no_forms)
    hits: tuple[Hit, ...] = ()
    if not query.is_empty:
        hits = rank_matches(await corpus.matches(query, limit=50), query.groups)
    return [hit.text for hit in hits]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("fleet", [TOLD[1][0]]),
        ("FLEET sails", [TOLD[1][0]]),
        ("sudhafen", [TOLD[0][1]]),
        ("südhafen", [TOLD[0][1]]),
        ("cafe", [TOLD[4][1]]),
        ("путин", [TOLD[4][0]]),
        ("cease-fire", [TOLD[2][0]]),
        ('"cease fire" week', [TOLD[2][0]]),
        ('"we will not raise"', [TOLD[3][0]]),
        ('"raise we will not"', []),
        ("“raise the quota” -lind", []),
        ("fleet OR café", [TOLD[4][1], TOLD[1][0]]),
        ("fle*", [TOLD[1][0]]),
        ("fle", []),
        ("quota -norland -lind -südhafen", [TOLD[5][0]]),
        ("walrus", []),
        ("quota", [TOLD[5][0], TOLD[3][0], TOLD[1][0], TOLD[0][0]]),
    ],
)
async def test_what_is_found_and_in_which_order(corpus: SqlCorpus, line: str, expected: list[str]) -> None:
    assert await found(corpus, line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "", " ", '"', '""', '"quota', "*", "quota*", "**", "NEAR(quota fleet, 3)", "quota AND", "AND OR NOT", "OR",
        "-", "--", "-quota", "quota -", "sentence_index:quota", "{terms}: quota", "^quota", "quota + fleet", "a:b:c",
        "quota\x00fleet", "🐟", "🐟 quota", "'; DROP TABLE sentences; --", "quota' & !'fleet", "(((((", ")",
        "\\", "\\'",
        "%", "_", "quota:*", "quota & | ! <-> fleet", "q" * 4000, "quota " * 700, "ß", "\ud800", "١٢٣",
        "½ ²", "-" * 4000,
    ],
)  # fmt: skip
async def test_no_line_is_an_error(corpus: SqlCorpus, line: str) -> None:
    assert len(await found(corpus, line)) <= 6


async def test_other_forms_of_a_word_are_as_good(corpus: SqlCorpus) -> None:
    query = read_query("quotas fleets", with_plural)
    assert [one.text for one in await corpus.matches(query, limit=9)] == [TOLD[1][0]]


async def test_a_match_is_the_stored_text_at_its_place(corpus: SqlCorpus) -> None:
    (match,) = await corpus.matches(read_query("südhafen", no_forms), limit=9)
    texts = await corpus.texts([match.citation.article_id])
    assert match.citation.span.of(texts[match.citation.article_id]) == match.text == TOLD[0][1]
    assert (match.citation.outlet, match.citation.published) == ("The Daily Buoy", article(0).published)


async def test_what_changes_or_goes_is_found_as_it_is_now(corpus: SqlCorpus, database: Database) -> None:
    changed = told(1, "The fleet stays in port.")
    await corpus.save([replace(changed, article=replace(changed.article, content_hash="other"))])
    assert await found(corpus, "fleet") == ["The fleet stays in port."]
    assert await found(corpus, "dawn") == []
    assert await corpus.remove("wire", [article(1).location]) == 1
    assert await found(corpus, "fleet") == []
    async with database.engine.reading() as connection:
        left = await connection.scalar(select(func.count()).select_from(sentences))
        assert left == sum(map(len, TOLD)) - 1
        if database.engine.is_sqlite:  # compares the index with the table, word by word; raises where they differ
            await connection.execute(
                text("INSERT INTO sentence_index(sentence_index, rank) VALUES ('integrity-check', 1)")
            )


async def test_a_load_that_breaks_off_leaves_nothing_to_find(corpus: SqlCorpus, database: Database) -> None:
    async def fail() -> None:
        async with database.engine.writing() as connection:
            await save_entries(connection, database.engine, [told(7, "A walrus came ashore."), told(1, "No fleet.")])
            raise LookupError("power cut")

    with pytest.raises(LookupError):
        await fail()
    assert await found(corpus, "walrus") == []
    assert await found(corpus, "fleet") == [TOLD[1][0]]


async def test_by_time_and_by_who_may_see_it(corpus: SqlCorpus) -> None:
    await corpus.save([told(9, "The quota is secret.", source_id="own")])
    query = read_query("quota", no_forms)
    everything = await corpus.matches(query, limit=50)
    assert len(everything) == 6
    seen = corpus.without(["own"])
    assert {one.text for one in everything} - {one.text for one in await seen.matches(query, limit=50)} == {
        "The quota is secret."
    }
    assert await seen.frequencies(query.groups, 100) == (5,)
    assert await corpus.frequencies(query.groups, 4) == (4,)
    late = await corpus.matches(query, start=NOON + 3 * DAY, end=NOON + 5 * DAY, limit=50)
    assert [one.text for one in late] == [TOLD[3][0]]
    assert len(await corpus.matches(query, limit=2)) == 2


async def test_only_within_what_somebody_said(corpus: SqlCorpus, database: Database) -> None:
    await corpus.save([said(20, statement("norland", "Norland")), said(21, statement("sudland", "Sudland"))])
    query = read_query("port", no_forms)
    matches = await corpus.matches(query, actor_ids=["norland"], limit=9)
    assert [one.citation.article_id for one in matches] == ["a0020"]
    assert matches[0].citation.span == span_of("The envoy of Norland said “we will open the port” on Sunday.")
    evidence = await corpus.evidence_in(["a0020", "a0021"], actor_ids=["norland"])
    assert [one.citation.article_id for one in evidence] == ["a0020"]
    assert await corpus.matches(query, names=["Nobody"], limit=9) == ()


async def test_stories_come_with_the_matches(corpus: SqlCorpus) -> None:
    await corpus.save([told(30, "A walrus came ashore."), told(31, "A walrus came ashore.", "It left.")])
    await corpus.save_stories([story("a0031", "a0030")])
    (hit,) = rank_matches(
        await corpus.matches(read_query("walrus", no_forms), limit=9), read_query("walrus", no_forms).groups
    )
    assert [one.article_id for one in (hit.citation, *hit.others)] == ["a0031", "a0030"]
    assert hit.citation.published is not None
    assert hit.citation.published.at == NOON + timedelta(days=31)


async def test_found_sentences_come_as_they_stand_and_of_asked_articles_alone(corpus: SqlCorpus) -> None:
    query = read_query("quota", no_forms)
    everywhere = await corpus.matches(query, limit=50)
    places = [(one.citation.article_id, one.citation.span.start) for one in everywhere]
    assert places == sorted(places)
    assert len(places) == 5
    first = everywhere[0].citation.article_id
    only = await corpus.matches(query, article_ids={first}, limit=50)
    assert only == tuple(one for one in everywhere if one.citation.article_id == first)
    assert await corpus.matches(query, article_ids=set(), limit=50) == ()


@pytest.mark.parametrize(
    ("newest", "limit", "articles"),
    [
        (2, 1, {"a0005"}),  # the newest two hold enough: who is older is not asked
        (2, 2, {"a0003", "a0005"} | {"a0000", "a0001"}),  # they hold one: all are ranked
        (99, 9, {"a0000", "a0001", "a0003", "a0005"}),  # there are not so many
        (None, 9, {"a0000", "a0001", "a0003", "a0005"}),
    ],
)
async def test_where_the_newest_articles_hold_enough_older_ones_are_not_ranked(
    corpus: SqlCorpus, database: Database, newest: int | None, limit: int, articles: set[str]
) -> None:
    query, engine = read_query("quota", no_forms), database.engine
    assert len(await corpus.matches(query, limit=limit)) == min(limit, 5)
    async with engine.reading() as connection:
        matches = await best_matches(connection, engine, query, Bounds(None, None), limit, newest)
    assert len(matches) == min(limit, 5)
    assert {one.citation.article_id for one in matches} <= articles


async def test_speakers_and_windows_hold_among_the_newest_too(database: Database) -> None:
    await database.corpus.save([said(number, statement(), at=NOON + number * DAY) for number in (1, 2, 3)])
    query, engine = read_query("envoy", no_forms), database.engine
    theirs, nobodys = ([is_spoken([statements.c.actor_id == one])] for one in ("norland", "lysund"))
    window = Bounds(NOON + 2 * DAY, NOON + 3 * DAY)
    async with engine.reading() as connection:
        for newest in (1, 2, 9, None):
            for spoken, expected in ((theirs, ["a0002"]), (nobodys, [])):
                bounds = window._replace(spoken=Spoken(spoken[0], spoken[0]))
                matches = await best_matches(connection, engine, query, bounds, 5, newest)
                assert [one.citation.article_id for one in matches] == expected
