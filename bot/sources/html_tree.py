"""HTML as a tree, by lxml: the one place that parses markup in this room."""

from collections.abc import Iterator
from typing import Any

Element = Any  # lxml ships no types

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "footer", "header", "hr", "li",
    "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NO_TEXT = frozenset({
    "audio", "button", "canvas", "dialog", "embed", "figcaption", "form", "iframe", "map", "nav", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip
_LONGEST = 500_000  # characters of a piece of markup; no article is that long


def parse_html(text: str) -> Element | None:
    """The root of a page or of a piece of one, whatever its faults; None if there is nothing in it."""
    from lxml import etree, html  # type: ignore[import-untyped]  # noqa: PLC0415 - no types; folders need not pay for it

    content = text.replace("\0", "").encode("utf-8", "replace")
    try:
        return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def storable(text: str) -> str:
    """Without what no database takes: NULs, and halves of surrogate pairs, which JSON and headers can smuggle in."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def text_of(element: Element) -> str:
    """All words of an element on one line."""
    return storable(" ".join("".join(element.itertext()).split()))


def plain(text: str) -> str:
    """The words of a text that may hold markup or entities, on one line."""
    if "<" not in text and "&" not in text:
        return storable(" ".join(text.split()))
    root = parse_html(f"<p>{text}</p>")
    return "" if root is None else text_of(root)


def fragment_text(markup: str) -> str:
    """The text of a piece of HTML, line by line: headings begin with `## `, bullets with `- `, blank lines between."""
    root = parse_html(markup[:_LONGEST])
    if root is None:
        return ""
    out: list[str] = []
    for mark, words in _lines(root):
        is_list = mark == "- " and out and out[-1].rpartition("\n")[2].startswith("- ")
        if is_list:
            out[-1] += f"\n{mark}{words}"
        else:
            out.append(mark + words)
    return storable("\n\n".join(out))


def _lines(root: Element) -> Iterator[tuple[str, str]]:
    """(mark, words) of every line that is not blank."""
    from lxml import etree  # noqa: PLC0415 - see above

    words: list[str] = []
    mark = ""
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        ends_line = tag in _BLOCKS or tag in _HEADINGS or tag == "br"
        if ends_line:
            if line := " ".join("".join(words).split()):
                yield mark, line
                mark = "" if event == "start" or tag in ("li", *_HEADINGS) else mark
            words.clear()
        if event == "start":
            mark = "## " if tag in _HEADINGS else "- " if tag == "li" else mark
            if tag in _NO_TEXT:
                walk.skip_subtree()
            else:
                words.append(element.text or "")
        else:
            mark = "" if tag in ("li", *_HEADINGS) else mark
            words.append(element.tail or "")
    if line := " ".join("".join(words).split()):
        yield mark, line
