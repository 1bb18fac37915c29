"""Commands that Discord has and the console has not, and what serves here in their place."""

from collections.abc import Mapping

SHELL = "python -m bot"  # begins what is typed outside of the console
_CORRECTIONS = f"{SHELL} corrections"
_SCHEDULES = f"{SHELL} schedules"
_SETTINGS = f"{SHELL} settings"
_SOURCES = f"{SHELL} sources"

# By the command's name or its group's, the longest that fits; "" where nothing serves.
INSTEAD: Mapping[str, str] = {
    "/audit": "",
    "/catchup": "/brief since: 24h",
    "/corrections accept": _CORRECTIONS,
    "/corrections export": _CORRECTIONS,
    "/corrections queue": _CORRECTIONS,
    "/corrections reject": _CORRECTIONS,
    "/doctor": f"{SHELL} doctor",
    "/follow": "/timeline",
    "/following": "",
    "/privacy": "/about",
    "/schedule edit": "/schedule remove",
    "/schedule log": _SCHEDULES,
    "/schedule pause": _SCHEDULES,
    "/schedule resume": _SCHEDULES,
    "/schedule run": _SCHEDULES,
    "/settings": _SETTINGS,
    "/setup": "/schedule add",
    "/sources add": _SOURCES,
    "/sources check": _SOURCES,
    "/sources export": _SOURCES,
    "/sources import": _SOURCES,
    "/sources log": "",
    "/sources pause": _SOURCES,
    "/sources remove": _SOURCES,
    "/sources resume": _SOURCES,
    "/summarize": f"{SHELL} summarize FILE",
    "/unfollow": "",
}
