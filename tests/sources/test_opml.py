"""Lists of feeds, in and out."""

from xml.etree import ElementTree

import pytest

from bot.sources.addresses import AddressGuard
from bot.sources.allowed import parse_allowed
from bot.sources.opml import MAX_BYTES, MOST_FEEDS, NotOpmlError, OpmlFeed, read_opml, write_opml
from tests.sources.papers import BILLION_LAUGHS, EXTERNAL_ENTITY, page, rss

LIST = """<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.1"><head><title>Mine</title></head><body>
<outline text="Coast &amp; sea"><outline text="North"><outline type="rss" text="Lerwald Post" title="Post"
  xmlUrl="https://post.example/feed" htmlUrl="https://post.example/"/></outline>
  <outline xmlURL="https://wire.example/rss"/></outline>
<outline text="Twice" xmlUrl="https://post.example/feed"/>
<outline text="Inside" xmlUrl="http://10.0.0.1/feed"/>
<outline text="Script" xmlUrl="javascript:alert(1)"/>
<outline text="An empty folder"/>
</body></opml>"""


def test_feeds_come_with_their_folders() -> None:
    read = read_opml(LIST.encode())
    assert read.feeds == (
        OpmlFeed("https://post.example/feed", "Post", "https://post.example/", "Coast & sea/North"),
        OpmlFeed("https://wire.example/rss", "https://wire.example/rss", None, "Coast & sea"),
    )
    assert [name for name, _ in read.refused] == ["Inside", "Script"]
    assert all(reason for _, reason in read.refused)


def test_the_operator_s_own_hosts_are_taken() -> None:
    read = read_opml(LIST.encode(), guard=AddressGuard(parse_allowed("10.0.0.0/8")))
    assert "http://10.0.0.1/feed" in [feed.url for feed in read.feeds]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_encodings(encoding: str) -> None:
    text = '<opml version="2.0"><body><outline text="Łódź" xmlUrl="https://a.example/"/></body></opml>'
    assert read_opml(text.encode(encoding)).feeds[0].title == "Łódź"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty or not text"),
        (b"\x89PNG\0\0", "is empty or not text"),
        (b"https://post.example/feed", "is not well-formed XML"),
        (b"<opml version='2.0'><body>", "is not well-formed XML"),
        (b"<opml version='2.0'/>", "is not an OPML file"),
        (rss().encode(), "is not an OPML file"),
        (page().encode(), "is not well-formed XML|is not an OPML file"),
        (BILLION_LAUGHS.replace("rss", "opml").encode(), "declares entities"),
        (EXTERNAL_ENTITY.format(target="file:///etc/passwd").encode(), "declares entities"),
        (b"<opml>" + b" " * MAX_BYTES, "is larger than"),
    ],
)
def test_what_is_no_list_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(NotOpmlError, match=reason):
        read_opml(content)


def test_a_list_brings_no_more_than_so_many() -> None:
    outlines = "".join(f'<outline text="{n}" xmlUrl="https://a.example/{n}"/>' for n in range(MOST_FEEDS + 3))
    read = read_opml(f"<opml><body>{outlines}</body></opml>".encode())
    assert (len(read.feeds), len(read.refused)) == (MOST_FEEDS, 3)


def test_folders_without_end_are_not_followed() -> None:
    deep = "<outline text='f'>" * 5000 + '<outline xmlUrl="https://a.example/"/>' + "</outline>" * 5000
    assert read_opml(f"<opml><body>{deep}</body></opml>".encode()).feeds == ()


def test_what_is_written_can_be_read() -> None:
    feeds = (
        OpmlFeed("https://post.example/feed?a=1&b=2", 'Fish & "chips" <b>', "https://post.example/", "Coast/North"),
        OpmlFeed("https://wire.example/rss", "Łódź", None, "Coast"),
        OpmlFeed("https://top.example/rss", "Top"),
    )
    written = write_opml(feeds, title="Lists\x00 & more")
    assert set(read_opml(written).feeds) == set(feeds)
    assert ElementTree.fromstring(written).findtext("head/title") == "Lists & more"
    assert written.count(b'text="Coast"') == 1


def test_no_feeds_are_a_list_too() -> None:
    assert read_opml(write_opml((), title="")).feeds == ()
