"""HTML pages."""

from bot.articles.markup import read_page

PARAGRAPHS = [
    f"Paragraph {at} tells how the two delegations met again on the {at}th day, what they ate, and how little they "
    f"agreed upon before the evening came and the lights of the palace went out one by one."
    for at in range(1, 6)
]
DATE = '<meta property="article:published_time" content="2025-08-20T10:00:00Z">'
PAGE = f"""<!doctype html><html lang="en"><head><title>Talks end | Daily Example</title>
<meta property="og:title" content="Talks end with a date"><meta property="og:site_name" content="The Daily Example">
<meta name="author" content="Jane Doe">{DATE}
<link rel="canonical" href="https://daily.example/talks"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Talks end with a date</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><h2>What comes next</h2>
<p>{PARAGRAPHS[2]} He said <em>never</em> again.</p><ul><li>Borders are left for the autumn session.</li>
<li>Prisoners come first, both sides say.</li></ul><blockquote><p>{PARAGRAPHS[3]}</p></blockquote>
<p>{PARAGRAPHS[4]}</p></article>
<aside><h3>Most read</h3><a href="/x">A story about cats</a></aside><footer>Copyright Daily Example</footer>
<script>alert("never")</script></body></html>"""

UNDATED = PAGE.replace(DATE, "")


def test_the_article_with_its_structure() -> None:
    page = read_page(PAGE)
    assert page is not None
    lines = page.text.split("\n")
    assert "## What comes next" in lines
    assert "- Borders are left for the autumn session." in lines
    assert f"{PARAGRAPHS[2]} He said never again." in lines
    assert all(paragraph in page.text for paragraph in PARAGRAPHS)
    assert not any(word in page.text for word in ("cats", "alert", "Copyright", "Home"))


def test_what_the_head_says() -> None:
    page = read_page(PAGE)
    assert page is not None
    values = {name: value for name, (value, _) in page.fields.items()}
    assert values == {
        "title": "Talks end with a date",
        "author": "Jane Doe",
        "outlet": "The Daily Example",
        "published": "2025-08-20T10:00:00Z",
        "url": "https://daily.example/talks",
    }
    assert {name for name, (_, origin) in page.fields.items() if origin == "page"} == {
        "title",
        "author",
        "outlet",
        "url",
    }
    assert page.fields["published"][1] == "meta"


def test_json_ld_goes_before_the_head_and_the_head_before_the_text() -> None:
    ld = '{"@type": "NewsArticle", "datePublished": "2025-08-19T09:00:00+02:00"}'
    page = read_page(PAGE.replace("</head>", f'<script type="application/ld+json">{ld}</script></head>'))
    assert page is not None
    assert page.fields["published"] == ("2025-08-19T09:00:00+02:00", "json-ld")
    timed = UNDATED.replace("</h1>", '</h1><time datetime="2025-08-18">Monday</time>')
    page = read_page(timed)
    assert page is not None
    assert page.fields["published"] == ("2025-08-18", "time")


def test_a_year_in_the_footer_is_no_date() -> None:
    page = read_page(UNDATED.replace("Copyright Daily", "Copyright 2021 Daily"))
    assert page is not None
    assert "published" not in page.fields


def test_a_declared_encoding_in_decoded_text_does_no_harm() -> None:
    page = read_page('<?xml version="1.0" encoding="utf-8"?>' + PAGE)
    assert page is not None
    assert PARAGRAPHS[0] in page.text


def test_a_page_without_an_article_is_refused() -> None:
    links = "".join(f'<li><a href="/{at}">Link {at}</a></li>' for at in range(30))
    assert read_page(f"<html><body><ul>{links}</ul></body></html>") is None
    assert read_page("") is None
    assert read_page("no markup at all") is None
