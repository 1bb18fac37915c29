"""Where a page says that its feeds are."""

from dataclasses import dataclass

from yarl import URL

from bot.sources.html_tree import Element, parse_html, plain

_TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/json", "application/rdf+xml",
})  # fmt: skip
_MOST = 20


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page points to. `title` is what the page calls it, perhaps nothing."""

    url: str
    title: str
    media_type: str


def find_feeds(html: str, base_url: str) -> tuple[FeedLink, ...]:
    """The feeds that a page names in its `<link rel="alternate">`, in its order; feeds of comments come last."""
    root = parse_html(html)
    return () if root is None else feeds_in(root, base_url)


def feeds_in(root: Element, base_url: str) -> tuple[FeedLink, ...]:
    """`find_feeds` on a parsed page."""
    base = _joined(base_url, next(iter(root.xpath("//base/@href")), "")) or base_url
    found: dict[str, FeedLink] = {}
    for link in root.xpath("//link[@href]"):
        kind = (link.get("type") or "").partition(";")[0].strip().casefold()
        is_alternate = "alternate" in (link.get("rel") or "").casefold().split()
        url = _joined(base, link.get("href")) if is_alternate and kind in _TYPES else None
        if url is not None and not ("json" in kind and "wp-json" in url):
            found.setdefault(url, FeedLink(url, plain(link.get("title") or "")[:200], kind))
    ordered = sorted(found.values(), key=lambda one: "comments" in one.url.casefold())
    return tuple(ordered[:_MOST])


def _joined(base: str, href: str) -> str | None:
    try:
        url = URL(base).join(URL(href.strip()))
    except ValueError:
        return None
    return str(url.with_fragment(None)) if url.scheme in ("http", "https") and url.host else None
