"""Sheets and pages as Discord component messages: the only place that builds layouts."""

from collections.abc import Iterator, Sequence
from typing import Any

import discord

from bot.catalogues import tr
from bot.presentation import page
from bot.presentation.escaping import escape, label, link, with_channels
from bot.presentation.layout import Entry, Screen, Section, Sheet, divide

_ACCENT = 0x3B6EA5
_LONGEST_TITLE = 200


def screen_view(
    screen: Screen,
    *,
    rows: Sequence[Sequence[discord.ui.Item[Any]]] = (),
    note: str | None = None,
    marker: int | None = None,
) -> discord.ui.LayoutView:
    """One screen in a container, rows of buttons below. `note` is a line of our own above its last one.

    `marker` becomes the container's id: it stays with the message, so that the message can be found again.
    """
    container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=_ACCENT, id=marker)
    closing = "\n".join(f"-# {line}" for line in (note, _closing(screen)) if line)
    *groups, last = screen.groups
    if closing and len(last) == 1 and last[0].startswith("-# "):  # small print goes on in its own block
        groups, last, closing = [*groups, (f"{last[0]}\n{closing}",)], (), ""
    for index, group in enumerate([*groups, last] if last else groups):
        if index:
            container.add_item(discord.ui.Separator())
        for text in group:
            container.add_item(discord.ui.TextDisplay(text))
    if closing:
        container.add_item(discord.ui.TextDisplay(closing))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(container)
    for row in rows:
        view.add_item(discord.ui.ActionRow(*row))
    view.stop()  # buttons are answered by their custom_id, after a restart too: discord.py need not keep this view
    return view


def page_screens(shown: page.Page, *, mark: str | None = None) -> tuple[Screen, ...]:
    """A page as the console shows it (lists, reports, single statements) as screens, under the id `mark`."""
    first, *rest = shown
    is_titled = first.kind is page.Kind.TITLE
    entries = tuple(_grouped(rest if is_titled else [first, *rest]))
    return notice_screens(label(first.text, _LONGEST_TITLE) if is_titled else "", entries, mark=mark)


def notice_screens(
    title: str, entries: Sequence[str], *, lead: str = "", mark: str | None = None
) -> tuple[Screen, ...]:
    """Our own words as screens. All are markdown; what strangers wrote in them has been escaped."""
    too_long = f"-# {tr('One entry is too long to show here.')}"
    section = Section(None, tuple(Entry(text, too_long) for text in entries))
    return divide(Sheet(f"## {title}", lead, (section,), "", mark))


def notice_view(title: str, *paragraphs: str) -> discord.ui.LayoutView:
    """A short message of our own words; what is over the limits is left out."""
    return screen_view(notice_screens(title, paragraphs)[0])


def error_view(explanation: str, reference: str | None = None) -> discord.ui.LayoutView:
    """What happened, why and what to do. `explanation` is plain text; the reference is what the log has."""
    paragraphs = [with_channels(escape(explanation))]
    if reference:
        paragraphs.append(f"-# {tr('Reference: {reference}', reference=reference)}")
    return notice_view(tr("That did not work"), *paragraphs)


def _closing(screen: Screen) -> str:
    """Which page it is and of which edition, as far as there is anything to say."""
    place = tr("Page {number} of {total}", number=screen.number, total=screen.total) if screen.total > 1 else ""
    edition = tr("Edition {edition}", edition=screen.mark) if screen.mark else ""
    return " · ".join(filter(None, (place, edition)))


def _grouped(parts: Sequence[page.Part]) -> Iterator[str]:
    """Parts joined to entries: one begins wherever the page has a gap."""
    lines: list[str] = []
    for part in parts:
        if part.gap and lines:
            yield "\n".join(lines)
            lines = []
        lines.append(_markdown(part))
    if lines:
        yield "\n".join(lines)


def _markdown(part: page.Part) -> str:
    if part.kind is page.Kind.HEADING:
        return f"### {escape(part.text)}"
    is_verbatim = any(run.tone is page.Tone.VERBATIM for run in part.runs)
    sign = "-# " if part.kind is page.Kind.SMALL else "> " if is_verbatim else ""
    return f"{sign}{part.marker}{''.join(_run(run) for run in part.runs)}"


def _run(run: page.Run) -> str:
    """Runs keep their outer spaces, which escaping would take."""
    if run.tone is page.Tone.MENTION:
        return run.text
    text = escape(run.text)
    if not text:
        return " " if run.text else ""
    before = " " if run.text[0].isspace() else ""
    after = " " if run.text[-1].isspace() else ""
    match run.tone:
        case page.Tone.STRONG:
            text = f"**{text}**"
        case page.Tone.COMMAND:
            text = f"`{text}`"
    opens = link(run.url)
    return f"{before}{text}{f', {opens}' if opens else ''}{after}"
