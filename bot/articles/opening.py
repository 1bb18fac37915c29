"""A raw document, opened: its text, and what the channel or the page says about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.articles.decode import decode
from bot.articles.markup import read_page
from bot.articles.model import RawDocument, Unusable

_MOST_LINES = 50_000
FIELDS = ("title", "author", "outlet", "published", "url")


@dataclass(frozen=True, slots=True)
class Opened:
    """Text with newlines as `\\n`, without outer white space. `fields` maps each of `FIELDS` that is known to
    (value, where it came from)."""

    text: str
    fields: Mapping[str, tuple[str, str]]


def open_document(document: RawDocument) -> Opened | Unusable:
    """Decode a document and, if it is a page, take its main text out of the markup."""
    is_html = document.media_type in {"text/html", "application/xhtml+xml"}
    text = decode(document.content, declared=document.hints.get("charset"), is_html=is_html)
    if text is None:
        return Unusable(document.location, "is not text")
    if not text.strip():
        return Unusable(document.location, "is empty")
    if text.count("\n") > _MOST_LINES:
        return Unusable(document.location, f"has more than {_MOST_LINES:,} lines, which no article has")
    hints = {
        name: (document.hints[name], document.origins.get(name, "source"))
        for name in FIELDS
        if document.hints.get(name)
    }
    if not is_html:
        return Opened(text.strip(), hints)
    page = read_page(text, document.hints.get("url"))
    if page is None:
        return Unusable(document.location, "no article was found in the page")
    return Opened(page.text.strip(), {**page.fields, **hints})
