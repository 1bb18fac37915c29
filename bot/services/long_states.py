"""What buttons carry where it does not fit into them: kept under a short key that its own words determine."""

import hashlib

from bot.errors import NotFoundError
from bot.services.ports import Memory

_SIGN = "~"  # begins a key; nothing that is carried as it is begins so
_DIGITS = 20  # of a SHA-256
_SLOTS = 4  # digits of the key that say where it is kept: 65,536 places, so that nobody can fill the database


class LongStates:
    """Shortens texts: the key of a text is always the same, so the same question is kept once.

    A text whose place another one took is gone: rare, and whoever presses is told to ask again.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def shorten(self, text: str, longest: int) -> str:
        """`text` itself where it is at most `longest` characters, else its key (21 characters)."""
        if len(text) <= longest and not text.startswith(_SIGN):
            return text
        key = hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
        await self._memory.put(_place(key), key + text)
        return _SIGN + key

    async def restore(self, short: str) -> str:
        """The text that was shortened. Raises `NotFoundError` where it is not known (any more)."""
        if not short.startswith(_SIGN):
            return short
        key = short.removeprefix(_SIGN)
        kept = await self._memory.get(_place(key))
        if kept is None or not kept.startswith(key):
            raise NotFoundError("answer behind this button (ask again)", short)
        return kept.removeprefix(key)


def _place(key: str) -> str:
    return f"state:{key[:_SLOTS]}"
