"""OPML 2.0: lists of feeds, as other readers export and import them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from bot.articles.decode import decode
from bot.sources.addresses import AddressGuard, RefusedAddressError
from bot.sources.xml_guard import refusal_of_xml

MAX_BYTES = 1_000_000
MOST_FEEDS = 500
_DEEPEST = 20  # folders in folders
_LONGEST = 200  # characters of a title


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """One feed of a list: `folder` is the path of the folders that it stands in (`News/Coast`), "" at the top."""

    url: str
    title: str
    site: str | None = None
    folder: str = ""


@dataclass(frozen=True, slots=True)
class OpmlRead:
    """The feeds of a list, each address once, and what could not be taken as (title or address, reason)."""

    feeds: tuple[OpmlFeed, ...]
    refused: tuple[tuple[str, str], ...] = ()


class NotOpmlError(Exception):
    """A file is no list of feeds: the message says why, in words that follow its name."""


def read_opml(content: bytes, *, guard: AddressGuard | None = None) -> OpmlRead:
    """The feeds in an OPML file. Addresses that may not be asked are refused one by one.

    Raises `NotOpmlError` for a file that is none, that is too large or that declares entities.
    """
    root = _root(content)
    body = root.find("body") if root.tag.casefold() == "opml" else None
    if body is None:
        raise NotOpmlError("is not an OPML file")
    feeds: dict[str, OpmlFeed] = {}
    refused: list[tuple[str, str]] = []
    judge = guard or AddressGuard()
    for feed in _feeds(body, (), _DEEPEST):
        try:
            url = str(judge.check_url(feed.url))
        except RefusedAddressError as error:
            refused.append((feed.title or feed.url[:_LONGEST], error.reason))
            continue
        if len(feeds) < MOST_FEEDS or url in feeds:
            feeds.setdefault(url, OpmlFeed(url, feed.title or url, feed.site, feed.folder))
        else:
            refused.append((feed.title or url, f"is more than the {MOST_FEEDS} feeds that one file may bring"))
    return OpmlRead(tuple(feeds.values()), tuple(refused))


def write_opml(feeds: Iterable[OpmlFeed], *, title: str) -> bytes:
    """An OPML file with these feeds, in their folders; `read_opml` gives them back."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = _xml_safe(title)
    folders = {"": ElementTree.SubElement(root, "body")}
    for feed in feeds:
        name = _xml_safe(feed.title)
        fields = {"type": "rss", "text": name, "title": name, "xmlUrl": _xml_safe(feed.url)}
        if feed.site:
            fields["htmlUrl"] = _xml_safe(feed.site)
        ElementTree.SubElement(_folder(folders, feed.folder), "outline", fields)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _root(content: bytes) -> Any:
    if len(content) > MAX_BYTES:
        raise NotOpmlError(f"is larger than {MAX_BYTES:,} bytes")
    text = decode(content, is_html=True)
    if text is None or not text.strip():
        raise NotOpmlError("is empty or not text")
    if refusal := refusal_of_xml(text):
        raise NotOpmlError(refusal)
    parser = ElementTree.XMLParser(encoding="utf-8")  # noqa: S314 - the guard above let it pass: nothing to expand
    try:
        return ElementTree.fromstring(text.lstrip("\ufeff \n\t").encode(), parser)  # noqa: S314 - see above
    except ElementTree.ParseError as error:
        raise NotOpmlError(f"is not well-formed XML ({error})") from None


def _feeds(outline: Any, path: tuple[str, ...], depth: int) -> Iterator[OpmlFeed]:
    for one in outline.findall("outline"):
        fields = {name.casefold(): " ".join(value.split()) for name, value in one.attrib.items()}
        name = (fields.get("title") or fields.get("text") or "")[:_LONGEST]
        if url := fields.get("xmlurl"):
            yield OpmlFeed(url, name, fields.get("htmlurl") or None, "/".join(path))
        elif depth:
            yield from _feeds(one, (*path, name.replace("/", "-")) if name else path, depth - 1)


def _folder(folders: dict[str, Any], path: str) -> Any:
    """The outline of a folder, made with those around it where it is not there yet."""
    if path not in folders:
        outer, _, name = path.rpartition("/")
        name = _xml_safe(name)
        folders[path] = ElementTree.SubElement(_folder(folders, outer), "outline", text=name, title=name)
    return folders[path]


def _xml_safe(words: str) -> str:
    """Without the control characters that XML can't hold."""
    return "".join(
        char for char in words if char >= " " and not "\ud800" <= char <= "\udfff" and char not in "\ufffe\uffff"
    )
