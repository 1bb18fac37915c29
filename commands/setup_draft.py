"""What a setup has come to so far. It travels in the custom_ids of its own buttons, so it outlives a restart."""

import string
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import InvalidInputError
from bot.schedules.model import Schedule
from bot.schedules.parsing import EVERY_DAY

_SIGNS = string.digits + string.ascii_lowercase
_MOST_TOPICS = 40  # ten hexadecimal digits; what stands behind these is edited by `/schedule edit`


@dataclass(frozen=True, slots=True)
class Draft:
    """A schedule before it is saved; with a `schedule_id`, the changes to that one."""

    channel_id: int | None = None
    time: str = "08:00"
    zone: str = "UTC"
    days: tuple[int, ...] = EVERY_DAY
    topics: tuple[str, ...] = ()
    schedule_id: int | None = None


def draft_of(schedule: Schedule) -> Draft:
    """A schedule as it is, to be changed."""
    time = f"{schedule.local_time:%H:%M}"
    return Draft(schedule.channel_id, time, schedule.zone, schedule.days, schedule.scope.topics, schedule.id)


def encode_draft(draft: Draft, topics: Sequence[str]) -> str:
    """At most 80 characters. `topics` are the dossier's ids, in order."""
    days = sum(1 << day for day in draft.days)
    chosen = sum(1 << place for place, topic in enumerate(topics[:_MOST_TOPICS]) if topic in draft.topics)
    parts = (
        _base36(draft.channel_id) if draft.channel_id else "",
        draft.time.replace(":", ""),
        draft.zone,
        f"{days:x}",
        f"{_check(topics)}{chosen:x}",
        str(draft.schedule_id or ""),
    )
    return ".".join(parts)


def decode_draft(state: str, topics: Sequence[str]) -> Draft:
    """The draft again. Raises `InvalidInputError` where the dossier's topics are others by now."""
    channel, time, zone, days, chosen, schedule = state.split(".")
    if not chosen.startswith(_check(topics)):
        raise InvalidInputError("setup", "", "the topics have changed meanwhile; use `/setup` again")
    mask = int(chosen[3:], 16)
    return Draft(
        channel_id=int(channel, 36) if channel else None,
        time=f"{time[:2]}:{time[2:]}",
        zone=zone,
        days=tuple(day for day in EVERY_DAY if int(days, 16) >> day & 1),
        topics=tuple(topic for place, topic in enumerate(topics[:_MOST_TOPICS]) if mask >> place & 1),
        schedule_id=int(schedule) if schedule else None,
    )


def _check(topics: Sequence[str]) -> str:
    """Three digits that differ for most other lists of topics."""
    return f"{zlib.crc32(chr(0).join(topics).encode()) & 0xFFF:03x}"


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _SIGNS[rest] + digits
    return digits
