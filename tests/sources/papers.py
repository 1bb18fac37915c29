"""Feeds and pages that the tests' own server gives out. Invented, all of it."""

SENTENCES = (
    "The harbour council of Lerwald met on Tuesday to weigh a longer season for the kelp fleet.",
    "Its chairwoman, Ada Brenner, said that the quota would stay as it was until the spring count is in.",
    "Boat owners had asked for two more weeks, because storms kept most of them ashore in June.",
    "“We will not fish out the bay for one good month,” Brenner told reporters after the meeting.",
    "A spokesman for the owners, Olaf Tamm, rejected the decision and called for a vote of all crews.",
    "The county biologist counted a third fewer plants than a year ago along the northern reef.",
    "Prices at the auction rose to their highest level since the cold winter four years before.",
    "The council will meet again in October, when the figures of the autumn survey are on the table.",
)
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
LONG = PARAGRAPHS + "".join(f"<p>{sentence.replace('kelp', 'mussel')}</p>" for sentence in SENTENCES)


def page(
    body: str = PARAGRAPHS, *, title: str = "Council keeps the kelp quota", head: str = "", after: str = ""
) -> str:
    """An article's page."""
    return (
        f"<!doctype html><html lang='en'><head><title>{title} | Lerwald Post</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>"
        f"<main><article><h1>{title}</h1>{body}</article></main>"
        f"{after}<footer><a href='/imprint'>Imprint</a></footer></body></html>"
    )


def json_ld(**fields: str) -> str:
    """A news article's JSON-LD with these extra fields, each a JSON value."""
    inner = "".join(f', "{name}": {value}' for name, value in fields.items())
    return (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle"'
        f"{inner}}}</script>"
    )


def index_page(number: int = 12, *, head: str = "") -> str:
    """A page of headlines with teasers and datelines."""
    items = "".join(
        f"<article><h2><a href='/news/{n}'>Headline number {n} about the harbour and its boats</a></h2>"
        f"<time datetime='2025-08-{n % 28 + 1:02}'>{n} August</time>"
        f"<p>A short teaser of story {n} that says a little of what it is about, and ends here.</p></article>"
        for n in range(1, number + 1)
    )
    return f"<html><head><title>News</title>{head}</head><body><main>{items}</main></body></html>"


def rss_item(
    title: str = "Council keeps the kelp quota",
    *,
    link: str | None = "https://post.example/kelp",
    text: str = "",
    date: str | None = "Tue, 19 Aug 2025 18:30:00 +0200",
    extra: str = "",
) -> str:
    """One item; `text` goes into its description as HTML."""
    parts = [f"<title>{title}</title>", f"<description><![CDATA[{text}]]></description>", extra]
    parts += [f"<link>{link}</link><guid>{link}</guid>"] if link else []
    parts += [f"<pubDate>{date}</pubDate>"] if date else []
    return f"<item>{''.join(parts)}</item>"


def rss(*items: str, title: str = "Lerwald Post", built: str = "") -> str:
    """An RSS 2.0 feed."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><link>https://post.example/</link><language>en</language>{built}"
        f"{''.join(items)}</channel></rss>"
    )


ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>Lerwald Post</title><link href="https://post.example/"/><id>tag:post.example,2025:feed</id>
<updated>2025-08-20T08:00:00Z</updated>
<entry><title type="html">Council &amp;amp; crews &lt;b&gt;part&lt;/b&gt;</title><id>tag:post.example,2025:1</id>
<link rel="alternate" href="/kelp?utm_source=feed&amp;id=7"/><author><name>Mia Holt</name></author>
<author><name>Jan Roth</name></author>
<published>2025-08-19T18:30:00+02:00</published><updated>2025-08-19T20:00:00+02:00</updated>
<summary>Short.</summary><content type="html">&lt;p&gt;First words.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;One&lt;/li&gt;
&lt;li&gt;Two&lt;/li&gt;&lt;/ul&gt;&lt;script&gt;alert(1)&lt;/script&gt;</content></entry>
<entry><title>Only updated</title><id>tag:post.example,2025:2</id><updated>2025-08-18T08:00:00Z</updated>
<summary>Words.</summary></entry>
</feed>"""

JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Lerwald Post", "language": "en",
"home_page_url": "https://post.example/", "authors": [{"name": "The desk"}], "items": [
{"id": 7, "url": "https://post.example/kelp", "title": "Council &amp; crews", "content_html": "<p>First words.</p>",
 "date_published": "2025-08-19T18:30:00+02:00", "authors": [{"name": "Mia Holt"}]},
{"id": "b", "title": "Plain", "content_text": "Plain words.", "date_published": "yesterday"},
"not an item", {"id": "c", "external_url": "javascript:alert(1)", "summary": "Summary."}]}"""

BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><rss version='2.0'><channel><title>&j;</title></channel></rss>"
)
EXTERNAL_ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "{target}">]><rss version="2.0"><channel>'
    "<title>&x;</title><item><title>&x;</title></item></channel></rss>"
)
