"""The promise, checked: what is shown is the stored article's text, and quotation marks are the source's own."""

from collections.abc import Mapping

from bot.articles.model import Citation
from bot.errors import UnprovedLineError
from bot.language.spans import Span

# One sign can open in one language and close in another (”), so openers and closers overlap.
_OPENING = frozenset("\"'“”„‟‘‚‛«»‹›「『")
_CLOSING = frozenset("\"'“”‟’‘«»‹›」』")
_THIN = " \u00a0\u202f"  # French sets spaces within the marks
_REACH = 3


def prove(text_of: Mapping[str, str], citation: Citation, shown: str) -> None:
    """Raise `UnprovedLineError` unless `shown` is, character by character, the stored text under the citation."""
    text, span = text_of.get(citation.article_id), citation.span
    if text is None or span.end > len(text) or not shown.strip() or span.of(text) != shown:
        raise UnprovedLineError(citation.article_id, span.start, span.end)


def prove_quote(text_of: Mapping[str, str], citation: Citation, quote: Span) -> None:
    """Raise `UnprovedLineError` unless `quote` lies within the cited span and stands in the source's own marks.

    An opening mark must stand right before it and a closing one right after it. A quote that runs on into the next
    paragraph has no closing mark there: the end of its paragraph will do.
    """
    text = text_of.get(citation.article_id)
    if text is None or quote.end > len(text) or not citation.span.contains(quote) or not is_quoted(text, quote):
        raise UnprovedLineError(citation.article_id, quote.start, quote.end)


def is_quoted(text: str, quote: Span) -> bool:
    """Whether the source itself has quotation marks around `quote`."""
    before = text[max(0, quote.start - _REACH) : quote.start].rstrip(_THIN)
    after = text[quote.end : quote.end + _REACH].lstrip(_THIN)
    return before[-1:] in _OPENING and (not after or after[0] in _CLOSING or after[0] == "\n")
