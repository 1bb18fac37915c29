"""A summary of files as a page."""

from collections.abc import Sequence

from bot.articles.model import Citation
from bot.presentation.briefing_page import cited
from bot.presentation.page import Page, paragraph, small, title, verbatim
from bot.presentation.wording import counted


def summary_page(lines: Sequence[tuple[str, Citation]], documents: int) -> Page:
    """Each sentence with its citation; of a single document the citation stands once."""
    if not lines:
        return (title("Summary"), paragraph("There is no sentence to show.", gap=True))
    if documents == 1:
        only = lines[0][1]
        sentences = (paragraph(verbatim(text), gap=True) for text, _ in lines)
        return (title(only.title or "Summary"), small(cited(only)), *sentences)
    parts = [title(f"Summary of {counted(documents, 'document')}")]
    for number, (text, citation) in enumerate(lines, start=1):
        parts.append(paragraph(verbatim(text), marker=f"{number}. ", gap=True))
        parts.append(small(cited(citation), indent=len(f"{number}. ")))
    return tuple(parts)
