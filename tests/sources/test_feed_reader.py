"""Feeds as sources, with the pages behind their items, over real sockets."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bot.articles.model import RawDocument
from bot.dossier import Source, SourceKind
from bot.errors import SourceError
from bot.services.ports import Finding, Round, Unchanged, Unreadable, Visit
from bot.services.rounds import summaries_in
from bot.sources.feed_reader import FeedReader
from bot.sources.fetcher import Fetcher
from bot.sources.limits import FeedLimits
from tests.misbehaving_server import MisbehavingServer, in_turn, misbehaving_server, not_modified, say, silence
from tests.sources.papers import LONG, PARAGRAPHS, SENTENCES, index_page, json_ld, page, rss, rss_item
from tests.sources.web import NOW, fetching

BLOCKED = "is blocked by the publisher (answer 403)"
SUMMARY = f"<p>{SENTENCES[0]}</p>"


class MemoryRounds:
    """`Rounds` in a dictionary."""

    def __init__(self) -> None:
        self.rounds: dict[str, Round] = {}

    async def last(self, source_id: str) -> Round | None:
        return self.rounds.get(source_id)

    async def keep(self, source_id: str, one: Round) -> None:
        self.rounds[source_id] = one


@dataclass
class Desk:
    """A reader with a memory, the server it reads from, and a clock."""

    server: MisbehavingServer
    fetcher: Fetcher
    rounds: MemoryRounds = field(default_factory=MemoryRounds)
    now: datetime = NOW
    limits: FeedLimits = FeedLimits()  # noqa: RUF009 - frozen

    @property
    def source(self) -> Source:
        return Source("s", SourceKind.FEED, self.server.url("/feed"), "Post")

    async def read(self) -> list[Finding]:
        """One round, remembered as the load does when all is stored. What was asked before is forgotten."""
        self.server.requests.clear()
        reader = FeedReader(self.fetcher, rounds=self.rounds, now=lambda: self.now, limits=self.limits)
        found = [one async for one in reader.documents(self.source)]
        visits = {one.address: one for one in found if isinstance(one, Visit)}
        await self.rounds.keep("s", Round("1", visits, frozenset()))
        return [one for one in found if not isinstance(one, Visit)]

    def put_feed(self, *items: str, **headers: str) -> None:
        self.server.pages["/feed"] = say(rss(*items), 200, **{"Content_Type": "application/rss+xml", **headers})

    def put_page(self, path: str, html: str, **headers: str) -> None:
        self.server.pages[path] = say(html, 200, **{"Content_Type": "text/html", **headers})

    def item(self, path: str, text: str = SUMMARY, title: str = "Council keeps the kelp quota") -> str:
        return rss_item(title, link=self.server.url(path), text=text)

    @property
    def summaries(self) -> dict[str, int]:
        """Why summaries are stored in the place of pages, and how many."""
        return dict(summaries_in(self.rounds.rounds["s"].visits.values()))

    @property
    def asked(self) -> list[str]:
        return [request.path for request in self.server.requests]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with misbehaving_server() as server, fetching() as fetcher:
        yield Desk(server, fetcher)


def documents(found: list[Finding]) -> list[RawDocument]:
    assert all(isinstance(one, RawDocument) for one in found), found
    return [one for one in found if isinstance(one, RawDocument)]


async def test_an_item_with_its_whole_text_is_read_from_the_feed(desk: Desk) -> None:
    desk.put_feed(desk.item("/kelp", LONG))
    [document] = documents(await desk.read())
    assert document.location == desk.server.url("/kelp")
    assert document.media_type == "text/markdown"
    assert document.content.decode().startswith(f"{SENTENCES[0]}\n\n{SENTENCES[1]}")
    assert document.hints == {
        "title": "Council keeps the kelp quota",
        "outlet": "Lerwald Post",
        "published": "2025-08-19T18:30:00+02:00",
        "url": desk.server.url("/kelp"),
        "language": "en",
    }
    assert set(document.origins.values()) == {"feed"}
    assert desk.asked == ["/feed"]


async def test_an_item_with_a_summary_is_read_from_its_page(desk: Desk) -> None:
    desk.put_feed(desk.item("/kelp"))
    head = json_ld(headline='"On the page"', author='{"name": "Mia Holt"}', publisher='{"name": "The Post"}')
    desk.put_page("/kelp", page(head=head))
    [document] = documents(await desk.read())
    assert all(sentence in document.content.decode() for sentence in SENTENCES)
    assert document.hints["title"] == "Council keeps the kelp quota"
    assert (document.hints["author"], document.origins["author"]) == ("Mia Holt", "JSON-LD")
    assert (document.hints["outlet"], document.origins["outlet"]) == ("The Post", "JSON-LD")
    assert (document.hints["published"], document.origins["published"]) == ("2025-08-19T18:30:00+02:00", "feed")
    assert desk.asked == ["/feed", "/robots.txt", "/kelp"]


async def test_a_text_that_breaks_off_is_read_from_its_page(desk: Desk) -> None:
    desk.put_feed(desk.item("/kelp", LONG + "<p>But then […]</p>"))
    desk.put_page("/kelp", page())
    await desk.read()
    assert "/kelp" in desk.asked


async def test_items_without_pages_are_told_apart(desk: Desk) -> None:
    desk.put_feed(rss_item("A", link=None, text=SUMMARY), rss_item("B", link=None, text=PARAGRAPHS))
    first, second = documents(await desk.read())
    assert first.location != second.location
    assert all(one.location.startswith(desk.source.location + "#") for one in (first, second))
    desk.put_feed(rss_item("B", link=None, text=PARAGRAPHS + SUMMARY))
    [again] = documents(await desk.read())
    assert again.location == second.location


async def test_one_address_is_one_article(desk: Desk) -> None:
    desk.put_feed(desk.item("/kelp?utm_source=a", LONG), desk.item("/kelp", LONG, title="Again"))
    [document] = documents(await desk.read())
    assert document.hints["title"] == "Council keeps the kelp quota"


async def test_only_the_newest_items_are_read(desk: Desk) -> None:
    desk.limits = FeedLimits(items=3)
    desk.put_feed(*(desk.item(f"/{number}", LONG) for number in range(9)))
    found = documents(await desk.read())
    assert [one.location for one in found] == [desk.server.url(f"/{number}") for number in range(3)]


async def test_an_unchanged_feed_is_not_read_again(desk: Desk) -> None:
    feed = say(rss(desk.item("/kelp")), 200, ETag='"1"')
    desk.server.pages["/feed"] = not_modified('"1"', feed)
    desk.put_page("/kelp", page())
    await desk.read()
    for _ in range(2):  # what is remembered outlives rounds in which nothing happens
        assert await desk.read() == [Unchanged(None)]
        assert desk.asked == ["/feed"]
    desk.server.pages["/feed"] = say(rss(desk.item("/kelp"), desk.item("/new", LONG)), 200, ETag='"2"')
    same, new = await desk.read()
    assert same == Unchanged(desk.server.url("/kelp"))
    assert isinstance(new, RawDocument)
    assert desk.asked == ["/feed"]


async def test_a_server_without_validators_is_compared_by_its_bytes(desk: Desk) -> None:
    desk.put_feed(desk.item("/kelp", LONG))
    await desk.read()
    assert await desk.read() == [Unchanged(None)]


async def test_a_fresh_feed_is_not_even_asked_for(desk: Desk) -> None:
    desk.put_feed(desk.item("/kelp", LONG), Cache_Control="max-age=600")
    await desk.read()
    assert await desk.read() == [Unchanged(None)]
    assert desk.asked == []
    desk.now += timedelta(minutes=11)
    assert await desk.read() == [Unchanged(None)]
    assert desk.asked == ["/feed"]


async def test_a_page_is_asked_for_again_when_its_entry_changes(desk: Desk) -> None:
    desk.put_feed(desk.item("/kelp"))
    desk.put_page("/kelp", page())
    await desk.read()
    desk.put_feed(desk.item("/kelp", title="Council raises the kelp quota"))
    desk.put_page("/kelp", page(PARAGRAPHS + "<p>Corrected on Wednesday: the quota was raised after all.</p>"))
    [document] = documents(await desk.read())
    assert document.hints["title"] == "Council raises the kelp quota"
    assert b"Corrected" in document.content


async def test_a_page_is_asked_for_now_and_then_for_corrections(desk: Desk) -> None:
    desk.put_feed(desk.item("/kelp"))
    desk.server.pages["/kelp"] = not_modified('"1"', say(page(), 200, ETag='"1"', Content_Type="text/html"))
    await desk.read()
    desk.now += timedelta(hours=7)
    desk.put_feed(desk.item("/kelp"), desk.item("/new", LONG))
    same, new = await desk.read()
    assert same == Unchanged(desk.server.url("/kelp"))
    assert isinstance(new, RawDocument)
    assert desk.asked == ["/feed", "/kelp"]
    desk.put_feed(desk.item("/kelp"))
    assert await desk.read() == [same]
    assert desk.asked == ["/feed"], "the visit counts though nothing had changed"


async def test_furniture_that_changes_is_no_change(desk: Desk) -> None:
    desk.put_feed(desk.item("/kelp"))
    desk.put_page("/kelp", page(after="<aside><a href='/1'>Most read: one</a></aside><script>n=1</script>"))
    [first] = documents(await desk.read())
    desk.now += timedelta(hours=7)
    desk.put_feed(desk.item("/kelp"), rss_item("B", link=None, text=SUMMARY))
    desk.put_page("/kelp", page(after="<aside><a href='/2'>Most read: two</a></aside><script>n=2</script>"))
    second, _ = documents(await desk.read())
    assert second == first


@pytest.mark.parametrize("status", [403, 404, 410])
async def test_where_there_is_no_page_for_good_the_summary_does(desk: Desk, status: int) -> None:
    desk.put_feed(desk.item("/kelp"), desk.item("/bare", ""))
    desk.server.put("/kelp", "", status=status)
    desk.server.put("/bare", "", status=status)
    document, bare = await desk.read()
    assert isinstance(document, RawDocument)
    assert document.content.decode() == SENTENCES[0]
    assert isinstance(bare, Unreadable)
    assert str(status) in bare.reason
    assert await desk.read() == [Unchanged(None)]


async def test_why_a_summary_is_stored_is_remembered_until_the_page_can_be_had(desk: Desk) -> None:
    desk.put_feed(desk.item("/kelp"), desk.item("/reef"), desk.item("/cove"))
    desk.put_page("/kelp", page())
    desk.server.put("/reef", "", status=403)
    desk.server.put("/cove", "", status=500)
    await desk.read()
    assert desk.summaries == {BLOCKED: 1, "has a fault on its own side (answer 500)": 1}
    desk.put_page("/cove", page())
    await desk.read()
    assert desk.summaries == {BLOCKED: 1}
    assert await desk.read() == [Unchanged(None)]
    assert desk.summaries == {BLOCKED: 1}
    desk.now += timedelta(hours=7)
    desk.put_page("/reef", page())
    desk.put_feed(desk.item("/kelp"), desk.item("/reef"), desk.item("/cove"), desk.item("/new"))
    await desk.read()
    assert [one.note for one in desk.rounds.rounds["s"].visits.values() if one.address.endswith("/reef")] == [None]


async def test_an_index_behind_an_item_is_no_article(desk: Desk) -> None:
    desk.put_feed(desk.item("/kelp"))
    desk.put_page("/kelp", index_page())
    [document] = documents(await desk.read())
    assert document.content.decode() == SENTENCES[0]


async def test_robots_txt_closes_pages_and_not_the_feed(desk: Desk) -> None:
    desk.put_feed(desk.item("/kelp"))
    desk.put_page("/kelp", page())
    desk.server.put("/robots.txt", "User-agent: *\nDisallow: /\n")
    [document] = documents(await desk.read())
    assert document.content.decode() == SENTENCES[0]
    assert desk.asked == ["/feed", "/robots.txt"]


async def test_a_page_that_fails_for_now_is_tried_again_though_the_feed_stays(desk: Desk) -> None:
    desk.put_feed(desk.item("/kelp"), desk.item("/bare", ""))
    desk.server.put("/kelp", "", status=500)
    desk.server.put("/bare", "", status=500)
    summary, bare = await desk.read()
    assert isinstance(summary, RawDocument)
    assert summary.content.decode() == SENTENCES[0]
    assert isinstance(bare, Unreadable)
    desk.put_page("/kelp", page())
    desk.put_page("/bare", page())
    assert all(SENTENCES[7] in one.content.decode() for one in documents(await desk.read()))
    assert await desk.read() == [Unchanged(None)]


async def test_a_page_that_was_read_once_is_not_replaced_by_its_summary(desk: Desk) -> None:
    desk.put_feed(desk.item("/kelp"))
    desk.put_page("/kelp", page())
    await desk.read()
    desk.server.put("/kelp", "", status=500)
    desk.put_feed(desk.item("/kelp", title="Another title"))
    [found] = await desk.read()
    assert isinstance(found, Unreadable)
    desk.server.put("/kelp", "", status=404)
    assert await desk.read() == [Unchanged(desk.server.url("/kelp"))]


async def test_a_site_that_does_not_answer_is_left_alone(desk: Desk) -> None:
    desk.limits = FeedLimits(pages_at_once=1, faults=2)
    desk.put_feed(*(desk.item(f"/{number}") for number in range(6)))
    for number in range(6):
        desk.server.put(f"/{number}", "", status=500)
    assert len(documents(await desk.read())) == 6
    assert {path for path in desk.asked if path[1:].isdigit()} == {"/0", "/1"}


async def test_one_slow_page_disturbs_no_other(desk: Desk) -> None:
    async with fetching(quiet=0.5) as fetcher:
        desk = replace(desk, fetcher=fetcher)
        desk.put_feed(desk.item("/slow"), desk.item("/kelp"))
        desk.server.pages["/slow"] = silence()
        desk.put_page("/kelp", page())
        slow, kelp = documents(await desk.read())
    assert slow.content.decode() == SENTENCES[0]
    assert SENTENCES[7] in kelp.content.decode()


async def test_undated_and_unlikely_dates(desk: Desk) -> None:
    updated = "<dc:date>2025-08-18T10:00:00Z</dc:date>"
    desk.put_feed(
        rss_item("A", link=None, text=SUMMARY, date=None),
        rss_item("B", link=None, text=SUMMARY, date="Tue, 19 Aug 2031 18:30:00 GMT"),
        rss_item("C", link=None, text=SUMMARY, date=None, extra=updated),
    )
    first, second, third = documents(await desk.read())
    assert "published" not in first.hints
    assert "published" not in second.hints
    assert third.hints["published"] == "2025-08-18T10:00:00+00:00"


@pytest.mark.parametrize(
    ("status", "kind"),
    [(403, "blocked"), (410, "gone"), (500, "failing"), (400, "invalid"), (429, "blocked"), (504, "slow")],
)
async def test_a_feed_that_can_not_be_had_says_what_it_is(desk: Desk, status: int, kind: str) -> None:
    desk.server.pages["/feed"] = say("", status=status, Retry_After="600")
    with pytest.raises(SourceError) as raised:
        await desk.read()
    assert raised.value.kind == kind
    assert (raised.value.retry_at is not None) is (status == 429)


async def test_a_page_where_a_feed_should_be_names_its_feeds(desk: Desk) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/all.xml">'
    desk.put_page("/feed", page(head=link))
    with pytest.raises(
        SourceError, match=r"is a web page, not a feed; it names a feed, such as http\S+/all.xml"
    ) as raised:
        await desk.read()
    assert raised.value.kind == "invalid"


async def test_a_fault_leaves_what_is_remembered_alone(desk: Desk) -> None:
    desk.server.pages["/feed"] = in_turn(say(rss(desk.item("/kelp", LONG)), 200, ETag='"1"'), say("", status=403))
    await desk.read()
    before = dict(desk.rounds.rounds)
    with pytest.raises(SourceError):
        await desk.read()
    assert desk.rounds.rounds == before


async def test_hints_do_not_hold_what_is_not_ours(desk: Desk) -> None:
    desk.put_feed(rss_item("A", link="javascript:alert(1)", text=LONG, extra="<author>mia@post.example</author>"))
    [document] = documents(await desk.read())
    assert set(document.hints) == {"title", "published", "outlet", "language"}
    assert replace(document, location="").location == ""
    assert document.location.startswith(desk.source.location + "#")
