"""HTML pages: their main text with headings and bullets kept, and what their head says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.articles.lines import split_lines
from bot.articles.structure import is_prose

_FEWEST_WORDS = 25  # in whole sentences; with fewer a page is an index of links
_LD_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')
_HEADING_MARK, _BULLET_MARK = "## ", "- "


@dataclass(frozen=True, slots=True)
class Page:
    """Main text (headings begin with `## `, bullets with `- `) and fields as (value, where it came from)."""

    text: str
    fields: Mapping[str, tuple[str, str]]


def read_page(html: str, url: str | None = None) -> Page | None:
    """The article in a page, by trafilatura (Barbaresi 2021), or None if there is none."""
    import trafilatura  # noqa: PLC0415 - a fifth of a second that plain-text sources need not pay

    tree = trafilatura.load_html(html)
    if tree is None:
        return None
    published = _published(tree)
    found = trafilatura.bare_extraction(
        tree,
        url=url,
        include_comments=False,
        include_tables=False,
        include_formatting=True,
        with_metadata=True,
        # A date that stands just anywhere in a page may be that of a comment or of the copyright notice.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or isinstance(found, dict):
        return None
    text = "\n\n".join(_blocks(found.body)) if found.body is not None else found.text or ""
    if sum(line.words for line in split_lines(text) if is_prose(line) and line.ends_sentence) < _FEWEST_WORDS:
        return None
    return Page(text, _fields(found) | published)


def _published(tree: Any) -> dict[str, tuple[str, str]]:
    """The publication time with its hour and zone, which trafilatura leaves out: from JSON-LD, head or `<time>`."""
    ld = " ".join(tree.xpath("//script[@type='application/ld+json']/text()"))
    places = (
        ("json-ld", _LD_PUBLISHED.findall(ld)),
        ("meta", tree.xpath("//meta[@property='article:published_time' or @itemprop='datePublished']/@content")),
        ("time", tree.xpath("(//article[.//time])[1]//time/@datetime")),
    )
    found = ((str(value).strip(), origin) for origin, values in places for value in values[:1])
    return next(({"published": (value, origin)} for value, origin in found if value), {})


def _fields(found: Any) -> dict[str, tuple[str, str]]:
    values = {
        "title": found.title,
        "author": found.author,
        "outlet": found.sitename,
        "published": found.date,
        "url": found.url,
    }
    return {name: (str(value).strip(), "page") for name, value in values.items() if value and str(value).strip()}


def _blocks(body: Any) -> Iterator[str]:
    """The blocks of trafilatura's own tree, in order, as lines."""
    for element in body:
        if element.tag == "head":
            yield from _line(element, _HEADING_MARK)
        elif element.tag == "list":
            items = [line for item in element.iter("item") for line in _line(item, _BULLET_MARK)]
            if items:
                yield "\n".join(items)
        elif element.tag in {"quote", "div"} and any(child.tag in {"p", "head", "list"} for child in element):
            yield from _blocks(element)
        else:
            yield from _line(element, "")


def _line(element: Any, mark: str) -> Iterator[str]:
    words = " ".join("".join(element.itertext()).split())
    if words:
        yield mark + words
