"""The load over feeds and pages: real sockets, a real database, and a server that misbehaves."""

import asyncio
import copy
import gzip
import tracemalloc
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace

import pytest

from bot.articles.clean import Cleaner
from bot.dossier import Dossier, Source, SourceKind, SourceStatus
from bot.language.lexicon import Lexicon
from bot.positions.reader import Reader
from bot.services.loading import Loader
from bot.services.ports import SourceState, StoredArticle
from bot.services.results import SourceReport
from bot.services.rounds import MemoryRounds
from bot.sources.allowed import parse_allowed
from bot.sources.fetcher import Fetcher
from bot.sources.limits import FetchLimits
from bot.sources.web import Web, WebSettings
from bot.storage.database import Database, open_database
from tests.misbehaving_server import (
    MisbehavingServer,
    Request,
    Script,
    Write,
    cut,
    drip,
    endless,
    gzip_bomb,
    head,
    in_turn,
    misbehaving_server,
    not_modified,
    redirect,
    say,
    silence,
)
from tests.sources.papers import (
    BILLION_LAUGHS,
    EXTERNAL_ENTITY,
    LONG,
    PARAGRAPHS,
    SENTENCES,
    index_page,
    json_ld,
    page,
    rss,
    rss_item,
)
from tests.sources.web import LIMITS, NOW, SHORT, Names, Waits

XML = {"Content_Type": "application/rss+xml"}
HTML = {"Content_Type": "text/html; charset=utf-8"}
WELL = "/well"
HOSTS = [f"host-{number}.example" for number in range(6)]


class _Web(Web):
    """The web with tests' names and without waiting."""

    def fetcher(self) -> Fetcher:
        if self._fetcher is None:
            self._fetcher = Fetcher(
                allowed=self._settings.allowed,
                limits=self._settings.fetch,
                now=self._now,
                resolver=Names({"inside.example": ("10.0.0.1",), **dict.fromkeys(HOSTS, ("127.0.0.1",))}),
                sleep=Waits(),
            )
        return self._fetcher


@dataclass
class World:
    """A program over one database: what is loaded, and what is stored."""

    server: MisbehavingServer
    database: Database
    loader: Loader
    web: Web
    make_loader: Callable[[Cleaner], Loader]
    kinds: dict[str, SourceKind] = field(default_factory=dict)

    def source(self, path: str) -> Source:
        kind = self.kinds.get(path, SourceKind.FEED)
        return Source(path, kind, path if "://" in path else self.server.url(path), path.strip("/"))

    async def load(self, *paths: str) -> tuple[SourceReport, ...]:
        self.server.requests.clear()
        return (await self.loader.load([self.source(path) for path in paths])).sources

    async def state(self, path: str) -> SourceState:
        return (await self.database.source_states.all())[path]

    async def stored(self) -> tuple[StoredArticle, ...]:
        return await self.database.corpus.articles_between(None, None, undated=True)

    def item(self, path: str, text: str = f"<p>{SENTENCES[0]}</p>", **more: str) -> str:
        return rss_item(link=self.server.url(path), text=text, **more)


@pytest.fixture(scope="module")
def cleaner(lexicon: Lexicon) -> Cleaner:
    return Cleaner(lexicon)


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon, dossier: Dossier) -> Reader:
    return Reader(lexicon, dossier)


@pytest.fixture
def limits(request: pytest.FixtureRequest) -> FetchLimits:
    """Short ones where slowness is what is tested; elsewhere a busy machine must not matter."""
    name = request.node.callspec.params.get("name") if hasattr(request.node, "callspec") else None
    return replace(LIMITS, **SHORT) if name and MISDEEDS[name][1] == "slow" else LIMITS


@pytest.fixture
async def world(cleaner: Cleaner, reader: Reader, limits: FetchLimits) -> AsyncIterator[World]:
    database = await open_database("sqlite://")
    rounds = MemoryRounds(database.memory)
    settings = WebSettings(allowed=parse_allowed("127.0.0.1"), fetch=limits)
    web = _Web(settings, rounds=rounds, now=lambda: NOW)

    def make_loader(cleaner: Cleaner) -> Loader:
        return Loader(
            corpus=database.corpus,
            states=database.source_states,
            readers={kind: web.reader(kind) for kind in (SourceKind.FEED, SourceKind.PAGE)},
            cleaner=cleaner,
            reader=reader,
            clock=lambda: NOW,
            rounds=rounds,
            patience=0.1,
        )

    async with misbehaving_server() as server:
        server.pages[WELL] = say(rss(rss_item(link="https://post.example/well", text=LONG)), 200, **XML)
        yield World(server, database, make_loader(cleaner), web, make_loader)
        await web.close()
    await database.close()


