"""Heavy work one at a time, and read commands at a pace that no person notices."""

from contextlib import AbstractContextManager
from typing import TypeVar

from discord import app_commands

from bot.services.app import Services
from commands.replies import Interaction

_T = TypeVar("_T")
_USES, _SECONDS = 8, 30.0  # of one command that reads the whole corpus, for each member
_MOST = 10_000  # members and commands remembered


class Pace:
    """How often each member used each command of late. Kept by the client."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], app_commands.Cooldown] = {}

    def take(self, user_id: int, command: str) -> None:
        """Count a use. Raises `CommandOnCooldown` for one too many."""
        if len(self._known) >= _MOST:
            self._known.clear()  # rare, and generous
        cooldown = self._known.setdefault((user_id, command), app_commands.Cooldown(_USES, _SECONDS))
        wait = cooldown.update_rate_limit()
        if wait:
            raise app_commands.CommandOnCooldown(cooldown, wait)


def at_leisure(command: _T) -> _T:
    """For read commands that cost: so many uses in so many seconds for each member, and no more."""
    return app_commands.check(_is_at_leisure)(command)


def heavy(services: Services, interaction: Interaction, job: str) -> AbstractContextManager[None]:
    """Hold the server's one place for heavy work (a person's own outside of servers). Raises `BusyError`."""
    return services.jobs.running(interaction.guild_id or interaction.user.id, job)


def _is_at_leisure(interaction: Interaction) -> bool:
    command = interaction.command
    pace: Pace = interaction.client.pace
    pace.take(interaction.user.id, command.qualified_name if command else "")
    return True
