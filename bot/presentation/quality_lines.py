"""What was measured, for `/about`."""

from bot.catalogues import tr
from bot.presentation.escaping import escape
from bot.services.results import Quality


def quality_lines(quality: Quality) -> tuple[str, ...]:
    """Markdown, a figure each."""
    rows = tuple(f"**{escape(tr(one.what))}**\n{escape(tr(one.figure))}" for one in quality.figures)
    foot = tr("-# Measured on {day}, on articles that do not ship with me.", day=quality.measured_on.isoformat())
    return (*rows, foot)


def measured_words(quality: Quality) -> str:
    """The first figure in a line, with where the others are."""
    first = next(iter(quality.figures), None)
    if first is None:
        return tr("Not measured yet.")
    return tr(
        "{what}: {figure} ({day}). More with `/about section: quality`.",
        what=escape(tr(first.what)),
        figure=escape(tr(first.figure)),
        day=quality.measured_on.isoformat(),
    )