def feed(*items: str, **headers: str) -> Script:
    return say(rss(*items), 200, **{**XML, **headers})


async def test_a_feed_becomes_articles_that_say_where_all_is_from(world: World) -> None:
    world.server.pages["/feed"] = feed(world.item("/kelp"))
    world.server.pages["/kelp"] = say(page(head=json_ld(author='{"name": "Mia Holt"}')), 200, **HTML)
    [report] = await world.load("/feed")
    assert (report.new, report.changed, report.failed) == (1, 0, ())
    [stored] = await world.stored()
    article = stored.article
    assert all(sentence in article.text for sentence in SENTENCES)
    assert (article.title, article.author, article.outlet) == (
        "Council keeps the kelp quota",
        "Mia Holt",
        "Lerwald Post",
    )
    assert article.published is not None
    assert article.published.iso() == "2025-08-19T16:30:00+00:00"
    assert article.url == article.location == world.server.url("/kelp")
    assert article.provenance == {
        "title": "feed", "author": "JSON-LD", "outlet": "feed", "published": "feed", "url": "page",
    }  # fmt: skip
    assert (await world.state("/feed")).status == "ok"


async def test_what_did_not_change_is_neither_asked_for_nor_read_again(world: World) -> None:
    world.server.pages["/feed"] = not_modified('"1"', feed(world.item("/kelp"), ETag='"1"'))
    world.server.pages["/kelp"] = say(page(), 200, **HTML)
    await world.load("/feed")
    [report] = await world.load("/feed")
    assert (report.new, report.changed, report.unchanged) == (0, 0, 1)
    assert [request.path for request in world.server.requests] == ["/feed"]
    state = await world.state("/feed")
    assert (state.status, state.articles, state.failures) == ("unchanged", 1, 0)


async def test_a_feed_that_changes(world: World) -> None:
    world.server.pages["/feed"] = feed(world.item("/a", LONG), world.item("/b", PARAGRAPHS * 2))
    await world.load("/feed")
    changed = LONG + "<p>Corrected on Wednesday: the meeting was held on Monday.</p>"
    world.server.pages["/feed"] = feed(world.item("/c", LONG.replace("kelp", "eel")), world.item("/a", changed))
    [report] = await world.load("/feed")
    assert (report.new, report.changed, report.unchanged, report.removed) == (1, 1, 0, 0)
    assert len(await world.stored()) == 3, "a feed forgets its items, we don't"
    assert (await world.state("/feed")).articles == 3


async def test_another_analyser_reads_all_again(world: World, cleaner: Cleaner) -> None:
    """What a server calls unchanged was read by the rules of then."""
    world.server.pages["/feed"] = not_modified('"1"', feed(world.item("/kelp"), ETag='"1"'))
    world.server.pages["/kelp"] = not_modified('"2"', say(page(), 200, ETag='"2"', **HTML))
    await world.load("/feed")
    other = copy.copy(cleaner)
    other.version = "another"
    world.loader = world.make_loader(other)  # as a new version of the program would have it
    [report] = await world.load("/feed")
    assert (report.changed, report.unchanged) == (1, 0)
    assert [request.path for request in world.server.requests] == ["/feed", "/kelp"]
    [report] = await world.load("/feed")
    assert (report.changed, report.unchanged) == (0, 1)


