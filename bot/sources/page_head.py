"""What a page says of itself: JSON-LD first, then OpenGraph and its like, then `<time>`."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from yarl import URL

from bot.sources.html_tree import Element, plain

JSON_LD, OPEN_GRAPH, TIME, PAGE = "JSON-LD", "OpenGraph", "<time>", "page"
_ARTICLES = frozenset({"BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "TechArticle"})
_LISTS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage"})
_WRAPPING = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*$")
_DEEPEST = 6  # levels of JSON-LD that are looked into
_LONGEST = 300  # characters of a field
_META = (
    ("title", "og:title"), ("outlet", "og:site_name"), ("published", "article:published_time"),
    ("published", "og:article:published_time"), ("updated", "article:modified_time"), ("updated", "og:updated_time"),
    ("author", "article:author"), ("author", "author"), ("url", "og:url"), ("language", "og:locale"),
    ("published", "datepublished"), ("published", "dc.date.issued"), ("published", "dcterms.issued"),
    ("published", "parsely-pub-date"), ("published", "pubdate"), ("published", "publish-date"), ("published", "date"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is said of an article, and by which part of the page or feed."""

    field: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class PageHead:
    """Everything said, the most credible first; and whether the page calls itself one article, or a list."""

    said: tuple[Said, ...]
    is_article: bool
    is_list: bool


def read_head(root: Element, url: str) -> PageHead:
    """What the page at `url` says of itself. Fields: title, author, outlet, published, updated, url, language."""
    nodes = list(_nodes(root))
    articles = [node for node in nodes if _is_a(node, _ARTICLES)]
    said = [
        *(one for node in articles[:1] for one in _of_article(node)),
        *_of_meta(root),
        *_of_times(root),
        *(Said("url", href, PAGE) for href in root.xpath("//link[@rel='canonical']/@href")[:1]),
        *(Said("language", language, PAGE) for language in root.xpath("/html/@lang")[:1]),
    ]
    is_list = not articles and any(_is_a(node, _LISTS) for node in nodes)
    return PageHead(tuple(_usable(said, url)), is_article=len(articles) == 1, is_list=is_list)


def _usable(said: list[Said], url: str) -> Iterator[Said]:
    for one in said:
        value = _own_address(one.value, url) if one.field == "url" else plain(one.value)[:_LONGEST]
        if value and not (one.field == "author" and "://" in value):  # some name a profile's address
            yield Said(one.field, value, one.origin)


def _own_address(words: str, url: str) -> str | None:
    """A canonical address, if it stays on the page's own site: nobody may speak in another outlet's name."""
    try:
        page = URL(url)
        found = page.join(URL(words.strip()))
    except ValueError:
        return None
    own, named = ((one.host or "").casefold().removeprefix("www.") for one in (page, found))
    is_same = named == own or named.endswith(f".{own}") or own.endswith(f".{named}")
    is_home = found.path in ("", "/") and not found.query_string and page.path not in ("", "/")
    if found.scheme not in ("http", "https") or not is_same or "." not in named.strip("[]") or is_home:
        return None
    return str(found.with_fragment(None))


def _nodes(root: Element) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, outer ones first."""
    for script in root.xpath("//script[@type='application/ld+json']")[:20]:
        text = _WRAPPING.sub("", script.text or "")
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(data, _DEEPEST)


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for one in data[:200]:
            yield from _objects(one, depth - 1) if depth else ()
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if depth and isinstance(data.get(key), dict | list):
                yield from _objects(data[key], depth - 1)


def _is_a(node: dict[str, Any], kinds: frozenset[str]) -> bool:
    named = node.get("@type")
    names = [name for name in (named if isinstance(named, list) else [named]) if isinstance(name, str)]
    return any(name in kinds or (kinds is _ARTICLES and name.endswith("Article")) for name in names)


def _of_article(node: dict[str, Any]) -> Iterator[Said]:
    values = {
        "title": node.get("headline") or node.get("name"),
        "author": ", ".join(_names(node.get("author"))),
        "outlet": next(_names(node.get("publisher")), None),
        "published": node.get("datePublished"),
        "updated": node.get("dateModified"),
        "url": node.get("url") or node.get("mainEntityOfPage"),
        "language": node.get("inLanguage"),
    }
    for field, value in values.items():
        if isinstance(value, dict):
            value = value.get("@id") if field == "url" else value.get("name")  # noqa: PLW2901 - the same value, unwrapped
        if isinstance(value, str) and value.strip():
            yield Said(field, value, JSON_LD)


def _names(value: Any) -> Iterator[str]:
    for one in value[:10] if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            yield plain(name)


def _of_meta(root: Element) -> Iterator[Said]:
    found: dict[str, list[str]] = {}
    for meta in root.xpath("//meta[@content]"):
        name = (meta.get("property") or meta.get("name") or "").casefold()
        found.setdefault(name, []).append(meta.get("content"))
    for field, name in _META:
        values = found.get(name, [])
        if values:
            yield Said(field, ", ".join(values[:5]) if field == "author" else values[0], OPEN_GRAPH)


def _of_times(root: Element) -> Iterator[Said]:
    """The time that is marked as that of publication; else the first one in the article's own element."""
    for path in (
        "//*[@itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@content",
        "//time[@pubdate]/@datetime",
        "(//article | //main)[1]//time[1]/@datetime",
        "//header//time/@datetime",
    ):
        if found := root.xpath(path):
            yield Said("published", found[0], TIME)
