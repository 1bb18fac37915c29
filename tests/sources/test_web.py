"""Readers that are made when they are needed."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.articles.model import RawDocument
from bot.dossier import Source, SourceKind
from bot.errors import SourceError
from bot.services.ports import Round
from bot.sources.allowed import parse_allowed
from bot.sources.web import Web, WebSettings
from tests.misbehaving_server import misbehaving_server
from tests.sources.papers import LONG, page, rss, rss_item
from tests.sources.test_feed_reader import MemoryRounds
from tests.sources.web import LIMITS, NOW

PROJECT = Path(__file__).resolve().parent.parent.parent


def test_a_start_with_folders_alone_does_not_load_what_the_web_needs() -> None:
    code = (
        "import sys, bot.wiring\n"
        "heavy = {'aiohttp', 'feedparser', 'lxml', 'protego', 'tenacity', 'trafilatura'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_one_fetcher_serves_all_readers() -> None:
    web = Web(
        WebSettings("7", "ops@news.example", parse_allowed("127.0.0.1"), LIMITS), rounds=MemoryRounds(), now=lambda: NOW
    )
    async with misbehaving_server() as server:
        server.put("/feed", rss(rss_item(link=server.url("/a"), text=LONG)), Content_Type="text/xml")
        server.put("/page", page(), Content_Type="text/html")
        for kind, path in ((SourceKind.FEED, "/feed"), (SourceKind.PAGE, "/page")):
            reader = web.reader(kind)
            source = Source(path, kind, server.url(path), path)
            assert any([isinstance(one, RawDocument) async for one in reader.documents(source)])
            assert await reader.count(source) == (1 if kind is SourceKind.PAGE else None)
        assert {request.headers["user-agent"] for request in server.requests} == {"Attache/7 (+ops@news.example)"}
        await web.close()


async def test_what_was_never_used_can_be_closed() -> None:
    web = Web(WebSettings(), rounds=MemoryRounds(), now=lambda: NOW)
    await web.close()


async def test_a_fault_of_ours_costs_one_source(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(MemoryRounds):
        async def last(self, source_id: str) -> Round | None:
            raise ZeroDivisionError

    web = Web(WebSettings(), rounds=Broken(), now=lambda: NOW)
    source = Source("s", SourceKind.FEED, "https://post.example/feed", "S")
    with pytest.raises(SourceError, match="fault in Attaché"):
        assert [one async for one in web.reader(SourceKind.FEED).documents(source)]
    assert "ZeroDivisionError" in caplog.text
    await web.close()


@pytest.mark.parametrize("kind", [SourceKind.FEED, SourceKind.PAGE])
async def test_nothing_inside_is_asked_unless_it_is_allowed(kind: SourceKind) -> None:
    web = Web(WebSettings(), rounds=MemoryRounds(), now=lambda: NOW)
    async with misbehaving_server() as server:
        source = Source("s", kind, server.url("/a"), "S")
        with pytest.raises(SourceError, match=r"may not be asked: 127\.0\.0\.1 is inside a private network"):
            assert [one async for one in web.reader(kind).documents(source)]
        assert not server.requests
    await web.close()
