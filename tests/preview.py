"""Messages as they look in Discord, as local pages to look at in a browser: for us, not for users.

`python -m tests.preview FOLDER` writes `preview.html` (every message in dark and light, for desktop and phone) and a
page for each; where a Chromium is at hand, `--shoot` takes a picture of each of these.
"""

import asyncio
import base64
import html
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.commands.conftest import started
from tests.discord_limits import components_of
from tests.discord_offline import CHANNEL, Offline, channel_data
from tests.fake_services import FakeServices

THEMES, WIDTHS = ("dark", "light"), {"desktop": 760, "phone": 390}
_STYLE = """
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.375 "gg sans", "Noto Sans", "DejaVu Sans", sans-serif; }
.dark { background: #313338; color: #dbdee1; --box: #2b2d31; --line: #3f4147; --quiet: #949ba4; --code: #1e1f22;
        --link: #00a8fc; --strong: #f2f3f5; --field: #1e1f22; --button: #4e5058; --say: #c9cdfb; --hint: #5865f24d; }
.light { background: #fff; color: #313338; --box: #f2f3f5; --line: #d9dadd; --quiet: #5c5e66; --code: #e3e5e8;
         --link: #006ce7; --strong: #060607; --field: #fff; --button: #6d6f78; --say: #505cdc; --hint: #5865f226; }
section { display: inline-block; vertical-align: top; padding: 16px; }
section.desktop { width: 760px; } section.phone { width: 390px; font-size: 15px; padding: 12px; }
.message { display: flex; gap: 14px; margin-bottom: 28px; } .phone .message { gap: 10px; }
.one .message { margin-bottom: 0; }
.face { flex: none; width: 40px; height: 40px; border-radius: 50%; background: #3b6ea5; color: #fff;
        text-align: center; line-height: 40px; font-weight: 600; }
.phone .face { width: 34px; height: 34px; line-height: 34px; }
.body { min-width: 0; flex: 1; } .who { font-weight: 600; color: var(--strong); }
.app { background: #5865f2; color: #fff; border-radius: 4px; font-size: 10px; padding: 1px 5px; margin-left: 4px;
       vertical-align: 2px; }
.container { background: var(--box); border: 1px solid var(--line); border-left: 4px solid #3b6ea5; border-radius: 8px;
             padding: 12px 16px; margin-top: 4px; } .container > div { margin: 8px 0; }
.phone .container { padding: 8px 12px; }
hr { border: 0; border-top: 1px solid var(--line); margin: 12px 0; }
h2 { font-size: 1.25em; margin: 4px 0; color: var(--strong); }
h3 { font-size: 1.06em; margin: 8px 0 2px; color: var(--strong); } b { color: var(--strong); }
blockquote { margin: 4px 0; padding: 0 0 0 12px; border-left: 4px solid var(--line); border-radius: 2px; }
small { display: block; color: var(--quiet); font-size: .8em; margin: 2px 0; }
small.for-you { margin-top: 8px; }
code { background: var(--code); border-radius: 4px; padding: 1px 4px; font-size: .85em; }
a { color: var(--link); text-decoration: none; }
.mention { background: var(--hint); color: var(--say); border-radius: 3px; padding: 0 3px; font-weight: 500; }
.time { background: #8883; border-radius: 3px; padding: 0 2px; }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
button { background: var(--button); color: #fff; border: 0; border-radius: 8px; padding: 7px 16px; font: inherit;
         font-size: .875em; font-weight: 500; }
button.s1 { background: #5865f2; } button.s3 { background: #248046; } button.s4 { background: #da373c; }
button:disabled { opacity: .5; }
.select { flex: 1; max-width: 400px; background: var(--field); border: 1px solid var(--line); border-radius: 8px;
          padding: 8px 12px; color: var(--quiet); display: flex; justify-content: space-between; font-size: .9em; }
.select::after { content: "▾"; } .select.chosen { color: inherit; }
.section { display: flex; gap: 12px; align-items: flex-start; } .section > .texts { flex: 1; }
.file { background: var(--box); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px;
        margin-top: 8px; }
img { max-width: 100%; border-radius: 8px; margin-top: 4px; display: block; }
"""
_TOKEN = re.compile(
    r"\\(?P<escaped>[^0-9A-Za-z\s])|\*\*(?P<bold>.+?)\*\*|`(?P<code>[^`]+)`"
    r"|\[(?P<label>(?:\\.|[^\]\\])+)\]\(<(?P<url>[^>]+)>\)"
    r"|<t:(?P<time>\d+):(?P<style>\w)>|</(?P<command>[^:>]+):\d+>|<#(?P<channel>\d+)>|<@&?(?P<member>\d+)>"
)


