"""Commands are registered with Discord only when they changed: a bulk write is limited, and resets nothing if equal."""

import hashlib
import json
import logging
from collections.abc import MutableMapping
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.services.ports import Memory

_log = logging.getLogger(__name__)
_KEY = "discord.commands"


async def register_commands(
    tree: app_commands.CommandTree[Any], memory: Memory, command_ids: MutableMapping[str, int]
) -> bool:
    """Register the tree's commands unless the same ones are registered; fill in their ids. Whether Discord was asked.

    A failure is logged with what to do; the bot goes on with the commands that are registered already.
    """
    digest = digest_of(tree)
    stored = json.loads(await memory.get(_KEY) or "{}")
    if stored.get("digest") == digest:
        command_ids.update(stored["ids"])
        return False
    try:
        registered = await tree.sync()
    except (discord.DiscordException, aiohttp.ClientError, OSError) as fault:
        _log.error("commands could not be registered: %s. %s", fault, _advice(fault))
        return True
    command_ids.update({one.name: one.id for one in registered if one.type is discord.AppCommandType.chat_input})
    await memory.put(_KEY, json.dumps({"digest": digest, "ids": dict(command_ids)}))
    _log.info("%d commands registered", len(registered))
    return True


def digest_of(tree: app_commands.CommandTree[Any]) -> str:
    """Changes whenever what Discord would be sent changes, or the application it is sent for."""
    commands = sorted((command.to_dict(tree) for command in tree.get_commands()), key=lambda one: str(one["name"]))
    payload = json.dumps([tree.client.application_id, commands], sort_keys=True)
    return hashlib.sha256(payload.encode()).hexdigest()


def _advice(fault: Exception) -> str:
    if isinstance(fault, app_commands.CommandSyncFailure):
        return "Discord finds a command wrong: report this with the version in use."
    if isinstance(fault, discord.Forbidden):
        return "Invite the bot again with the scope applications.commands."
    return "They are tried again at the next start."