async def test_a_load_that_was_cut_short_is_made_up_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Visits count only when all is stored: a crash before must not make a server's 304 hide what was lost."""
    world.server.pages["/feed"] = not_modified('"1"', feed(world.item("/a", LONG), world.item("/kelp"), ETag='"1"'))
    world.server.pages["/kelp"] = not_modified('"2"', say(page(), 200, ETag='"2"', **HTML))

    async def crash(entries: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(world.database.corpus, "save", crash)
        with pytest.raises(RuntimeError):
            await world.load("/feed")
    [report] = await world.load("/feed")
    assert report.new == 2


async def test_articles_that_were_removed_come_back(world: World) -> None:
    world.server.pages["/feed"] = not_modified('"1"', feed(world.item("/a", LONG), ETag='"1"'))
    await world.load("/feed")
    await world.database.corpus.remove("/feed", [world.server.url("/a")])
    [report] = await world.load("/feed")
    assert report.new == 1


async def test_furniture_is_learnt_once_and_known_later(world: World) -> None:
    note = "<p>Lerwald Post members read this first</p>"
    kinds = ("kelp", "eel", "cod", "crab", "clam")
    texts = ["".join(f"<p>Crew {n} landed {n + 7} crates of {kind} at the old pier before the storm reached it.</p>"
                     for n in range(12)) for kind in kinds]  # fmt: skip
    world.server.pages["/feed"] = feed(*(world.item(f"/{n}", text + note) for n, text in enumerate(texts[:4])))
    await world.load("/feed")
    world.server.pages["/feed"] = feed(world.item("/new", texts[4] + note))
    await world.load("/feed")
    new = next(one.article for one in await world.stored() if one.article.location.endswith("/new"))
    assert "members read this first" not in new.text


async def test_a_page_is_a_source(world: World) -> None:
    world.kinds["/kelp"] = SourceKind.PAGE
    world.server.pages["/kelp"] = not_modified('"2"', say(page(), 200, ETag='"2"', **HTML))
    [report] = await world.load("/kelp")
    assert report.new == 1
    [report] = await world.load("/kelp")
    assert report.unchanged == 1
    assert (await world.state("/kelp")).status == "unchanged"


async def test_a_page_without_a_date_is_undated(world: World) -> None:
    world.kinds["/kelp"] = SourceKind.PAGE
    world.server.pages["/kelp"] = say(page(), 200, **HTML)
    await world.load("/kelp")
    assert (await world.state("/kelp")).status == "undated"


async def test_an_empty_feed_is_empty_and_its_first_items_are_news(world: World) -> None:
    world.server.pages["/feed"] = in_turn(feed(), feed(world.item("/a", LONG)))
    await world.load("/feed")
    assert (await world.state("/feed")).status == "empty"
    await world.load("/feed")
    assert (await world.state("/feed")).status == "ok"


MISDEEDS = {
    "slow drip": (drip(head(200, **XML)), "slow", "took too long"),
    "drip in the head": (drip(b"HTTP/1.1 200 OK\r\nX-A: ", b"a"), "slow", "took too long"),
    "silence": (silence(), "slow", "took too long"),
    "endless body": (endless(head(200, **XML)), "too large", "200,000 bytes"),
    "endless head": (endless(b"HTTP/1.1 200 OK\r\nX-A: "), "invalid", "not HTTP"),
    "gzip bomb": (say(gzip_bomb(100), 200, Content_Encoding="gzip", **XML), "too large", "200,000 bytes"),
    "endless gzip": (
        endless(head(200, Content_Encoding="gzip", **XML), gzip.compress(b"\0" * 999_999)), "too large", "200,000",
    ),
    "unasked compression": (say(b"\x1b\0", 200, Content_Encoding="br", **XML), "invalid", "br"),
    "redirect loop": (redirect("/redirect loop".replace(" ", "%20")), "invalid", "redirects more than 5 times"),
    "redirect inside": (redirect("http://10.0.0.1/feed"), "invalid", "10.0.0.1 is inside a private network"),
    "redirect to metadata": (redirect("http://169.254.169.254/latest/"), "invalid", "private network"),
    "redirect to a name inside": (redirect("http://inside.example/"), "invalid", "inside.example leads into a private"),
    "redirect to a file": (redirect("file:///etc/passwd"), "invalid", "not an http or https address"),
    "304 to nobody": (say("", 304), "invalid", "makes no sense"),
    "403": (say("", 403), "blocked", "answer 403"),
    "404": (say("", 404), "gone", "answer 404"),
    "410": (say("", 410), "gone", "answer 410"),
    "429": (say("", 429, Retry_After="600"), "blocked", "wait until 2025-08-20 12:10:00 UTC"),
    "500": (say("", 500), "failing", "fault on its own side"),
    "hang-up": (cut(b""), "failing", "can't be reached"),
    "half a body": (cut(head(200, Content_Length="999", **XML) + b"<rss>"), "failing", "can't be reached"),
    "no HTTP": (cut(b"220 mail.example ESMTP\r\n"), "invalid", "not HTTP"),
    "wrong content type": (endless(head(Content_Type="video/mp4")), "invalid", "video/mp4"),
    "binary": (say(b"\x89PNG\r\n\x1a\n\0\0\0", 200, **XML), "invalid", "is not text"),
    "empty": (say(b"", 200, **XML), "invalid", "is empty"),
    "external entity": (
        say(EXTERNAL_ENTITY.format(target="http://127.0.0.1/secret"), 200, **XML), "invalid", "declares entities",
    ),
    "billion laughs": (say(BILLION_LAUGHS, 200, **XML), "invalid", "declares entities"),
    "page for a feed": (say(page(), 200, **HTML), "invalid", "is a web page, not a feed"),
    "no feed": (say("<svg/>", 200, **XML), "invalid", "is not a feed"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISDEEDS)
async def test_every_misdeed_ends_in_its_state_and_disturbs_nothing(world: World, name: str) -> None:
    script, status, reason = MISDEEDS[name]
    path = f"/{name}".replace(" ", "%20")
    world.server.pages[path] = script
    tracemalloc.start()
    try:
        bad, well = await world.load(path, WELL)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    state = await world.state(path)
    assert (state.status, state.failures, state.succeeded_at) == (status, 1, None)
    assert reason in (state.reason or "")
    assert bad.error == state.reason
    assert peak < 60_000_000, "with all that reading an article takes"
    if status == "blocked" and "wait" in reason:
        assert (await world.state(WELL)).status == "blocked", "it is the same host that wants to be left alone"
    else:
        assert (well.new, (await world.state(WELL)).status) == (1, "ok")


@pytest.mark.parametrize("kind", [SourceKind.FEED, SourceKind.PAGE])
@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.1/",
        "http://inside.example/feed",
        "ftp://post.example/",
        "http://2130706433/",
        "news",
        "http://a@b/",
    ],
)
async def test_sources_that_may_not_be_asked_are_invalid(world: World, kind: SourceKind, address: str) -> None:
    world.kinds[address] = kind
    [report] = await world.load(address)
    assert (await world.state(address)).status == "invalid"
    assert report.error is not None
    assert "may not be asked" in report.error


