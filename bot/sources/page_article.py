"""From a page to the article in it, or the reason why there is none."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.articles.markup import Page, read_page
from bot.sources.feed_links import FeedLink, feeds_in
from bot.sources.html_tree import Element, parse_html, storable, text_of
from bot.sources.page_head import PAGE, PageHead, Said, read_head
from bot.sources.stamps import read_stamp

LOG = logging.getLogger(__name__)
_TEASERS = 5  # headings that are links, from which on a page may be an index
_DATELINES = 5  # distinct times
_RUN = 120  # words of running text without such a heading in between, which an article has and an index has not
_LINKED = 0.6  # share of an index's words that are links
_PLAIN_DIV = "self::div[not(descendant::*[self::div or self::p or self::ul or self::table or self::h2 or self::h3])]"
_MOST_ELEMENTS = 30_000  # long live blogs have a third of them; more is meant to keep us busy
_OUTSIDE = "ancestor::nav or ancestor::footer or ancestor::aside or ancestor::header"


@dataclass(frozen=True, slots=True)
class PageArticle:
    """Main text (headings `## `, bullets `- `) and everything that is known of it: field to (value, origin)."""

    text: str
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NoArticle:
    """Why a page is no article, in words that follow its name; and the feeds that it names."""

    reason: str
    feeds: tuple[FeedLink, ...] = ()


def read_article(html: str, *, url: str, now: datetime, before: Iterable[Said] = ()) -> PageArticle | NoArticle:
    """The article in the page at `url`. What is said `before` (by a feed) goes before what the page says."""
    root = parse_html(html)
    if root is None:
        return NoArticle("is empty")
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        return NoArticle(f"is built of more than {_MOST_ELEMENTS:,} elements")
    head = read_head(root, url)
    feeds = feeds_in(root, url)
    if reason := _index_reason(root, head):
        return NoArticle(reason, feeds)
    try:
        page = read_page(html, url)
    except Exception:  # a fault of the library's on what somebody wrote: loud, but it costs one page
        LOG.exception("trafilatura could not read %s", url)
        page = None
    if page is None:
        return NoArticle("holds no article", feeds)
    return PageArticle(storable(page.text), choose([*before, *head.said, *_of_page(page)], now=now))


def choose(said: Iterable[Said], *, now: datetime) -> dict[str, tuple[str, str]]:
    """Of each field the first value that is credible, with its origin. Times become ISO 8601 with their zone."""
    chosen: dict[str, tuple[str, str]] = {}
    for one in said:
        is_time = one.field in ("published", "updated")
        value = read_stamp(one.value, now=now) if is_time else one.value.strip()
        if value and one.field not in chosen:
            chosen[one.field] = (value, one.origin)
    return chosen


def _of_page(page: Page) -> Iterable[Said]:
    """What trafilatura makes out besides. Its dates and outlets are guesses at times: from anywhere, from the host."""
    return (Said(field, value, PAGE) for field, (value, _) in page.fields.items() if field in ("title", "author"))


def _index_reason(root: Element, head: PageHead) -> str | None:
    """Why a page is a list of articles and none itself."""
    body = root.find("body")
    if body is None:
        return None
    run, teasers = _running_text(body)
    if run >= _RUN or head.is_article:
        return None
    if head.is_list:
        return "calls itself a list of articles"
    if teasers >= _TEASERS:
        return f"is an index: {teasers} headlines that are links, and at most {run} words of text between them"
    times = len({one for one in body.xpath(".//time/@datetime") if one.strip()})
    if times >= _DATELINES:
        return f"is an index: {times} datelines, and at most {run} words of text between them"
    share = _share_of_links(body)
    return f"is an index: {share:.0%} of its words are links" if share > _LINKED and run < _RUN // 2 else None


def _running_text(body: Element) -> tuple[int, int]:
    """(words of the longest run of paragraphs without a linked headline in between, number of such headlines)."""
    longest = run = teasers = 0
    path = f".//*[self::p or self::h1 or self::h2 or self::h3 or self::h4 or {_PLAIN_DIV}][not({_OUTSIDE})]"
    for element in body.xpath(path):
        words = len(text_of(element).split())
        linked = sum(len(text_of(link).split()) for link in element.iter("a"))
        if element.tag in ("p", "div"):
            run += words if linked * 2 < words else 0
        elif linked * 2 > words or (element.getparent() is not None and element.getparent().tag == "a"):
            teasers += 1
            run = 0
        longest = max(longest, run)
    return longest, teasers


def _share_of_links(body: Element) -> float:
    visible = ".//text()[normalize-space() and not(ancestor::script or ancestor::style or ancestor::noscript)]"
    words = sum(len(text.split()) for text in body.xpath(visible))
    linked = sum(len(text.split()) for text in body.xpath(visible.replace("]", " and ancestor::a]", 1)))
    return linked / words if words else 0.0
