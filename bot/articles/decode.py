"""Bytes to characters."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_OTHER_NEWLINES = "\r\u2028\u2029\x85\x0b\x0c"
_HEAD = 4096  # bytes in which a page names its encoding
_ORDINARY = bytes(byte for byte in range(256) if byte >= 32 or byte in b"\t\n\r\f\v\x1b")  # in UTF-8
_BINARY_SHARE = 0.02  # of control characters, from which on bytes are no text


def decode(content: bytes, *, declared: str | None = None, is_html: bool = False) -> str | None:
    """The text of `content` with newlines as `\\n`, or None if it is no text.

    Looks at the byte order mark, then UTF-8, then `declared` or what an HTML page declares, then at the bytes'
    own statistics (charset-normalizer), then takes Windows-1252.
    """
    text = _from_bom(content) or _strict(content, "utf-8")
    if text is None:
        if b"\0" in content:
            return None
        named = declared or (_declared_in(content) if is_html else None)
        text = (_strict(content, named) if named else None) or _guessed(content)
    if text is None or _is_binary(text):
        return None
    is_plain = not any(sign in text for sign in _OTHER_NEWLINES)  # looked for one by one: ten times as quick
    return text if is_plain else _NEWLINES.sub("\n", text)


def _from_bom(content: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], encoding)
    return None


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(_wider(encoding))
    except (UnicodeDecodeError, LookupError):
        return None


def _wider(encoding: str) -> str:
    """Pages that say Latin-1 or ASCII mean Windows-1252 (WHATWG Encoding Standard)."""
    return "cp1252" if encoding.casefold() in {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"} else encoding


def _declared_in(content: bytes) -> str | None:
    match = _XML_ENCODING.search(content[:_HEAD]) or _META_CHARSET.search(content[:_HEAD])
    return match[1].decode("ascii", "ignore") if match else None


def _guessed(content: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only the rare file that is not UTF-8 needs it

    best = from_bytes(content[:200_000]).best()
    guess = _strict(content, best.encoding) if best is not None else None
    return guess or _strict(content, "cp1252") or content.decode("latin-1")


def _is_binary(text: str) -> bool:
    sample = text[:20_000]
    controls = sample.encode("utf-8", "surrogatepass").translate(None, _ORDINARY)
    return "\0" in text or len(controls) > _BINARY_SHARE * len(sample)
