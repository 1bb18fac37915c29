"""Local time, weekdays and time zone, as people type them."""

import difflib
import re
from collections.abc import Collection
from datetime import time

from bot.errors import InvalidInputError

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
EVERY_DAY = WEEKDAYS + WEEKEND
GROUPS = {
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "all": EVERY_DAY,
    "weekday": WEEKDAYS,
    "weekdays": WEEKDAYS,
    "workdays": WEEKDAYS,
    "weekend": WEEKEND,
    "weekends": WEEKEND,
}
PLAIN_ZONES = frozenset({"UTC", "GMT"})  # the only names without a region that say which clock is meant

_CLOCK = re.compile(r"([0-9]{1,2})[:.h]([0-9]{2})\s*([ap])?\.?(?:m\.?)?|([0-9]{1,2})\s*([ap])\.?m\.?", re.IGNORECASE)
_RANGE = re.compile(r"([a-z]+)\s*(?:-|–|—|\bto\b|\.\.)\s*([a-z]+)")


def parse_local_time(text: str) -> time:
    """ "08:30", "8:30", "8.30", "20h15", "8am" or "8:30 pm" as a local time. Raises `InvalidInputError`."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise InvalidInputError("time", text, "not a time of day; write it as 08:30 or 8:30 pm")
    hour = int(match[1] or match[4])
    minute = int(match[2] or 0)
    half = (match[3] or match[5] or "").casefold()
    if minute > 59 or (half and not 1 <= hour <= 12) or hour > 23:
        raise InvalidInputError("time", text, "there is no such time; the day goes from 00:00 to 23:59")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)


def parse_days(text: str) -> tuple[int, ...]:
    """ "daily", "weekdays", "weekends", "mon,wed,fri", "Mon-Fri" or a mixture, as weekdays (Monday is 0) in order.

    Raises `InvalidInputError` naming the word that is not understood.
    """
    wanted = re.sub(r"\bevery\s*day\b", "daily", text.casefold())
    found: set[int] = set()

    def take_range(match: re.Match[str]) -> str:
        first, last = _day(match[1], text), _day(match[2], text)
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
        return " "

    rest = _RANGE.sub(take_range, wanted)
    for word in re.split(r"[\s,;/&+]+", rest):
        if word and word not in ("and", "every"):
            found.update(GROUPS[word] if word in GROUPS else (_day(word, text),))
    if not found:
        raise InvalidInputError("days", text, "name at least one day: daily, weekdays, weekends or mon,wed,fri")
    return tuple(sorted(found))


def _day(word: str, given: str) -> int:
    """The weekday that `word` begins ("mo", "thurs", "Mondays")."""
    stem = word.rstrip(".").removesuffix("s") if word not in ("tues", "thurs") else word
    fits = [number for number, name in enumerate(DAYS) if len(stem) >= 2 and name.startswith(stem)]
    if len(fits) != 1:
        raise InvalidInputError("days", given, f"“{word}” is not a day; use daily, weekdays, weekends or mon,wed,fri")
    return fits[0]


def parse_zone(text: str, known: Collection[str]) -> str:
    """The IANA zone meant, out of `known`: its name in any case, or a city that only one zone has.

    Raises `InvalidInputError` with the nearest names.
    """
    wanted = "_".join(text.split()).casefold()
    zones = sorted(zone for zone in known if "/" in zone or zone in PLAIN_ZONES)
    for zone in zones:
        if zone.casefold() == wanted:
            return zone
    cities = [zone for zone in zones if zone.rpartition("/")[2].casefold() == wanted]
    if len(cities) == 1:
        return cities[0]
    near = [] if _is_clock_without_place(text) else cities or _nearest(wanted, zones)
    hint = f"did you mean {' or '.join(near)}?" if near else "write region and city, such as Europe/Lisbon"
    raise InvalidInputError("zone", text, f"not a time zone; {hint}")


def _is_clock_without_place(text: str) -> bool:
    """Whether it is an offset or an abbreviation ("UTC+3", "EST"): neither says when daylight saving begins."""
    short = text.strip()
    return any(sign in short for sign in "+0123456789") or (short.isupper() and len(short) <= 5)


def _nearest(wanted: str, zones: Collection[str]) -> list[str]:
    """Up to three zones whose name or city is most like `wanted`."""
    names = {zone.casefold(): zone for zone in zones}
    by_city: dict[str, str] = {}
    for zone in zones:
        by_city.setdefault(zone.rpartition("/")[2].casefold(), zone)
    near = [by_city[city] for city in difflib.get_close_matches(wanted, by_city, n=3, cutoff=0.72)]
    near += [names[name] for name in difflib.get_close_matches(wanted, names, n=3, cutoff=0.72)]
    return list(dict.fromkeys(near))[:3]
