"""Strangers' text made harmless for Discord: shown as it stands, never read as markup, a mention or a link."""

import re
from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit

from bot.articles.model import DatePrecision, Published
from bot.catalogues import tr
from bot.presentation.visible import visible

_MARKUP = re.compile(r"[\\`*_~|<>\[\]@]")
_SCHEME = re.compile(r"(?<=\w):(?=//)")  # "https://…" in a text would become a link of its own
_LINE_START = re.compile(r"^(?:(?=[#+-])|\d+(?=[.)]))")  # a heading, small print or a list, if it opens the line
_SPACE = re.compile(r"\s+")
_NO_BREAK = ("\u00a0", "\u202f")  # alone they stay: French has them within its quotation marks
_LONGEST_LINK = 400
_CHANNEL = re.compile(r"\\<#(\d{1,20})\\>")
# Midnight UTC is the day before in half of the world. At 10:30 UTC it is the same date from Honolulu to Auckland.
_SAME_DATE_NEARLY_EVERYWHERE = timedelta(hours=10, minutes=30)


def escape(text: str) -> str:
    """`text` on one line, without invisible and steering characters, with every sign Discord would act on escaped."""
    line = _one_line(text)
    line = _SCHEME.sub(r"\:", _MARKUP.sub(r"\\\g<0>", line))
    return _LINE_START.sub(r"\g<0>\\", line)


def with_channels(escaped: str) -> str:
    """Escaped text whose channel mentions are shown by name again: they notify nobody, and a number tells nothing."""
    return _CHANNEL.sub(r"<#\1>", escaped)


def label(text: str, longest: int = 80) -> str:
    """A name or title from strangers, escaped, and cut where it is longer than a label should be."""
    line = _one_line(text)
    return escape(line if len(line) <= longest else line[: longest - 1].rstrip() + "…")


def _one_line(text: str) -> str:
    return _SPACE.sub(lambda space: space[0] if space[0] in _NO_BREAK else " ", visible(text).strip())


def link(url: str | None, text: str | None = None) -> str | None:
    """A link that does not unfurl, under our own word; None where there is no web address that can be trusted."""
    if url is None or len(url) > _LONGEST_LINK or visible(url) != url:
        return None
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return f"[{text or tr('open')}](<{quote(url, safe='%/:?#@!$&+,;=~-._')}>)" if is_web else None


def timestamp(at: datetime, style: str = "f") -> str:
    """An instant that every reader sees in their own time zone and language."""
    return f"<t:{int(at.timestamp())}:{style}>"


def date_stamp(published: Published | None) -> str:
    """A publication date for a short citation, in figures as the reader writes them, or "undated"."""
    if published is None:
        return tr("undated")
    is_day = published.precision is DatePrecision.DAY
    return day_stamp(published.at, "d") if is_day else timestamp(published.at, "d")


def day_stamp(midnight: datetime, style: str = "D") -> str:
    """A date alone, given as its midnight UTC."""
    return timestamp(midnight + _SAME_DATE_NEARLY_EVERYWHERE, style)