@pytest.mark.parametrize(
    ("script", "status", "reason"),
    [
        (say(index_page(), 200, **HTML), "invalid", "is an index"),
        (say("<p>Short.</p>", 200, **HTML), "invalid", "holds no article"),
        (say(rss(), 200, **XML), "invalid", "application/rss+xml"),
        (say("", 403), "blocked", "answer 403"),
        (
            say(index_page(head='<link rel="alternate" type="application/rss+xml" href="/all.xml">'), 200, **HTML),
            "invalid",
            "it names a feed: http://127.0.0.1",
        ),
    ],
)
async def test_pages_that_are_no_articles(world: World, script: Script, status: str, reason: str) -> None:
    world.kinds["/page"] = SourceKind.PAGE
    world.server.pages["/page"] = script
    await world.load("/page")
    state = await world.state("/page")
    assert state.status == status
    assert reason in (state.reason or "")


async def test_a_page_that_robots_txt_closes_is_blocked(world: World) -> None:
    world.kinds["/page"] = SourceKind.PAGE
    world.server.put("/robots.txt", "User-agent: *\nDisallow: /page\n")
    world.server.pages["/page"] = say(page(), 200, **HTML)
    await world.load("/page")
    state = await world.state("/page")
    assert (state.status, state.reason) == ("blocked", "is closed to us by the publisher's robots.txt")
    assert not world.server.asked("/page")


async def test_summaries_in_the_place_of_refused_pages_are_counted_in_every_round(world: World) -> None:
    world.server.put("/robots.txt", "User-agent: *\nDisallow: /closed\n")
    shut = [
        world.item(f"/closed/{n}", "<p>The council met and kept the kelp quota for another year.</p>") for n in "ab"
    ]
    world.server.pages["/feed"] = feed(*shut, world.item("/a", LONG))
    closed = (("is closed to us by the publisher's robots.txt", 2),)
    for _ in range(2):
        [report] = await world.load("/feed")
        assert report.summaries == closed
        assert (await world.state("/feed")).tally.summaries == closed


async def test_a_fault_is_counted_and_forgotten(world: World) -> None:
    world.server.pages["/feed"] = in_turn(
        feed(world.item("/a", LONG)), say("", 403), say("", 410), feed(world.item("/a", LONG))
    )
    await world.load("/feed")
    for failures, status in ((1, "blocked"), (2, "gone")):
        [report] = await world.load("/feed")
        state = await world.state("/feed")
        assert (state.status, state.failures, state.articles, state.succeeded_at) == (status, failures, 1, NOW)
        assert report.unchanged == 1
        assert SourceStatus(state.status).is_failing
    await world.load("/feed")
    state = await world.state("/feed")
    assert (state.status, state.failures, state.reason) == ("unchanged", 0, None)


