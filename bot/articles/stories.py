"""Near-duplicates: fingerprints of articles, and the stories they fold to."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is needed to find an article's copies without its text.

    `signature` is the MinHash of the text's word shingles as bytes; `words` its length in words.
    """

    article_id: str
    source_id: str
    words: int
    published_at: datetime | None
    outlet: str | None
    signature: bytes
