"""Nothing leaves a service unproved: every line is compared with the stored text at its span."""

from typing import TypeVar

from bot.articles.model import Citation
from bot.briefings.editions import Answer, evidence_in
from bot.briefings.findings import Findings, Reply
from bot.briefings.model import Briefing
from bot.positions.answers import Quotes
from bot.presentation.proof import prove, prove_quote
from bot.services.ports import Corpus

AnyAnswer = TypeVar("AnyAnswer", bound=Answer)


async def prove_answer(answer: AnyAnswer, corpus: Corpus) -> AnyAnswer:
    """`answer` itself, if each of its lines is the stored text at its span; else `UnprovedLineError`.

    In an answer made of quotes the words called a quote must stand in the source's own quotation marks as well.
    """
    lines: list[tuple[Citation, str]] = [(one.citation, one.text) for one in evidence_in(answer)]
    if isinstance(answer, Briefing):
        lines += [(citation, item.text) for item in answer.items for citation in item.citations]
        lines += [(one.citation, one.text) for one in answer.watch]
    if isinstance(answer, Findings | Reply):
        lines += [(citation, hit.text) for hit in answer.hits for citation in (hit.citation, *hit.others)]
    texts = await corpus.texts({citation.article_id for citation, _ in lines})
    for citation, shown in lines:
        prove(texts, citation, shown)
    if isinstance(answer, Quotes):
        for one in evidence_in(answer):
            if one.statement.quote is not None:
                prove_quote(texts, one.citation, one.statement.quote)
    return answer
