"""The guarded fetcher, against a server that misbehaves."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.sources.fetcher import Fetcher
from bot.sources.outcomes import Failed, Fetched, FetchFault, NotModified, Outcome, Validators
from tests.misbehaving_server import (
    MisbehavingServer,
    Script,
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
from tests.sources.web import NOW, SHORT, Names, Waits, fetching

FULL = b"Kelp harvest resumes off the northern coast."
BREAK = zlib.compressobj(wbits=-15)
RAW_DEFLATE = BREAK.compress(FULL) + BREAK.flush()


@pytest.fixture
async def server() -> AsyncIterator[MisbehavingServer]:
    async with misbehaving_server() as server:
        yield server


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with fetching() as fetcher:
        yield fetcher


async def test_a_document_comes_with_all_that_is_known_of_it(server: MisbehavingServer, fetcher: Fetcher) -> None:
    headers = {
        "Content_Type": 'Text/HTML; charset="ISO-8859-2"',
        "ETag": 'W/"1"',
        "Last_Modified": "Wed, 20 Aug 2025 10:00:00 GMT",
        "Cache_Control": "public, max-age=600",
        "Age": "60",
    }
    server.pages["/a"] = say(FULL, 200, **headers)
    assert await fetcher.fetch(server.url("/a#top")) == Fetched(
        final_url=server.url("/a"),
        content=FULL,
        content_type="text/html",
        charset="ISO-8859-2",
        validators=Validators('W/"1"', "Wed, 20 Aug 2025 10:00:00 GMT"),
        fresh_until=NOW + timedelta(seconds=540),
    )
    [request] = server.requests
    assert request.headers["user-agent"] == "Attache/1 (+ops@news.example)"
    assert request.headers["accept-encoding"] == "gzip, deflate"
    assert not {"cookie", "authorization", "referer"} & set(request.headers)


async def test_headers_that_are_no_words_are_not_kept(server: MisbehavingServer, fetcher: Fetcher) -> None:
    head = b"HTTP/1.1 200 OK\r\nETag: \xff\xfe\r\nLast-Modified: \xff\r\nContent-Type: text/\xff; charset=\xff\r\n\r\n"
    server.pages["/a"] = cut(head + FULL)
    outcome = await fetcher.fetch(server.url("/a"), accepts=("text/html",))
    assert isinstance(outcome, Fetched)
    assert (outcome.content_type, outcome.charset, outcome.validators) == ("", None, Validators())


async def test_the_best_types_are_asked_for_first(server: MisbehavingServer, fetcher: Fetcher) -> None:
    await fetcher.fetch(server.url("/a"), accepts=("a/1", "a/2", "a/3", "a/4", "a/5", "text/html"))
    assert server.requests[0].headers["accept"] == "a/1, a/2, a/3, a/4, a/5, */*;q=0.1"


async def test_cookies_are_not_kept(server: MisbehavingServer, fetcher: Fetcher) -> None:
    server.put("/a", FULL, Set_Cookie="id=1; Path=/")
    await fetcher.fetch(server.url("/a"))
    await fetcher.fetch(server.url("/a"))
    assert all("cookie" not in request.headers for request in server.requests)


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (drip(head(Content_Type="text/html")), FetchFault.SLOW),
        (drip(b"HTTP/1.1 200 OK\r\nX-A: ", b"a"), FetchFault.SLOW),
        (silence(), FetchFault.SLOW),
        (silence(head(Content_Length="100")), FetchFault.SLOW),
        (endless(head()), FetchFault.TOO_LARGE),
        (endless(head(Content_Type="text/html", Content_Encoding="gzip"), gzip.compress(b"x" * 9999)),
         FetchFault.TOO_LARGE),
        (endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 5000), FetchFault.INVALID),
        (endless(b"HTTP/1.1 200 OK\r\nX-A: "), FetchFault.INVALID),
        (drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.001), FetchFault.SLOW),
        (endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;"), FetchFault.SLOW),
        (endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1;a=b\r\nx\r\n" * 5000),
         FetchFault.TOO_LARGE),
        (endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X-A: b\r\n" * 5000),
         FetchFault.INVALID),
        (endless(head(302, Location="/well")), None),
        (say(gzip_bomb(20), Content_Encoding="gzip"), FetchFault.TOO_LARGE),
        (say(zlib.compress(b"\0" * 20_000_000), Content_Encoding="deflate"), FetchFault.TOO_LARGE),
        (say(b"\x1b\x00\x00\x00", Content_Encoding="br"), FetchFault.INVALID),
        (say(gzip.compress(FULL), Content_Encoding="gzip, gzip"), FetchFault.INVALID),
        (say(b"not gzip at all", Content_Encoding="gzip"), FetchFault.INVALID),
        (say(gzip.compress(FULL)[:-9], Content_Encoding="gzip"), FetchFault.INVALID),
        (say("", status=401), FetchFault.BLOCKED),
        (say("", status=403), FetchFault.BLOCKED),
        (say("", status=451), FetchFault.BLOCKED),
        (say("", status=503, Cf_Mitigated="challenge"), FetchFault.BLOCKED),
        (say("", status=404), FetchFault.GONE),
        (say("", status=410), FetchFault.GONE),
        (say("", status=400), FetchFault.INVALID),
        (say("", status=304, ETag="x"), FetchFault.INVALID),
        (say("", status=500), FetchFault.UNREACHABLE),
        (say("", status=504), FetchFault.SLOW),
        (cut(b""), FetchFault.UNREACHABLE),
        (cut(head(Content_Length="100") + b"half"), FetchFault.UNREACHABLE),
        (cut(b"SSH-2.0-OpenSSH_9.6\r\n"), FetchFault.INVALID),
        (cut(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"), FetchFault.INVALID),
        (say("", status=302), FetchFault.INVALID),
        (redirect("/a"), FetchFault.INVALID),
        (redirect("http://[half"), FetchFault.INVALID),
        (redirect("file:///etc/passwd"), FetchFault.REFUSED),
        (redirect("ftp://news.example/"), FetchFault.REFUSED),
        (redirect("http://10.0.0.1/"), FetchFault.REFUSED),
        (redirect("http://169.254.169.254/latest/"), FetchFault.REFUSED),
        (redirect("//2130706433/"), FetchFault.REFUSED),
        (redirect("http://me:secret@127.0.0.1/"), FetchFault.REFUSED),
        (redirect("http://unknown.example/"), FetchFault.UNREACHABLE),
    ],
)  # fmt: skip
async def test_every_misdeed_ends_as_what_it_is(
    server: MisbehavingServer, script: Script, kind: FetchFault | None
) -> None:
    server.pages["/a"] = script
    server.put("/well", FULL)
    async with fetching(**(SHORT if kind is FetchFault.SLOW else {})) as fetcher:
        outcome, other = await asyncio.gather(fetcher.fetch(server.url("/a")), _once_it_is_there(fetcher, server))
    assert (outcome.kind if isinstance(outcome, Failed) else None) is kind
    assert kind is None or (isinstance(outcome, Failed) and outcome.reason)
    assert isinstance(other, Fetched), "what goes well is not disturbed"


async def _once_it_is_there(fetcher: Fetcher, server: MisbehavingServer) -> Outcome:
    """What goes well; again where this machine itself stood still for as long as what hangs is waited for."""
    for _ in range(20):
        outcome = await fetcher.fetch(server.url("/well"))
        if not isinstance(outcome, Failed) or outcome.kind is not FetchFault.SLOW:
            break
    return outcome


@pytest.mark.parametrize("script", [
    endless(head()), say(gzip_bomb(200), Content_Encoding="gzip"),
    endless(head(Content_Encoding="gzip"), gzip.compress(b"\0" * 1_000_000)),
    endless(b"HTTP/1.1 200 OK\r\nX-A: "),
    endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"x" * 4096),
    endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X-A: b\r\n" * 5000),
])  # fmt: skip
async def test_memory_stays_bounded(server: MisbehavingServer, script: Script) -> None:
    server.pages["/a"] = script
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        async with fetching(**SHORT) as fetcher:
            assert isinstance(await fetcher.fetch(server.url("/a")), Failed)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak - before < 6_000_000


async def test_a_redirect_loop_ends_after_the_limit(server: MisbehavingServer, fetcher: Fetcher) -> None:
    server.pages["/a"], server.pages["/b"] = redirect("/b"), redirect("/a", 301)
    assert isinstance(await fetcher.fetch(server.url("/a")), Failed)
    assert len(server.requests) == 6


async def test_all_hops_share_one_time(server: MisbehavingServer) -> None:
    async def late(request: object, write: object) -> None:
        await asyncio.sleep(0.06)
        await redirect("/a")(request, write)  # type: ignore[arg-type]  # handed through as they came

    server.pages["/a"] = late
    async with fetching(total=0.1, max_redirects=50) as fetcher:
        outcome = await fetcher.fetch(server.url("/a"))
    assert isinstance(outcome, Failed)
    assert outcome.kind is FetchFault.SLOW
    assert len(server.requests) < 5


@pytest.mark.parametrize(
    ("first", "second", "moved"),
    [(301, 308, True), (308, 302, False), (302, 301, False), (303, 303, False), (307, 307, False)],
)
async def test_redirects_are_followed(
    server: MisbehavingServer, fetcher: Fetcher, first: int, second: int, moved: bool
) -> None:
    server.pages["/a"] = redirect("b?x=1", first)
    server.pages["/b?x=1"] = redirect(server.url("/c"), second)
    server.put("/c", FULL)
    outcome = await fetcher.fetch(server.url("/a"))
    assert isinstance(outcome, Fetched)
    assert (outcome.final_url, outcome.moved, outcome.content) == (server.url("/c"), moved, FULL)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:{port}/a", "http://localhost:{port}/a", "http://2130706433:{port}/a", "http://0x7f.1:{port}/a",
     "http://[::ffff:127.0.0.1]:{port}/a", "http://news.example@127.0.0.1:{port}/a", "http://0:{port}/a",
     "http://inside.example:{port}/a", "http://both.example:{port}/a", "http://mapped.example:{port}/a"],
)  # fmt: skip
async def test_without_an_entry_in_the_list_nobody_gets_inside(server: MisbehavingServer, url: str) -> None:
    names = Names({
        "localhost": ("127.0.0.1",), "inside.example": ("127.0.0.1",), "both.example": ("93.184.216.34", "127.0.0.1"),
        "mapped.example": ("::ffff:127.0.0.1",),
    })  # fmt: skip
    server.put("/a", FULL)
    async with fetching(allowed="", names=names) as fetcher:
        outcome = await fetcher.fetch(url.format(port=server.port))
    assert isinstance(outcome, Failed)
    assert outcome.kind is FetchFault.REFUSED
    assert not server.requests


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("localhost", FetchFault.REFUSED),
        ("a..b", FetchFault.UNREACHABLE),
        ("a" * 64 + ".invalid", FetchFault.UNREACHABLE),
        ("no-such-name.invalid", FetchFault.UNREACHABLE),
    ],
)
async def test_the_system_s_own_answers_are_judged_too(server: MisbehavingServer, host: str, kind: FetchFault) -> None:
    server.put("/a", FULL)
    async with fetching(allowed="", real_names=True, total=5.0) as fetcher:
        outcome = await fetcher.fetch(server.url("/a", host))
    assert isinstance(outcome, Failed)
    assert outcome.kind in (kind, FetchFault.REFUSED)
    assert not server.requests


async def test_a_redirect_to_a_name_that_leads_inside_is_refused(server: MisbehavingServer) -> None:
    names = Names({"front.example": ("127.0.0.1",), "inside.example": ("127.0.0.1",)})
    server.pages["/a"] = redirect(server.url("/b", "inside.example"))
    server.put("/b", FULL)
    async with fetching(allowed="front.example", names=names) as fetcher:
        outcome = await fetcher.fetch(server.url("/a", "front.example"))
    assert isinstance(outcome, Failed)
    assert outcome.kind is FetchFault.REFUSED
    assert "inside.example" in outcome.reason
    assert [request.path for request in server.requests] == ["/a"]


async def test_a_name_is_asked_for_once_and_the_answer_is_what_is_connected_to(server: MisbehavingServer) -> None:
    """A name server that answers well first and with an address inside afterwards gains nothing."""

    class Rebinding(Names):
        async def resolve(self, host: str, port: int = 0, family: object = None) -> list[object]:  # type: ignore[override]
            found = await super().resolve(host, port)
            self.names = {"front.example": ("10.0.0.1",)}
            return list(found)

    server.put("/a", FULL)
    names = Rebinding({"front.example": ("127.0.0.1",)})
    async with fetching(allowed=f"127.0.0.1:{server.port}", names=names) as fetcher:
        first = await fetcher.fetch(server.url("/a", "front.example"))
        second = await fetcher.fetch(server.url("/a", "front.example"))
    assert isinstance(first, Fetched)
    assert isinstance(second, Failed)
    assert second.kind is FetchFault.REFUSED
    assert names.asked == ["front.example"] * 2


async def test_unchanged_documents_are_not_sent_again(server: MisbehavingServer, fetcher: Fetcher) -> None:
    server.pages["/a"] = not_modified('"1"', say(FULL, ETag='"1"'))
    first = await fetcher.fetch(server.url("/a"))
    assert isinstance(first, Fetched)
    assert await fetcher.fetch(server.url("/a"), validators=first.validators) == NotModified(Validators('"1"'), None)
    stale = await fetcher.fetch(server.url("/a"), validators=Validators('"0"', "Wed, 20 Aug 2025 10:00:00 GMT"))
    assert isinstance(stale, Fetched)
    assert server.requests[2].headers["if-modified-since"] == "Wed, 20 Aug 2025 10:00:00 GMT"


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("max-age=60", 60), ("private, MAX-AGE=7", 7), ("max-age=99999999", 6 * 3600), ("max-age=0", None), ("", None),
     ("no-cache, max-age=60", None), ("no-store", None), ("max-age=x", None), ("s-maxage=60", None)],
)  # fmt: skip
async def test_freshness(server: MisbehavingServer, fetcher: Fetcher, words: str, seconds: int | None) -> None:
    server.put("/a", FULL, Cache_Control=words)
    outcome = await fetcher.fetch(server.url("/a"))
    assert isinstance(outcome, Fetched)
    assert outcome.fresh_until == (None if seconds is None else NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    "body", [gzip.compress(FULL), gzip.compress(FULL[:9]) + gzip.compress(FULL[9:])], ids=["one", "two"]
)
async def test_gzip_is_read(server: MisbehavingServer, fetcher: Fetcher, body: bytes) -> None:
    server.put("/a", body, Content_Encoding="gzip")
    outcome = await fetcher.fetch(server.url("/a"))
    assert isinstance(outcome, Fetched)
    assert outcome.content == FULL


@pytest.mark.parametrize("body", [zlib.compress(FULL), RAW_DEFLATE], ids=["zlib", "raw"])
async def test_deflate_is_read_as_servers_mean_it(server: MisbehavingServer, fetcher: Fetcher, body: bytes) -> None:
    server.put("/a", body, Content_Encoding="deflate")
    outcome = await fetcher.fetch(server.url("/a"))
    assert isinstance(outcome, Fetched)
    assert outcome.content == FULL


@pytest.mark.parametrize(
    ("kind", "is_taken"),
    [("text/html", True), ("TEXT/HTML ; charset=x", True), ("", True), ("image/png", False), ("video/mp4", False)],
)
async def test_only_wanted_types_are_taken(
    server: MisbehavingServer, fetcher: Fetcher, kind: str, is_taken: bool
) -> None:
    server.pages["/a"] = say(FULL, Content_Type=kind) if is_taken else endless(head(Content_Type=kind))
    outcome = await fetcher.fetch(server.url("/a"), accepts=("text/html",))
    assert isinstance(outcome, Fetched) is is_taken
    assert isinstance(outcome, Fetched) or outcome == Failed(
        FetchFault.INVALID, f"is of the type {kind}, which can't be read here"
    )


async def test_a_fault_that_passes_is_tried_again(server: MisbehavingServer) -> None:
    server.pages["/a"] = in_turn(say("", status=500), cut(head(Content_Length="9") + b"half"), say(FULL))
    waits = Waits()
    async with fetching(waits=waits) as fetcher:
        assert isinstance(await fetcher.fetch(server.url("/a")), Fetched)
    assert len(waits.seconds) == 2


@pytest.mark.parametrize(
    ("status", "tries"), [(500, 3), (502, 3), (504, 3), (404, 1), (403, 1), (400, 1), (429, 1), (501, 3)]
)
async def test_what_is_worth_trying_again(server: MisbehavingServer, fetcher: Fetcher, status: int, tries: int) -> None:
    server.put("/a", "", status=status)
    assert isinstance(await fetcher.fetch(server.url("/a")), Failed)
    assert len(server.requests) == tries


async def test_a_short_wish_for_patience_is_granted_at_once(server: MisbehavingServer) -> None:
    server.pages["/a"] = in_turn(say("", status=429, Retry_After="3"), say(FULL))
    waits = Waits()
    async with fetching(waits=waits) as fetcher:
        assert isinstance(await fetcher.fetch(server.url("/a")), Fetched)
    assert waits.seconds == [3.0]


@pytest.mark.parametrize(
    ("words", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Wed, 20 Aug 2025 13:00:00 GMT", timedelta(hours=1)),
        ("99999999", timedelta(hours=24)),
        ("Fri, 20 Aug 2055 13:00:00 GMT", timedelta(hours=24)),
        ("soon", timedelta(minutes=1)),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_a_long_wish_holds_the_whole_host(
    server: MisbehavingServer, fetcher: Fetcher, status: int, words: str, wait: timedelta
) -> None:
    server.put("/a", "", status=status, Retry_After=words)
    server.put("/b", FULL)
    for path in ("/a", "/b"):
        outcome = await fetcher.fetch(server.url(path))
        assert isinstance(outcome, Failed)
        assert (outcome.kind, outcome.retry_at) == (FetchFault.RATE_LIMITED, NOW + wait)
    assert len(server.requests) == 1


async def test_a_host_gets_two_requests_at_once(server: MisbehavingServer, fetcher: Fetcher) -> None:
    async def short(request: object, write: object) -> None:
        await asyncio.sleep(0.02)
        await say(FULL)(request, write)  # type: ignore[arg-type]  # handed through as they came

    for number in range(8):
        server.pages[f"/{number}"] = short
    await asyncio.gather(*(fetcher.fetch(server.url(f"/{number}")) for number in range(8)))
    assert len(server.requests) == 8
    assert server.most_at_once == 2


ROBOTS = "User-agent: *\nDisallow: /private\n\nUser-agent: attache\nDisallow: /ours\nCrawl-delay: 4\n"


@pytest.mark.parametrize(
    ("path", "is_open"), [("/a", True), ("/private/a", True), ("/ours/a", False), ("/ours", False)]
)
async def test_robots_txt_is_kept(server: MisbehavingServer, fetcher: Fetcher, path: str, is_open: bool) -> None:
    server.put("/robots.txt", ROBOTS, Content_Type="text/plain")
    server.put(path, FULL)
    outcome = await fetcher.fetch(server.url(path), by_robots=True)
    assert isinstance(outcome, Fetched) is is_open
    assert is_open or (isinstance(outcome, Failed) and outcome.kind is FetchFault.BLOCKED)
    assert len(server.asked(path)) == int(is_open)


async def test_robots_txt_is_asked_for_once_and_its_pause_is_kept(server: MisbehavingServer) -> None:
    server.put("/robots.txt", ROBOTS)
    server.put("/a", FULL)
    waits = Waits()
    async with fetching(waits=waits) as fetcher:
        for _ in range(3):
            assert isinstance(await fetcher.fetch(server.url("/a"), by_robots=True), Fetched)
    assert len(server.asked("/robots.txt")) == 1
    assert len(waits.seconds) == 2  # before the second and the third
    assert all(3 < seconds <= 8 for seconds in waits.seconds)


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (say("", status=404), None),
        (say("", status=403), None),
        (say("\0\1 no rules at all"), None),
        (endless(head()), None),
        (say("", status=500), FetchFault.UNREACHABLE),
        (silence(), FetchFault.SLOW),
        (say("", status=429, Retry_After="600"), FetchFault.RATE_LIMITED),
    ],
)
async def test_without_rules_all_is_open_and_with_unknown_rules_nothing(
    server: MisbehavingServer, script: Script, kind: FetchFault | None
) -> None:
    server.pages["/robots.txt"] = script
    server.put("/a", FULL)
    async with fetching(**(SHORT if kind is FetchFault.SLOW else {})) as fetcher:
        outcome = await fetcher.fetch(server.url("/a"), by_robots=True)
    assert (outcome.kind if isinstance(outcome, Failed) else None) is kind


async def test_robots_txt_also_binds_where_a_redirect_leads(server: MisbehavingServer, fetcher: Fetcher) -> None:
    server.put("/robots.txt", ROBOTS)
    server.pages["/a"] = redirect("/ours/a")
    outcome = await fetcher.fetch(server.url("/a"), by_robots=True)
    assert isinstance(outcome, Failed)
    assert outcome.kind is FetchFault.BLOCKED
    assert not server.asked("/ours/a")


async def test_feeds_are_asked_for_without_robots_txt(server: MisbehavingServer, fetcher: Fetcher) -> None:
    server.put("/ours/feed", FULL)
    assert isinstance(await fetcher.fetch(server.url("/ours/feed")), Fetched)
    assert [request.path for request in server.requests] == ["/ours/feed"]
