"""Messages as they look in Discord, as one local page to look at in a browser: for us, not for users.

`python -m tests.preview FOLDER` writes `preview.html` (dark and light, desktop and phone) from the sample dossier.
"""

import asyncio
import html
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.commands.conftest import started
from tests.discord_offline import CHANNEL, channel_data
from tests.fake_services import FakeServices

_STYLE = """
body { margin: 0; font: 16px/1.375 "gg sans", "Noto Sans", "DejaVu Sans", sans-serif; }
.dark { background: #313338; color: #dbdee1; --box: #2b2d31; --line: #3f4147; --quiet: #949ba4; --code: #1e1f22; }
.light { background: #fff; color: #313338; --box: #f2f3f5; --line: #d9dadd; --quiet: #5c5e66; --code: #e3e5e8; }
section { display: inline-block; vertical-align: top; padding: 16px; box-sizing: border-box; }
section.desktop { width: 760px; } section.phone { width: 390px; font-size: 15px; }
.message { display: flex; gap: 14px; margin-bottom: 24px; } .phone .message { gap: 10px; }
.face { flex: none; width: 40px; height: 40px; border-radius: 50%; background: #3b6ea5; color: #fff;
        text-align: center; line-height: 40px; font-weight: 600; }
.body { min-width: 0; flex: 1; } .who { font-weight: 600; } .app { background: #5865f2; color: #fff; border-radius: 4px;
        font-size: 10px; padding: 1px 5px; margin-left: 4px; vertical-align: 2px; }
.container { background: var(--box); border: 1px solid var(--line); border-left: 4px solid #3b6ea5; border-radius: 8px;
             padding: 12px 16px; margin-top: 4px; } .container > div { margin: 6px 0; }
hr { border: 0; border-top: 1px solid var(--line); margin: 12px 0; }
h2 { font-size: 1.25em; margin: 4px 0; } h3 { font-size: 1.06em; margin: 8px 0 2px; }
blockquote { margin: 4px 0; padding: 0 0 0 12px; border-left: 4px solid var(--line); }
small { display: block; color: var(--quiet); font-size: .8em; margin: 2px 0; }
code { background: var(--code); border-radius: 4px; padding: 1px 4px; font-size: .85em; }
a, .mention { color: #5b8def; text-decoration: none; }
.mention { background: #5865f233; border-radius: 3px; padding: 0 3px; }
.time { background: #8883; border-radius: 3px; padding: 0 2px; } small .time { color: var(--quiet); }
button { background: #6d6f78; color: #fff; border: 0; border-radius: 8px; padding: 8px 16px;
         margin: 8px 8px 0 0; font: inherit; }
button:disabled { opacity: .5; }
"""
_TOKEN = re.compile(
    r"\\(?P<escaped>[^0-9A-Za-z\s])|\*\*(?P<bold>.+?)\*\*|`(?P<code>[^`]+)`|\[(?P<label>[^\]]+)\]\(<(?P<url>[^>]+)>\)"
    r"|<t:(?P<time>\d+):(?P<style>\w)>|</(?P<command>[^:>]+):\d+>|<#(?P<channel>\d+)>"
)


def inline(text: str) -> str:
    """A line of Discord markdown as HTML."""
    parts, last = [], 0
    for match in _TOKEN.finditer(text):
        parts += [html.escape(text[last : match.start()]), _token(match)]
        last = match.end()
    return "".join([*parts, html.escape(text[last:])])


def markdown(text: str) -> str:
    """A text display as HTML."""
    lines = []
    for line in text.split("\n"):
        for mark, tag in (("### ", "h3"), ("## ", "h2"), ("-# ", "small"), ("> ", "blockquote")):
            if line.startswith(mark):
                lines.append(f"<{tag}>{inline(line.removeprefix(mark))}</{tag}>")
                break
        else:
            lines.append(f"<div>{inline(line)}</div>")
    return "".join(lines)


def component(part: Mapping[str, Any]) -> str:
    """A component as HTML."""
    inner = "".join(component(one) for one in part.get("components", ()))
    match part["type"]:
        case 1:
            return f"<div>{inner}</div>"
        case 2:
            return f"<button {'disabled' if part.get('disabled') else ''}>{html.escape(part['label'])}</button>"
        case 10:
            return f"<div>{markdown(part['content'])}</div>"
        case 14:
            return "<hr>"
        case 17:
            return f"<div class=container>{inner}</div>"
    return f"<em>component {part['type']}</em>"


def page(bodies: Iterable[Mapping[str, Any]]) -> str:
    """All messages in both themes and widths."""
    messages = "".join(
        "<div class=message><div class=face>A</div><div class=body><span class=who>Attaché</span>"
        f"<span class=app>APP</span>{''.join(map(component, body['components']))}</div></div>"
        for body in bodies
    )
    columns = "".join(f"<section class={width}>{messages}</section>" for width in ("desktop", "phone"))
    shown = "".join(f"<div class={theme}>{columns}</div>" for theme in ("dark", "light"))
    return f"<!doctype html><meta charset=utf-8><title>Attaché in Discord</title><style>{_STYLE}</style>{shown}"


async def sample_bodies() -> list[Mapping[str, Any]]:
    """What the bot sends for a handful of commands on the sample dossier."""
    from bot.wiring import open_app
    from config.settings import load_settings

    settings = load_settings(database_url="sqlite+aiosqlite://", _env_file=None)
    app = await open_app(settings)
    try:
        await app.services.sources.reload()
        fake = FakeServices(app.services.dossier)
        for name in ("briefs", "positions", "names", "status", "sources"):
            setattr(fake, name, getattr(app.services, name))
        async with started(fake) as offline:
            await offline.command("brief")
            await offline.command("positions", actor=app.services.names.actors()[-1].value)
            await offline.command("positions", topic=app.services.names.topics()[0].value)
            await offline.command("brief", topic="no such topic")
            await offline.command("help")
            channel = channel_data(CHANNEL, app_permissions=str((1 << 50) - 1))
            await offline.command("schedule add", channel=channel, time="08:00", zone="Europe/Kyiv", days="mon-fri")
        return offline.transport.bodies("PATCH", "@original")
    finally:
        await app.close()


def _token(match: re.Match[str]) -> str:
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    if "bold" in found:
        return f"<b>{inline(found['bold'])}</b>"
    if "code" in found:
        return f"<code>{html.escape(found['code'])}</code>"
    if "url" in found:
        return f'<a href="{html.escape(found["url"])}">{html.escape(found["label"])}</a>'
    if "time" in found:
        at = datetime.fromtimestamp(int(found["time"]), UTC)
        words = {"D": f"{at.day} {at:%B %Y}", "R": "soon"}.get(found["style"], f"{at.day} {at:%B %Y %H:%M}")
        return f"<span class=time>{words}</span>"
    if "command" in found:
        return f"<span class=mention>/{html.escape(found['command'])}</span>"
    return "<span class=mention>#news</span>" if "channel" in found else html.escape(found["escaped"])


if __name__ == "__main__":
    file = Path(sys.argv[1]) / "preview.html"
    file.write_text(page(asyncio.run(sample_bodies())), encoding="utf-8")
    print(file)
