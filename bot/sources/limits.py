"""How much of the outside world is let in."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Limits of one fetch (times in seconds) and of manners towards one host."""

    max_bytes: int = 5_000_000  # of a body, as sent and after decompression
    max_redirects: int = 5
    total: float = 30.0  # of one try, redirects included, waiting for our turn excluded
    connect: float = 10.0
    quiet: float = 10.0  # between two pieces of an answer
    tries: int = 3
    longest_wait: float = 5.0  # that a server may ask for and a running fetch waits
    longest_hold: timedelta = timedelta(hours=24)  # that a server may ask for at all
    longest_freshness: timedelta = timedelta(hours=6)  # that a server may claim
    per_host: int = 2  # requests at once
    delay: float = 1.0  # between two requests' beginnings
    longest_delay: float = 10.0  # that robots.txt may ask for


@dataclass(frozen=True, slots=True)
class FeedLimits:
    """Limits of one reading of a feed."""

    items: int = 100  # the first ones, which are the newest
    whole_words: int = 150  # from which on an item's own text counts as the whole article
    pages_at_once: int = 8
    faults: int = 3  # pages in a row that could not be had, after which a site is left alone for this time
    revisit_after: timedelta = timedelta(hours=6)  # a page may have been corrected without the feed saying so
