"""What may be shown: text without characters that a reader can't see or that steer a terminal."""

import unicodedata

_BREAKS = frozenset("\n\r\t\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def visible(text: str) -> str:
    """`text` as one line: breaks become spaces; controls (escape sequences), bidirectional and zero-width signs go.

    Articles and typed names come from strangers: an escape character could rewrite the screen, a bidirectional
    override could turn a sentence round. Stored text stays as it is; this is for showing alone.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if char in _BREAKS else char for char in text if char in _BREAKS or not _is_hidden(char))


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in _HIDDEN
