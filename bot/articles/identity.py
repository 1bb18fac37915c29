"""Names that stay: an article's id and the hash that tells whether its document changed."""

import hashlib

from bot.articles.model import RawDocument


def article_id(source_id: str, location: str) -> str:
    """The id of the article at `location` of a source: 16 hexadecimal digits, the same on every machine."""
    return hashlib.sha256(f"{source_id}\0{location}".encode()).hexdigest()[:16]


def content_hash(document: RawDocument) -> str:
    """SHA-256 over what a document says: bytes, media type and hints. It changes when any of them does."""
    digest = hashlib.sha256(document.content)
    for part in (document.media_type, *(f"{key}={value}" for key, value in sorted(document.hints.items()))):
        digest.update(b"\0" + part.encode())
    return digest.hexdigest()