@dataclass(frozen=True)
class Shown:
    """A message by a name of ours: what Discord was sent, the files with it, and whether one person alone sees it."""

    name: str
    body: Mapping[str, Any]
    files: Mapping[str, bytes]
    private: bool = False


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


def component(  # noqa: PLR0911  # a line for each kind
    part: Mapping[str, Any], files: Mapping[str, bytes] | None = None
) -> str:
    """A component as HTML."""
    files = files or {}
    inner = "".join(component(one, files) for one in part.get("components", ()))
    match part["type"]:
        case 1:
            return f"<div class=row>{inner}</div>"
        case 2:
            state = "disabled" if part.get("disabled") else ""
            return f"<button class=s{part.get('style', 2)} {state}>{html.escape(part['label'])}</button>"
        case 3 | 5 | 6 | 7 | 8:
            return _menu(part)
        case 9:
            side = component(part["accessory"], files)
            return f"<div class=section><div class=texts>{inner}</div>{side}</div>"
        case 10:
            return f"<div>{markdown(part['content'])}</div>"
        case 12:
            return "".join(_picture(item, files) for item in part["items"])
        case 13:
            name = part["file"]["url"].removeprefix("attachment://")
            size = len(files.get(name, b"")) / 1000
            return f"<div class=file><a href=#>{html.escape(name)}</a><small>{size:.1f} KB</small></div>"
        case 14:
            return "<hr>"
        case 17:
            return f"<div class=container>{inner}</div>"
    return f"<em>component {part['type']}</em>"


def page(shown: Iterable[Shown], themes: Iterable[str] = THEMES, widths: Iterable[str] = tuple(WIDTHS)) -> str:
    """All messages in these themes and widths."""
    messages = "".join(map(_message, shown))
    columns = "".join(f"<section class={width}>{messages}</section>" for width in widths)
    parts = "".join(f"<div class={theme}>{columns}</div>" for theme in themes)
    return f"<!doctype html><meta charset=utf-8><title>Attaché in Discord</title><style>{_STYLE}</style>{parts}"


async def sample_messages() -> list[Shown]:
    """What the bot sends for a handful of commands on the sample dossier."""
    from bot.wiring import open_app
    from config.settings import load_settings

    settings = load_settings(database_url="sqlite+aiosqlite://", _env_file=None)
    app = await open_app(settings)
    try:
        await app.services.sources.reload()
        fake = FakeServices(app.services.dossier)
        for name in ("briefs", "positions", "evidence", "proofs", "names", "status", "sources", "quality"):
            setattr(fake, name, getattr(app.services, name))
        async with started(fake) as offline:
            return await _use(offline, app.services.names.topics()[0].value)
    finally:
        await app.close()


async def _use(offline: Offline, topic: str) -> list[Shown]:
    shown: list[Shown] = []

    def note(name: str, *, private: bool = False) -> None:
        files = dict(offline.transport.files)
        offline.transport.files.clear()
        bodies = [one.body for one in offline.transport.sent if one.body and "components" in str(one.body)]
        body = bodies[-1].get("data") or bodies[-1]
        shown.append(Shown(name, body, files, private))

    await offline.command("brief", words=110)
    note("short")
    await offline.command("brief")
    note("briefing")
    pressed = {
        part["label"]: part["custom_id"] for part in components_of(shown[1].body["components"]) if "label" in part
    }
    for label in ("More", "Positions", "Prove", "Full text"):
        if label in pressed:
            await offline.press(pressed[label])
            note(label.lower().replace(" ", "-"), private=True)
    for name, command, options in (
        ("digest", "positions", {"topic": topic}),
        ("shifts", "shifts", {}),
        ("grid", "grid", {}),
        ("error", "brief", {"topic": "no such topic"}),
        ("help", "help", {}),
        ("setup", "setup", {}),
    ):
        await offline.command(command, **options)  # type: ignore[arg-type]  # options by name
        note(name, private=name in ("error", "help", "setup"))
    channel = channel_data(CHANNEL, app_permissions=str((1 << 50) - 1))
    await offline.command("schedule add", channel=channel, time="08:00", zone="Europe/Kyiv", days="mon-fri")
    note("schedule", private=True)
    return shown