@pytest.mark.parametrize(
    "feed",
    [
        '{"version": "https://jsonfeed.org/version/1.1", "title": "T\\ud800", "items": [{"id": "\\udfff\\u0000", '
        '"title": "A\\u0000\\ud800", "content_html": "<p>TEXT\\ud800\\u0000</p>", "authors": [{"name": "M\\udc00"}]}]}',
        rss(rss_item("A &amp;#xD800;&amp;#0;", link=None, text="&amp;#xD800; and &amp;amp;#xDFFF;")),
        rss(rss_item("A&#0;&#xD800;", link=None, text=LONG + "&#xD800;&#0;&#1;")),
        rss(rss_item("A", link=None, text="x"))
        .replace("x]]>", "&#xDFFF;]]>")
        .replace("<![CDATA[", "")
        .replace("]]>", ""),
    ],
)
async def test_characters_that_no_database_takes(world: World, feed: str) -> None:
    world.server.pages["/feed"] = say(feed.replace("TEXT", " ".join(SENTENCES)), 200, Content_Type="text/plain")
    [report] = await world.load("/feed")
    assert report.error is None
    for one in await world.stored():
        said = f"{one.article.title}{one.article.author}{one.article.text}"
        assert said.encode()
        assert "\0" not in said


async def test_json_ld_with_characters_that_no_database_takes(world: World) -> None:
    world.kinds["/page"] = SourceKind.PAGE
    told = json_ld(headline='"A\\u0000\\ud800"', author='{"name": "M\\udc00"}')
    world.server.pages["/page"] = say(page(head=told), 200, **HTML)
    [report] = await world.load("/page")
    assert (report.new, report.error) == (1, None)


async def test_500_then_well(world: World) -> None:
    world.server.pages["/feed"] = in_turn(say("", 500), feed(world.item("/a", LONG)))
    [report] = await world.load("/feed")
    assert (report.new, report.error) == (1, None)


async def test_bad_charset(world: World) -> None:
    text = rss(world.item("/a", LONG, title="Die Küste von Łódź"))
    world.server.pages["/feed"] = say(text, 200, Content_Type="application/rss+xml; charset=no-such-thing")
    await world.load("/feed")
    [stored] = await world.stored()
    assert stored.article.title == "Die Küste von Łódź"


async def test_a_first_load_that_failed_leaves_the_baseline_to_the_next(world: World) -> None:
    """The first load of a source is stored and is not news; one that brought nothing was none."""
    world.server.pages["/feed"] = in_turn(say("", 403), feed(world.item("/a", LONG)))
    saved: list[bool] = []
    save = world.database.corpus.save

    async def watching(entries: object) -> None:
        saved.extend(entry.baseline for entry in entries)  # type: ignore[attr-defined]  # as the port has it
        await save(entries)  # type: ignore[arg-type]  # handed through as they came

    world.database.corpus.save = watching  # type: ignore[method-assign]  # only to look on
    await world.load("/feed")
    await world.load("/feed")
    assert saved == [True]


async def test_a_slow_source_holds_up_no_other(world: World) -> None:
    """The quick one is stored and folded, with its copy, while the slow one still thinks."""
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def slow(request: Request, write: Write) -> None:
        asked.set()
        await may_answer.wait()
        await feed(world.item("/c", LONG))(request, write)

    world.server.pages["/slow"] = slow
    world.server.pages["/feed"] = feed(world.item("/a", LONG), world.item("/b", LONG))
    load = asyncio.create_task(world.load("/slow", "/feed"))
    await asked.wait()
    async with asyncio.timeout(60):
        while (await world.database.corpus.counts()).articles < 2 or await world.database.corpus.unfolded():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert not load.done()
    assert (await world.database.corpus.counts()).stories == 1
    may_answer.set()
    slow_report, quick_report = await load
    assert (slow_report.source, slow_report.new) == ("slow", 1)
    assert (quick_report.source, quick_report.new) == ("feed", 2)
    assert slow_report.folded + quick_report.folded == 2, "all three are one story"
    assert await world.database.corpus.unfolded() == 0


async def test_sources_are_asked_side_by_side_and_reported_in_order(world: World) -> None:
    """All are asked before the first is answered."""
    asked: set[str] = set()
    everybody = asyncio.Event()

    async def together(request: Request, write: Write) -> None:
        asked.add(request.headers["host"])
        if len(asked) == len(HOSTS):
            everybody.set()
        await everybody.wait()
        await feed(rss_item(link=f"http://{request.headers['host']}/item", text=LONG))(request, write)

    world.server.pages["/feed"] = together
    addresses = [world.server.url("/feed", host) for host in HOSTS]
    sources = [Source(host, SourceKind.FEED, at, host) for host, at in zip(HOSTS, addresses, strict=True)]
    async with asyncio.timeout(60):
        report = await world.loader.load(sources)
    assert [(one.source, one.new, one.error) for one in report.sources] == [(host, 1, None) for host in HOSTS]
    assert sum(one.folded for one in report.sources) == 5
