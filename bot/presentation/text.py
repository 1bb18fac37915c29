"""Pages as lines for a terminal or a pipe: wrapped by words, nothing hidden, nothing that steers the screen."""

import re
from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from bot.briefings.model import Briefing
from bot.dossier import Dossier
from bot.positions.model import Digest
from bot.presentation.admin_pages import load_page, schedules_page, sources_page, status_page
from bot.presentation.briefing_page import briefing_page
from bot.presentation.digest_page import digest_page
from bot.presentation.page import Page, Part, Run, Tone
from bot.presentation.visible import visible
from bot.services.results import LoadReport, ScheduleView, SourceView, Status

WIDTH = 80

_SPACES = re.compile(r" {2,}")
_WORD = re.compile(r"[\S\u00a0\u202f]+[^\S\u00a0\u202f]*|\s+")  # no line ends at a no-break space

_STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.QUIET: "dim",
    Tone.VERBATIM: "",
    Tone.COMMAND: "cyan",
    Tone.MENTION: "",
    Tone.FOR: "green",
    Tone.AGAINST: "red",
    Tone.CONDITIONAL: "yellow",
    Tone.UNCLEAR: "italic",
}


def page_lines(page: Page, width: int = WIDTH) -> list[Text]:
    """The page's lines, with style where the output has any. Words longer than a line are left whole."""
    lines: list[Text] = []
    for number, part in enumerate(page):
        if part.gap and number:
            lines.append(Text())
        lines += _part_lines(part, width)
    return lines


def page_text(page: Page, width: int = WIDTH) -> str:
    """The page as plain text, without a newline at its end."""
    return "\n".join(line.plain for line in page_lines(page, width))


def _part_lines(part: Part, width: int) -> list[Text]:
    first = " " * part.indent + part.marker
    later = " " * len(first)
    text = Text.assemble(*((_shown(run), _STYLES[run.tone]) for run in part.runs))
    wrapped = text.divide(_breaks(text.plain, max(20, width - len(first))))
    for line in wrapped:
        line.rstrip()
    return [Text(later if number else first) + line for number, line in enumerate(wrapped)]


def _shown(run: Run) -> str:
    """A paragraph break within a source's words shows as one space; our own spacing stays."""
    text = visible(run.text)
    return _SPACES.sub(" ", text) if run.tone is Tone.VERBATIM else text


def _breaks(text: str, width: int) -> list[int]:
    """Where lines begin. rich's own wrapping breaks or cuts a word longer than the line (an address): it would no
    longer be the source's."""
    breaks, column = [], 0
    for word in _WORD.finditer(text):
        if column and column + cell_len(word.group().rstrip()) > width:
            breaks.append(word.start())
            column = 0
        column += cell_len(word.group())
    return breaks


def briefing_text(briefing: Briefing, dossier: Dossier, width: int = WIDTH) -> str:
    """A briefing as plain text."""
    return page_text(briefing_page(briefing, dossier), width)


def digest_text(digest: Digest, dossier: Dossier, width: int = WIDTH) -> str:
    """Positions as plain text."""
    return page_text(digest_page(digest, dossier), width)


def load_report_text(report: LoadReport, width: int = WIDTH) -> str:
    """A load as plain text."""
    return page_text(load_page(report), width)


def sources_text(views: Sequence[SourceView], width: int = WIDTH) -> str:
    """The sources as plain text."""
    return page_text(sources_page(views), width)


def schedules_text(views: Sequence[ScheduleView], dossier: Dossier, width: int = WIDTH) -> str:
    """The schedules as plain text."""
    return page_text(schedules_page(views, dossier), width)


def status_text(status: Status, width: int = WIDTH) -> str:
    """The state of things as plain text."""
    return page_text(status_page(status), width)
