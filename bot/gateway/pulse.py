"""Whether this process can do its work: for whoever decides if it gets some, or is started anew."""

import discord

from bot.errors import AttacheError
from bot.services.ports import Memory


class Pulse:
    """Knows what is missing until the bot is ready."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._client: discord.Client | None = None

    def watch(self, client: discord.Client) -> None:
        """Look at this client."""
        self._client = client

    async def missing(self) -> str | None:
        """What is missing, in a word or two; None if nothing is."""
        if self._client is None or not self._client.is_ready():
            return "gateway"
        try:
            await self._memory.get("pulse")
        except AttacheError:
            return "database"
        return None
