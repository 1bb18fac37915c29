"""The position grid as a picture. Sign and word carry the meaning, colour only repeats it.

Drawn on its own opaque light ground, so that it reads alike in Discord's dark and light theme. Blue and orange are told
apart with any of the common kinds of colour-blindness (Okabe and Ito, "Color Universal Design", 2008).
"""

import io
import textwrap
import threading
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from bot.catalogues import ntr, tr
from bot.positions.model import Stance
from bot.presentation.grid import Field, Grid
from bot.presentation.wording import day_words, stance_words

mpl.rcParams["text.parse_math"] = False  # names come from articles: a dollar sign is a dollar sign

_DRAWING = threading.Lock()  # matplotlib's font cache is not safe to use from two threads at once
_GROUND, _INK, _FAINT = "#fbfaf7", "#1d2127", "#6a7079"
_TITLE, _ROW, _HEAD, _NAME, _COLUMN = 0.42, 0.62, 0.6, 2.35, 1.42  # inches
_MARGIN, _FOOT = 0.22, 0.42
_DPI = 160


@dataclass(frozen=True, slots=True)
class _Look:
    sign: str
    ground: str
    ink: str


_LOOKS = {
    Stance.FOR: _Look("✓", "#cfe3f5", "#0b4a7d"),
    Stance.AGAINST: _Look("✗", "#fadfc6", "#8a3d00"),
    Stance.CONDITIONAL: _Look("±", "#ece3c4", "#574a06"),
    Stance.UNCLEAR: _Look("?", "#e6e7ea", "#40464f"),
}


def draw_grid(grid: Grid) -> bytes:
    """The grid as PNG bytes; the same grid gives the same bytes. Safe to call from several threads."""
    with _DRAWING:
        return _drawn(grid)


def _drawn(grid: Grid) -> bytes:
    width = 2 * _MARGIN + _NAME + _COLUMN * len(grid.topics)
    height = 2 * _MARGIN + _TITLE + _HEAD + _ROW * max(1, len(grid.actors)) + _FOOT
    figure = Figure(figsize=(width, height), dpi=_DPI, facecolor=_GROUND)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)  # downwards, as one reads
    axes.axis("off")
    _draw_head(axes, grid)
    for row, (actor, fields) in enumerate(zip(grid.actors, grid.fields, strict=True)):
        _draw_row(axes, _MARGIN + _TITLE + _HEAD + row * _ROW, actor, fields, width)
    _draw_foot(axes, grid, height)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})  # no version of the library in the bytes
    return buffer.getvalue()


def _draw_head(axes: Axes, grid: Grid) -> None:
    axes.text(_MARGIN, _MARGIN + 0.2, grid.title, fontsize=15, fontweight="bold", color=_INK, va="center")
    for column, topic in enumerate(grid.topics):
        axes.text(
            _MARGIN + _NAME + (column + 0.5) * _COLUMN,
            _MARGIN + _TITLE + _HEAD - 0.12,
            textwrap.fill(topic, 13, break_long_words=False),
            fontsize=10,
            fontweight="bold",
            color=_INK,
            ha="center",
            va="bottom",
            linespacing=1.1,
        )


def _draw_row(axes: Axes, top: float, actor: str, fields: tuple[Field, ...], width: float) -> None:
    axes.plot([_MARGIN, width - _MARGIN], [top, top], color="#d9d7d0", linewidth=0.8)
    name = textwrap.fill(textwrap.shorten(actor, 44, placeholder="…"), 24)
    axes.text(_MARGIN, top + _ROW / 2, name, fontsize=11, color=_INK, va="center", linespacing=1.05)
    for column, field in enumerate(fields):
        _draw_field(axes, _MARGIN + _NAME + column * _COLUMN, top, field)


def _draw_field(axes: Axes, left: float, top: float, field: Field) -> None:
    middle = left + _COLUMN / 2
    if not field.is_found:
        axes.text(middle, top + _ROW / 2, "–", fontsize=11, color="#a6a8ad", ha="center", va="center")
        return
    look = _LOOKS[field.stance or Stance.UNCLEAR]
    axes.add_patch(
        FancyBboxPatch(
            (left + 0.09, top + 0.09),
            _COLUMN - 0.18,
            _ROW - 0.18,
            boxstyle="round,pad=0.02,rounding_size=0.07",
            facecolor=look.ground,
            edgecolor="none",
        )
    )
    words = f"{look.sign} {stance_words(field.stance)}"
    axes.text(middle, top + 0.25, words, fontsize=9.5, fontweight="bold", color=look.ink, ha="center", va="center")
    when = day_words(field.as_of) if field.as_of else tr("undated")
    axes.text(middle, top + 0.44, when, fontsize=8, color=look.ink, ha="center", va="center")


def _draw_foot(axes: Axes, grid: Grid, height: float) -> None:
    text = ntr("– no statement found in {n} article.", "– no statement found in {n} articles.", grid.articles)
    text += " " + tr("Stance towards each topic's proposition.")
    if grid.left_out:
        text += " " + ntr(
            "{n} actor with fewer positions is left out.",
            "{n} actors with fewer positions are left out.",
            grid.left_out,
        )
    axes.text(_MARGIN, height - _MARGIN - 0.12, text, fontsize=9, color=_FAINT, va="center")
