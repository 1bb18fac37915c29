"""Words of a text, as ranking, fingerprints and topic keywords compare them."""

import re

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def words(text: str) -> list[str]:
    """Casefolded word tokens: letters and digits, with inner hyphens, apostrophes and stops ("u.s", "cease-fire")."""
    return [word.replace("’", "'") for word in _WORD.findall(text.casefold())]
