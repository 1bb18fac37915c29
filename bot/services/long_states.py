"""What buttons carry where it does not fit into them: kept under a short key that its own words determine."""

import hashlib

from bot.errors import NotFoundError
from bot.services.ports import Memory

_SIGN = "~"  # begins a key; nothing that is carried as it is begins so
_DIGITS = 20  # of a SHA-256


class LongStates:
    """Shortens texts for good: the key of a text is always the same, so the same question is kept once."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def shorten(self, text: str, longest: int) -> str:
        """`text` itself where it is at most `longest` characters, else its key (21 characters)."""
        if len(text) <= longest and not text.startswith(_SIGN):
            return text
        key = hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
        await self._memory.put(f"state:{key}", text)
        return _SIGN + key

    async def restore(self, short: str) -> str:
        """The text that was shortened. Raises `NotFoundError` where it is not known (any more)."""
        if not short.startswith(_SIGN):
            return short
        text = await self._memory.get(f"state:{short.removeprefix(_SIGN)}")
        if text is None:
            raise NotFoundError("answer behind this button (ask again)", short)
        return text
