"""Logging of a process that runs for long: lines for people, or JSON for a collector."""

import logging
import sys

from pythonjsonlogger.json import JsonFormatter

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# At DEBUG these write the addresses of replies, which hold interaction tokens, what people were told, and articles.
_TALKATIVE = ("discord", "aiosqlite", "aiohttp")


def set_up_logs(level: str, style: str) -> None:
    """Log to standard error from now on, in the `style` "text" or "json", at `level` and above."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_json() if style == "json" else logging.Formatter(_TEXT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(max(logging.getLogger().level, logging.INFO))
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)  # it lists its own parts at every migration


def _json() -> logging.Formatter:
    """One object a line: when (UTC), how grave, who says it, what; with a traceback where there is one."""
    return JsonFormatter(
        ["levelname", "name", "message"],
        rename_fields={"levelname": "level", "name": "logger", "exc_info": "error"},
        timestamp="at",
        json_ensure_ascii=False,
    )
