"""`attache sources …` against a site on the loopback interface."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import Attache

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Coast feed</title>
<item><title>Port opens</title><guid>1</guid><pubDate>Fri, 02 May 2025 08:00:00 GMT</pubDate>
<description>
The port opened on Friday, and Mara Lind said that the first ships were at the quay by noon.</description></item>
<item><title>Port closes</title><guid>2</guid><pubDate>Sat, 03 May 2025 08:00:00 GMT</pubDate>
<description>
The port closed on Saturday, and Jon Vesterby said that nobody had asked the fishermen about it.</description></item>
</channel></rss>"""
SITE = b"""<html><head><title>Coast</title><link rel="alternate" type="application/rss+xml" href="/feed"></head>
<body><p>Welcome.</p></body></html>"""
BARE = b"<html><head><title>Bare</title></head><body><p>Nothing to read here.</p></body></html>"


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        known = {"/feed": (FEED, "application/rss+xml"), "/": (SITE, "text/html"), "/bare": (BARE, "text/html")}
        body, kind = known.get(self.path, (b"", "text/plain"))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Its address; the operator allows it."""
    monkeypatch.setenv("ALLOWED_HOSTS", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_sites_feed_is_found_saved_read_checked_and_removed(attache: Attache, site: str) -> None:
    looked = attache("sources", "add", "--look", site)
    assert looked.code == 0
    assert looked.out.index("Coast feed") < looked.out.index("Port closes") < looked.out.index("Port opens")
    assert "Nothing was saved" in looked.out
    assert "Coast feed" not in attache("sources", "list").out

    assert "Saved as Coast feed" in attache("sources", "add", site).out
    assert f"{site}/feed" in attache("sources", "list").out
    assert "2 new" in attache("sources", "reload", "Coast feed").out
    checked = attache("sources", "check", "coast feed")
    assert checked.code == 0
    assert "2 new" in checked.out
    assert "the port" in attache("brief", "--since", "all").out.lower()

    again = attache("sources", "add", site)
    assert again.code != 0
    assert "read already" in again.err
    assert attache("sources", "remove", "Coast feed").code != 0  # says neither what to keep nor what to delete
    assert "deleted" in attache("sources", "remove", "Coast feed", "--delete-articles").out
    assert "Coast feed" not in attache("sources", "list").out


@pytest.mark.parametrize(("path", "said"), [("/bare", "names no feed"), ("/gone", "404")])
def test_what_is_no_source_is_refused_with_a_reason(attache: Attache, site: str, path: str, said: str) -> None:
    done = attache("sources", "add", site + path)
    assert done.code != 0
    assert said in done.err or "give the address of a feed" in done.err


def test_without_leave_the_own_network_is_not_asked(
    attache: Attache, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ALLOWED_HOSTS")
    assert attache("sources", "add", site).code != 0


def test_pause_and_resume(attache: Attache) -> None:
    assert "is paused" in attache("sources", "pause", "Coast papers").out
    assert "Coast papers: paused" in attache("sources", "list").out
    assert "resume it first" in attache("sources", "reload", "Coast papers").err
    assert "is read again" in attache("sources", "resume", "Coast papers").out
    assert "3 new" in attache("sources", "reload", "Coast papers").out


def test_feeds_go_out_and_come_in(attache: Attache, site: str, tmp_path: Path) -> None:
    attache("sources", "add", site)
    file = tmp_path / "feeds.opml"
    assert attache("sources", "export", file).code == 0
    assert f"{site}/feed" in file.read_text(encoding="utf-8")
    assert f"{site}/feed" in attache("sources", "export").out
    attache("sources", "remove", "Coast feed", "--keep-articles")
    assert "1 added" in attache("sources", "import", file).out
    assert "0 added, 1 known already" in attache("sources", "import", file).out
    file.write_text("no list", encoding="utf-8")
    assert attache("sources", "import", file).code != 0