def _message(shown: Shown) -> str:
    inner = "".join(component(part, shown.files) for part in shown.body["components"])
    note = (
        "<small class=for-you>👁 Only you can see this · <a href=#>Dismiss message</a></small>" if shown.private else ""
    )
    return (
        "<div class=message><div class=face>A</div><div class=body><span class=who>Attaché</span>"
        f"<span class=app>APP</span>{inner}{note}</div></div>"
    )


def _menu(part: Mapping[str, Any]) -> str:
    chosen = [option["label"] for option in part.get("options", ()) if option.get("default")]
    words = ", ".join(chosen) or part.get("placeholder") or "Make a selection"
    return f"<div class='select {'chosen' if chosen else ''}'>{html.escape(words)}</div>"


def _picture(item: Mapping[str, Any], files: Mapping[str, bytes]) -> str:
    content = files.get(item["media"]["url"].removeprefix("attachment://"), b"")
    data = base64.b64encode(content).decode()
    return f'<img alt="{html.escape(item.get("description") or "")}" src="data:image/png;base64,{data}">'


def _token(match: re.Match[str]) -> str:  # noqa: PLR0911  # a line for each kind
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    if "bold" in found:
        return f"<b>{inline(found['bold'])}</b>"
    if "code" in found:
        return f"<code>{html.escape(found['code'])}</code>"
    if "url" in found:
        return f'<a href="{html.escape(found["url"])}">{inline(found["label"])}</a>'
    if "time" in found:
        at = datetime.fromtimestamp(int(found["time"]), UTC)
        words = f"{at.day} {at:%B %Y}"
        named = {"D": words, "d": f"{at:%d/%m/%Y}", "R": "in 9 hours", "t": f"{at:%H:%M}"}
        words = named.get(found["style"], f"{words} {at:%H:%M}")
        return f"<span class=time>{words}</span>"
    if "command" in found:
        return f"<span class=mention>/{html.escape(found['command'])}</span>"
    if "member" in found:
        return "<span class=mention>@Ida</span>"
    return "<span class=mention>#news</span>" if "channel" in found else html.escape(found["escaped"])


def write_pages(folder: Path, shown: list[Shown]) -> list[tuple[Path, int]]:
    """A page of all, and one for each message, theme and width; these with their widths."""
    (folder / "preview.html").write_text(page(shown), encoding="utf-8")
    single = []
    for one in shown:
        for theme in THEMES:
            for width, pixels in WIDTHS.items():
                file = folder / f"{one.name}-{theme}-{width}.html"
                words = page([one], [theme], [width]).replace("<style>", "<style>.message{margin:0!important}", 1)
                file.write_text(words, encoding="utf-8")
                single.append((file, pixels))
    return single


def shoot(pages: Iterable[tuple[Path, int]], browser: str) -> None:
    """A picture beside each page, as high as the page is."""
    for file, width in pages:
        address, common = file.resolve().as_uri(), [browser, "--headless", "--no-sandbox", "--hide-scrollbars"]
        probe = file.with_suffix(".probe.html")
        script = "<script>document.title=document.querySelector('body > div').offsetHeight</script>"
        probe.write_text(file.read_text(encoding="utf-8") + script, encoding="utf-8")
        size = f"--window-size={width},3000"
        dom = subprocess.run(
            [*common, size, "--dump-dom", probe.resolve().as_uri()], capture_output=True, text=True, check=True
        ).stdout
        probe.unlink()
        height = re.search(r"<title>(\d+)</title>", dom)
        assert height is not None
        picture = f"--screenshot={file.with_suffix('.png').resolve()}"
        size = f"--window-size={width},{height[1]}"
        subprocess.run(
            [*common, "--force-device-scale-factor=2", size, picture, address], capture_output=True, check=True
        )


if __name__ == "__main__":
    target = Path(sys.argv[1])
    written = write_pages(target, asyncio.run(sample_messages()))
    print(target / "preview.html")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if "--shoot" in sys.argv and chromium:
        shoot(written, chromium)
