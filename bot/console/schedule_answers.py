"""What `attache schedules …` prints: the schedules of every server, as the operator sees them."""

from collections.abc import Iterator

from bot.catalogues import tr
from bot.console.screen import Screen
from bot.presentation import wording
from bot.presentation.admin_pages import schedules_page
from bot.presentation.page import Page, Part, paragraph, small, strong, title
from bot.presentation.schedule_lines import message_link, outcome_words
from bot.services.app import Services
from bot.services.results import Delivered


async def list_schedules(services: Services, guild_id: int | None) -> int:
    """Print every schedule."""
    return _shown(schedules_page(await services.schedules.list(guild_id), services.dossier, adds=False))


async def log(services: Services, guild_id: int | None, number: int | None, last: int) -> int:
    """Print the newest deliveries."""
    found = await services.schedules.log(guild_id, number, last)
    lines = tuple(part for one in found for part in _delivered(one))
    return _shown((title(tr("Delivery log")), *(lines or (paragraph(tr("Nothing was due yet.")),))))


async def pause(services: Services, number: int) -> int:
    """Pause one."""
    await services.schedules.pause(None, number)
    return _shown((paragraph(tr("No. {number} posts nothing until it is resumed.", number=number)),))


async def resume(services: Services, number: int) -> int:
    """Resume one."""
    await services.schedules.resume(None, number)
    return _shown((paragraph(tr("No. {number} posts again.", number=number)),))


async def run(services: Services, number: int) -> int:
    """Ask for one more post."""
    await services.schedules.run(None, number)
    return _shown((paragraph(tr("No. {number} is posted within a minute, if the bot runs.", number=number)),))


def _delivered(one: Delivered) -> Iterator[Part]:
    delivery = one.delivery
    yield paragraph(strong(tr("No. {number}", number=one.schedule.id)), f": {outcome_words(delivery)}", gap=True)
    at = wording.instant_words(delivery.finished_at or delivery.claimed_at)
    tries = tr("try {number}", number=delivery.attempts)
    yield small(", ".join(filter(None, (at, tries, message_link(one.schedule, delivery)))), indent=2)


def _shown(page: Page) -> int:
    Screen().show(page)
    return 0
