"""Pages as Markdown for files and pipes. Strangers' text is escaped: it reads as it stands and formats nothing."""

from collections.abc import Iterator
from itertools import groupby

from bot.briefings.model import Briefing
from bot.dossier import Dossier
from bot.positions.model import Digest
from bot.presentation.briefing_page import briefing_page
from bot.presentation.digest_page import digest_page
from bot.presentation.escaping import escape, link
from bot.presentation.page import Kind, Page, Part, Run, Tone

_PREFIXES = {Kind.TITLE: "# ", Kind.HEADING: "## "}
_MARKS = {Tone.STRONG: "**", Tone.COMMAND: "`"}


def page_markdown(page: Page) -> str:
    """The page as Markdown (CommonMark), ending in a newline."""
    blocks = []
    for prefix, parts in groupby(_placed(page), key=lambda placed: placed[0]):
        between = f"\n{prefix.rstrip()}\n" if prefix.startswith(">") else "\n\n"
        blocks.append(between.join(prefix + _part(part) for _, part in parts))
    return "\n\n".join(blocks) + "\n"


def briefing_markdown(briefing: Briefing, dossier: Dossier) -> str:
    """A briefing as Markdown."""
    return page_markdown(briefing_page(briefing, dossier))


def digest_markdown(digest: Digest, dossier: Dossier) -> str:
    """Positions as Markdown."""
    return page_markdown(digest_page(digest, dossier))


def _placed(page: Page) -> Iterator[tuple[str, Part]]:
    """Each part with what stands before it: indented under its number in a list, else as a block quote."""
    in_list = False
    for part in page:
        in_list = bool(part.marker) or (in_list and part.indent > 0)
        if not part.indent:
            yield "", part
        else:
            yield " " * part.indent if in_list else "> " * max(1, part.indent // 2), part


def _part(part: Part) -> str:
    if part.kind in _PREFIXES:
        return _PREFIXES[part.kind] + escape(part.text)
    return part.marker + "".join(_run(run) for run in part.runs)


def _run(run: Run) -> str:
    text = _keeping_ends(run.text)
    mark = _MARKS.get(run.tone, "")
    if run.tone is Tone.COMMAND:
        text = run.text.replace("`", "'")
    linked = link(run.url, text) if run.url else None
    return linked or f"{mark}{text}{mark}"


def _keeping_ends(text: str) -> str:
    """`escape` trims; runs stand next to each other, so the space between them must stay."""
    core = text.strip()
    if not core:
        return text
    start = text.index(core)
    return text[:start] + escape(core) + text[start + len(core) :]
