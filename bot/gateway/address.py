"""Where Discord is: its own address, or that of a rate-limit proxy or a test server.

discord.py has no setting for either, so this is the one file that reaches for its class attributes (pinned to 2.7).
"""

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

DISCORD_API_URL = "https://discord.com/api/v10"


def use_api(url: str) -> None:
    """Send every HTTP request of this process to `url`. To be called before login: each route reads it when built."""
    Route.BASE = url


async def use_gateway_of_api(client: discord.Client) -> None:
    """Take the gateway's address from the API in use. Sessions that can't be resumed would else begin at Discord's."""
    if Route.BASE != DISCORD_API_URL:
        _, url, _ = await client.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
