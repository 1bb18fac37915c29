"""Lists of feeds as services want them, in OPML."""

from collections.abc import Sequence

from bot.errors import UnusableFileError
from bot.services.source_ports import Listed
from bot.sources.addresses import AddressGuard
from bot.sources.allowed import AllowedHost
from bot.sources.opml import NotOpmlError, OpmlFeed, read_opml, write_opml


class OpmlLists:
    """`FeedLists` in OPML."""

    def __init__(self, allowed: Sequence[AllowedHost] = ()) -> None:
        self._guard = AddressGuard(allowed)

    def read(self, content: bytes) -> Listed:
        """The feeds in a file. Raises `UnusableFileError`."""
        try:
            found = read_opml(content, guard=self._guard)
        except NotOpmlError as error:
            raise UnusableFileError(f"it {error}", "sources export") from None
        return Listed(tuple((feed.url, feed.title) for feed in found.feeds), found.refused)

    def write(self, feeds: Sequence[tuple[str, str]], title: str) -> bytes:
        """A file with these feeds (address, name)."""
        return write_opml((OpmlFeed(url, name) for url, name in feeds), title=title)
