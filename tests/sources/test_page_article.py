"""From a page to its article, with the origin of everything known of it."""

import pytest

from bot.sources.feed_links import find_feeds
from bot.sources.html_tree import fragment_text, plain
from bot.sources.page_article import NoArticle, PageArticle, read_article
from bot.sources.page_head import Said
from tests.sources.papers import PARAGRAPHS, SENTENCES, index_page, json_ld, page
from tests.sources.web import NOW

URL = "https://www.post.example/news/kelp?x=1"
OPEN_GRAPH = (
    '<meta property="og:title" content="From OpenGraph"><meta property="og:site_name" content="The Lerwald Post">'
    '<meta property="article:published_time" content="2025-08-18T09:00:00+03:00">'
    '<meta property="og:url" content="https://post.example/news/kelp"><meta name="author" content="Jan Roth">'
)
TIME = "<p><time datetime='2025-08-17T06:00:00Z'>Sunday</time></p>"


def article(html: str, *before: Said) -> PageArticle:
    found = read_article(html, url=URL, now=NOW, before=before)
    assert isinstance(found, PageArticle)
    return found


def fields(html: str, *before: Said) -> dict[str, tuple[str, str]]:
    return dict(article(html, *before).fields)


def test_the_text_is_that_of_the_article() -> None:
    text = article(page()).text
    assert all(sentence in text for sentence in SENTENCES)
    assert "Imprint" not in text
    assert "Home" not in text


def test_json_ld_goes_before_opengraph_and_that_before_time() -> None:
    everything = json_ld(
        headline='"From JSON-LD"',
        datePublished='"2025-08-19T18:30:00+02:00"',
        author='[{"@type": "Person", "name": "Mia Holt"}, {"name": "Olaf Tamm"}]',
        publisher='{"@type": "Organization", "name": "Lerwald Post"}',
        url='"https://www.post.example/kelp"',
        inLanguage='"en-GB"',
    )
    found = fields(page(TIME + PARAGRAPHS, head=OPEN_GRAPH + everything))
    assert found["title"] == ("From JSON-LD", "JSON-LD")
    assert found["published"] == ("2025-08-19T18:30:00+02:00", "JSON-LD")
    assert found["author"] == ("Mia Holt, Olaf Tamm", "JSON-LD")
    assert found["outlet"] == ("Lerwald Post", "JSON-LD")
    assert found["url"] == ("https://www.post.example/kelp", "JSON-LD")
    assert found["language"] == ("en-GB", "JSON-LD")
    found = fields(page(TIME + PARAGRAPHS, head=OPEN_GRAPH))
    assert found["title"] == ("From OpenGraph", "OpenGraph")
    assert found["published"] == ("2025-08-18T09:00:00+03:00", "OpenGraph")
    assert found["author"] == ("Jan Roth", "OpenGraph")
    assert found["url"] == ("https://post.example/news/kelp", "OpenGraph")
    assert fields(page(TIME + PARAGRAPHS))["published"] == ("2025-08-17T06:00:00+00:00", "<time>")
    assert "published" not in fields(page())


def test_what_the_feed_said_goes_before_all() -> None:
    before = (Said("title", "From the feed", "feed"), Said("published", "Tue, 19 Aug 2025 08:00:00 -0400", "feed"))
    found = fields(page(head=OPEN_GRAPH), *before)
    assert found["title"] == ("From the feed", "feed")
    assert found["published"] == ("2025-08-19T08:00:00-04:00", "feed")
    assert found["outlet"] == ("The Lerwald Post", "OpenGraph")


@pytest.mark.parametrize(
    ("feed", "found"),
    [
        ("Tue, 19 Aug 2031 08:00:00 GMT", ("2025-08-18T09:00:00+03:00", "OpenGraph")),
        ("Thu, 01 Jan 1970 00:00:00 GMT", ("2025-08-18T09:00:00+03:00", "OpenGraph")),
        ("yesterday", ("2025-08-18T09:00:00+03:00", "OpenGraph")),
        ("Tue, 19 Aug 2025 08:00:00 GMT", ("2025-08-19T08:00:00+00:00", "feed")),
    ],
)
def test_a_date_that_is_not_credible_gives_way_to_the_next(feed: str, found: tuple[str, str]) -> None:
    assert fields(page(head=OPEN_GRAPH), Said("published", feed, "feed"))["published"] == found


@pytest.mark.parametrize(
    "script",
    [
        '{"@graph": [{"@type": "WebPage", "name": "x"}, {"@type": ["Thing", "NewsArticle"], "headline": "Found"}]}',
        '[{"@type": "ReportageNewsArticle", "headline": "Found"}]',
        '{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "Found"}}',
        '<!-- {"@type": "BlogPosting", "headline": "F&ouml;und"} -->',
        '<![CDATA[\n[{"@type": "NewsArticle", "headline": "Found"}]\n]]>\n',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Found"}\n//]]>',
        '/*<![CDATA[*/{"@type": "NewsArticle", "headline": "Found"}/*]]>*/',
    ],
)
def test_json_ld_is_found_where_pages_put_it(script: str) -> None:
    found = fields(page(head=f'<script type="application/ld+json">{script}</script>'))
    assert found["title"][0] in ("Found", "Föund")
    assert found["title"][1] == "JSON-LD"


@pytest.mark.parametrize(
    "script",
    [
        "", "{", "[" * 50_000, '{"@type": 7}', "null", '"words"', '{"@type": "Person", "name": "Nobody"}',
        '{"@type": "NewsArticle", "headline": 7, "author": {"name": []}, "datePublished": ["2025-08-19"]}',
        '{"@type": "NewsArticle", "author": "https://social.example/mia", "datePublished": "19 August"}',
    ],
)  # fmt: skip
def test_json_ld_that_makes_no_sense_is_left_out(script: str) -> None:
    found = fields(page(head=f'<script type="application/ld+json">{script}</script>'))
    assert not [name for name, (_, origin) in found.items() if origin == "JSON-LD"]


