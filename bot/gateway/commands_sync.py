"""Commands are registered with Discord only when they changed: a bulk write is limited, and resets nothing if equal."""

import asyncio
import hashlib
import json
import logging
from collections.abc import MutableMapping
from enum import StrEnum
from itertools import chain, repeat
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.errors import AttacheError
from bot.services.ports import Memory

_log = logging.getLogger(__name__)
_KEY = "discord.commands"
_PATIENCE = 30.0  # seconds
PAUSES = (60.0, 300.0, 900.0, 3600.0)  # seconds before another try


class Registration(StrEnum):
    """What came of registering."""

    KNOWN = "known"  # the same ones are registered: nothing was asked
    DONE = "done"
    FAILED = "failed"


async def register_commands(
    tree: app_commands.CommandTree[Any], memory: Memory, command_ids: MutableMapping[str, int]
) -> Registration:
    """Register the tree's commands unless the same ones are registered; fill in their ids.

    A failure is logged with what to do; the bot goes on with the commands that are registered already.
    """
    digest = await digest_of(tree)
    stored = json.loads(await memory.get(_KEY) or "{}")
    if stored.get("digest") == digest:
        command_ids.update(stored["ids"])
        return Registration.KNOWN
    try:
        async with asyncio.timeout(_PATIENCE):  # the gateway waits: old commands can be answered meanwhile
            registered = await tree.sync()
    except (discord.DiscordException, aiohttp.ClientError, OSError) as fault:
        _log.error("commands could not be registered: %s. %s", fault or type(fault).__name__, _advice(fault))
        return Registration.FAILED
    command_ids.update({one.name: one.id for one in registered if one.type is discord.AppCommandType.chat_input})
    await memory.put(_KEY, json.dumps({"digest": digest, "ids": dict(command_ids)}))
    _log.info("%d commands registered", len(registered))
    return Registration.DONE


async def keep_registering(
    tree: app_commands.CommandTree[Any], memory: Memory, command_ids: MutableMapping[str, int]
) -> None:
    """Try again after ever longer pauses, until they are registered."""
    for pause in chain(PAUSES, repeat(PAUSES[-1])):
        await asyncio.sleep(pause)
        try:
            if await register_commands(tree, memory, command_ids) is not Registration.FAILED:
                return
        except AttacheError as fault:
            _log.warning("whether commands are registered can't be looked up: %s", fault)
        except Exception:  # nobody waits for this task: it would end without a word
            _log.exception("commands could not be registered; it is tried again by and by")


async def digest_of(tree: app_commands.CommandTree[Any]) -> str:
    """Changes whenever what Discord would be sent changes, translations included, or the application it is for."""
    commands = sorted(await payload_of(tree), key=lambda one: str(one["name"]))
    payload = json.dumps([tree.client.application_id, commands], sort_keys=True)
    return hashlib.sha256(payload.encode()).hexdigest()


async def payload_of(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """The commands as Discord is told them."""
    if tree.translator is None:
        return [command.to_dict(tree) for command in tree.get_commands()]
    return [await command.get_translated_payload(tree, tree.translator) for command in tree.get_commands()]


def _advice(fault: Exception) -> str:
    if isinstance(fault, app_commands.CommandSyncFailure):
        return "Discord finds a command wrong: report this with the version in use. It is tried again by and by."
    if isinstance(fault, discord.Forbidden):
        return "Invite the bot again with the scope applications.commands. It is tried again by and by."
    return "It is tried again by and by."
