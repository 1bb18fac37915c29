"""All commands, for the client to register."""

from collections.abc import Mapping
from typing import Any

from discord.app_commands import ContextMenu
from discord.ext.commands import Cog
from discord.ui import DynamicItem

from bot.services.app import Services
from commands.about import About
from commands.answering import answer_buttons
from commands.audit import Audit
from commands.briefs import Briefs
from commands.catchup import CatchUp
from commands.corrections import Corrections, report_button, report_form, report_menu
from commands.doctor import Doctor
from commands.evidence import Evidence
from commands.explanations import Explanations
from commands.follows import Follows, unfollow_button
from commands.grid import GridPicture
from commands.modals import Form
from commands.positions import Positions
from commands.privacy import Privacy, privacy_button
from commands.proofs import Proofs, line_menu, lines_button, prove_menu
from commands.schedules import Schedules, removal_button
from commands.searches import Searches
from commands.settings import SettingsFile, settings_button
from commands.setup import Setup, setup_control, setup_form
from commands.source_buttons import source_button
from commands.sources import Sources
from commands.summaries import Summaries, summarize_menu


def all_commands(services: Services, command_ids: Mapping[str, int]) -> tuple[Cog, ...]:
    """Every command, given its services. `command_ids` may still be empty: it is read when somebody asks for help."""
    return (
        Briefs(services),
        CatchUp(services),
        Positions(services),
        GridPicture(services),
        Evidence(services),
        Searches(services),
        Follows(services),
        Privacy(services),
        Proofs(services),
        Summaries(services),
        Explanations(services),
        Sources(services),
        Schedules(services),
        Corrections(services),
        Setup(services),
        Doctor(services),
        Audit(services),
        SettingsFile(services),
        About(services, command_ids),
    )


def all_menus(services: Services) -> tuple[ContextMenu, ...]:
    """Every entry among a message's apps."""
    return (prove_menu(services), summarize_menu(services), report_menu(services))


def all_items(services: Services) -> tuple[type[DynamicItem[Any]], ...]:
    """Every button and menu that outlives a restart."""
    return (
        *answer_buttons(services),
        lines_button(services),
        line_menu(services),
        source_button(services),
        unfollow_button(services),
        privacy_button(services),
        report_button(services),
        setup_control(services),
        settings_button(services),
        removal_button(services),
    )


def all_forms(services: Services) -> tuple[Form, ...]:
    """Every form that outlives a restart."""
    return (setup_form(services), report_form(services))