@pytest.mark.parametrize(
    ("claimed", "is_taken"),
    [
        ("https://post.example/kelp", True),
        ("https://m.post.example/kelp", True),
        ("/kelp", True),
        ("https://famous-paper.example/kelp", False),  # nobody speaks in another outlet's name
        ("https://example/kelp", False),
        ("https://post.example.evil.example/kelp", False),
        ("javascript:alert(1)", False),
        ("https://post.example/", False),  # a home page is no article
        ("http://[half", False),
    ],
)
def test_a_canonical_address_stays_on_its_site(claimed: str, is_taken: bool) -> None:
    found = fields(page(head=f'<link rel="canonical" href="{claimed}">'))
    assert ("url" in found) is is_taken


@pytest.mark.parametrize(
    "html",
    [
        index_page(),
        index_page(6, head='<meta property="og:type" content="article">'),
        page(
            "<p>Short.</p>",
            head='<script type="application/ld+json">{"@type": "CollectionPage"}</script>',
        ),
        page("".join(f"<li><a href='/{n}'>A headline that is a link, number {n}</a></li>" for n in range(40))),
        page("".join(f"<p>Item {n}. <time datetime='2025-08-{n:02}'>day {n}</time></p>" for n in range(1, 9))),
        page("<p>Nothing here.</p>"),
        "<html></html>",
        "",
    ],
)
def test_indexes_and_empty_pages_are_refused(html: str) -> None:
    found = read_article(html, url=URL, now=NOW)
    assert isinstance(found, NoArticle)
    assert found.reason


def test_an_article_with_many_teasers_below_is_none_the_worse() -> None:
    related = "".join(f"<div><h3><a href='/{n}'>More on the harbour, part {n}</a></h3></div>" for n in range(30))
    times = "".join(f"<time datetime='2025-07-{n:02}'>{n}</time>" for n in range(1, 20))
    assert SENTENCES[0] in article(page(after=f"<section>{related}{times}</section>")).text


def test_a_short_item_that_calls_itself_an_article_is_one() -> None:
    related = "".join(f"<h3><a href='/{n}'>More on the harbour, part {n}</a></h3>" for n in range(8))
    short = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:4])
    assert SENTENCES[0] in article(page(short, head=json_ld(headline='"Short"'), after=related)).text
    assert isinstance(read_article(page(short, after=related), url=URL, now=NOW), NoArticle)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 30_000 + "x",
        "<p>" * 100_000,
        "x<br>" * 300_000,
        "<b>" * 5_000 + PARAGRAPHS,
        "\0<p>\0",
        ("<div>" * 200 + "<p>x y z</p>" + "</div>" * 200) * 1000,
        "<article><time datetime='2025-01-01'></article>" * 50_000,
    ],
)
def test_markup_meant_to_break_parsers_breaks_nothing(html: str) -> None:
    assert isinstance(read_article(html, url=URL, now=NOW), NoArticle | PageArticle)


def test_a_fault_of_the_library_s_costs_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **more: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    assert read_article(page(), url=URL, now=NOW) == NoArticle("holds no article")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<br/><br/>Three", "One\n\nTwo\n\nThree"),
        ("<h2>Head</h2>Words <b>and</b> <a href='javascript:alert(1)'>more</a>", "## Head\n\nWords and more"),
        ("<ul><li>One</li><li><p>Two</p></li></ul><p>End</p>", "- One\n- Two\n\nEnd"),
        ("<script>alert(1)</script><style>p{}</style>Words<!-- hidden --> here", "Words here"),
        ("<figure><img src='x'><figcaption>Photo</figcaption></figure>Words", "Words"),
        ("<blockquote><p>“Said.”</p></blockquote>After", "“Said.”\n\nAfter"),
        ("Fish &amp; chips &lt;b&gt;", "Fish & chips <b>"),
        ("  plain \n words  ", "plain words"),
        ("", ""),
        ("<p></p>", ""),
    ],
)
def test_fragments(markup: str, text: str) -> None:
    assert fragment_text(markup) == text


@pytest.mark.parametrize(
    ("words", "found"), [("a  b", "a b"), ("a &amp; b", "a & b"), ("<b>a</b> b", "a b"), ("", ""), ("a < b", "a < b")]
)
def test_plain(words: str, found: str) -> None:
    assert plain(words) == found


def test_feeds_are_found_where_a_page_names_them() -> None:
    html = """<head><base href="https://cdn.example/x/"><link rel=stylesheet href=a.css>
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
    <link rel="alternate" type="application/rss+xml" title="News &amp; more" href="all.xml">
    <link rel="ALTERNATE home" type="Application/Atom+XML; charset=utf-8" href="//other.example/atom">
    <link rel="alternate" type="application/feed+json" href="/feed.json">
    <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
    <link rel="alternate" type="application/rss+xml" href="all.xml">
    <link rel="alternate" hreflang="de" href="/de"><link rel="alternate" type="application/rss+xml">
    <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"></head>"""
    found = find_feeds(html, URL)
    assert [(link.url, link.title) for link in found] == [
        ("https://cdn.example/x/all.xml", "News & more"),
        ("https://other.example/atom", ""),
        ("https://cdn.example/feed.json", ""),
        ("https://cdn.example/comments/feed", "Comments"),
    ]
    assert find_feeds("", URL) == ()
