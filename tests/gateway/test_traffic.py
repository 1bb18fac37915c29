"""What is asked of Discord beside interactions: in step, and again where a connection broke."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import discord
import pytest

from bot.gateway.address import DISCORD_API_URL, use_api
from bot.gateway.traffic import Pacer, direct, in_background
from bot.presentation.discord_messages import notice_view
from tests.discord_offline import CHANNEL
from tests.loopback.discord import TOKEN, LoopbackDiscord, text_of
from tests.loopback.limits import Mishap, Weather

WHOLE = b"what stands in a file " * 1000


@asynccontextmanager
async def client_at(server: LoopbackDiscord, pacer: Pacer) -> AsyncIterator[discord.Client]:
    """A client that is logged in."""
    use_api(server.url)
    client = discord.Client(intents=discord.Intents.default(), http_trace=pacer.trace())
    direct(client, pacer)
    try:
        async with client:
            await client.login(TOKEN)
            yield client
    finally:
        use_api(DISCORD_API_URL)


async def post(client: discord.Client, channel: int) -> None:
    mentions = discord.AllowedMentions.none()
    await client.get_partial_messageable(channel).send(
        view=notice_view("x"), nonce=f"{channel}", allowed_mentions=mentions
    )


async def test_posts_in_the_background_never_meet_the_global_limit() -> None:
    server = LoopbackDiscord()
    async with server.serving(), client_at(server, Pacer(rate=150)) as client:
        server.limit.a_second = 300
        with in_background():
            await asyncio.gather(*(post(client, channel) for channel in range(100, 430)))
    assert len(server.messages) == 330
    assert server.limit.refused == 0


async def test_a_global_refusal_is_waited_for_and_slows_the_pace() -> None:
    server, pacer = LoopbackDiscord(), Pacer(rate=500)
    async with server.serving(), client_at(server, pacer) as client:
        server.limit.a_second = 20
        channels = 0
        while not server.limit.refused:  # not in the first round, where a machine stands still in the midst of it
            with in_background():
                await asyncio.gather(*(post(client, channels + number) for number in range(100, 130)))
            channels += 30
    assert len(server.messages) == channels
    assert pacer.rate < 500


async def test_who_waits_for_an_answer_does_not_queue_with_posts() -> None:
    server, pacer = LoopbackDiscord(), Pacer(rate=0.01)
    async with server.serving(), client_at(server, pacer) as client:
        with in_background():
            posts = [asyncio.create_task(post(client, channel)) for channel in range(100, 110)]
        await client.fetch_channel(CHANNEL)
        waiting = sum(not task.done() for task in posts)
        for task in posts:
            task.cancel()
        await asyncio.gather(*posts, return_exceptions=True)
    assert waiting >= 8


@pytest.mark.parametrize("mishap", [Mishap.CUT_BEFORE, Mishap.CUT_AFTER])
async def test_a_post_whose_connection_broke_is_repeated_and_there_once(mishap: Mishap) -> None:
    server = LoopbackDiscord()
    async with server.serving(), client_at(server, Pacer()) as client:
        server.weather = Weather(seed=1, share=1.0, weights={mishap: 1}, most=1)
        await post(client, CHANNEL)
    assert len(server.messages) == 1
    assert server.channels.repeated == (mishap is Mishap.CUT_AFTER)


@pytest.mark.parametrize("mishap", [Mishap.CUT_BEFORE, Mishap.CUT_AFTER])
async def test_an_edit_whose_connection_broke_is_repeated(mishap: Mishap) -> None:
    server = LoopbackDiscord()
    async with server.serving(), client_at(server, Pacer()) as client:
        await post(client, CHANNEL)
        server.weather = Weather(seed=1, share=1.0, weights={mishap: 1}, most=1)
        message = client.get_partial_messageable(CHANNEL).get_partial_message(int(server.messages[0]["id"]))
        await message.edit(view=notice_view("changed"), allowed_mentions=discord.AllowedMentions.none())
    assert "changed" in text_of(server.messages[0])


async def test_a_connection_that_never_was_is_tried_again_whatever_it_is_for() -> None:
    server = LoopbackDiscord()
    async with server.serving(), client_at(server, Pacer()) as client:
        route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=CHANNEL)
        port, route.url = server.url, "http://127.0.0.1:9/nobody/is/here"
        task = asyncio.create_task(client.http.request(route, json={"content": "x"}))
        await asyncio.sleep(0.05)
        route.url = f"{port}/channels/{CHANNEL}/messages"
        await task
    assert len(server.messages) == 1


async def test_a_post_without_a_nonce_is_not_repeated() -> None:
    """Whether it arrived nobody knows; twice would be worse."""
    server = LoopbackDiscord()
    async with server.serving(), client_at(server, Pacer()) as client:
        server.weather = Weather(seed=1, share=1.0, weights={Mishap.CUT_AFTER: 1})
        route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=CHANNEL)
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.http.request(route, json={"content": "x"})
    assert len(server.messages) == 1


async def test_files_are_sent_whole_again() -> None:
    server = LoopbackDiscord()
    async with server.serving(), client_at(server, Pacer()) as client:
        server.weather = Weather(seed=1, share=1.0, weights={Mishap.CUT_AFTER: 1}, most=1)
        channel, file = client.get_partial_messageable(CHANNEL), discord.File(io.BytesIO(WHOLE), filename="x.md")
        await channel.send(
            view=notice_view("x"), file=file, nonce="with-a-file", allowed_mentions=discord.AllowedMentions.none()
        )
    assert [content for _, content in server.channels.files] == [WHOLE, WHOLE]
    assert len(server.messages) == 1
