"""A summary of files as a page."""

from collections.abc import Sequence

from bot.articles.model import Citation
from bot.catalogues import ntr, number_words, tr
from bot.presentation.briefing_page import cited
from bot.presentation.page import Page, paragraph, small, title, verbatim
from bot.services.results import Summed


def summary_page(lines: Sequence[tuple[str, Citation]], documents: int) -> Page:
    """Each sentence with its citation; of a single document the citation stands once."""
    if not lines:
        return (title(tr("Summary")), paragraph(tr("There is no sentence to show."), gap=True))
    if documents == 1:
        only = lines[0][1]
        sentences = (paragraph(verbatim(text), gap=True) for text, _ in lines)
        return (title(only.title or tr("Summary")), small(cited(only)), *sentences)
    parts = [title(ntr("Summary of {n} document", "Summary of {n} documents", documents))]
    for number, (text, citation) in enumerate(lines, start=1):
        parts.append(paragraph(verbatim(text), marker=f"{number}. ", gap=True))
        parts.append(small(cited(citation), indent=len(f"{number}. ")))
    return tuple(parts)


def given_page(summed: Summed) -> Page:
    """The summary of what somebody gave, and of how much it is."""
    note = ntr(
        "{n} of {all} sentences, word for word and in their order. I keep nothing of it.",
        "{n} of {all} sentences, word for word and in their order. I keep nothing of it.",
        len(summed.lines),
        all=number_words(summed.sentences),
    )
    return (*summary_page(summed.lines, 1), small(note, gap=True))
