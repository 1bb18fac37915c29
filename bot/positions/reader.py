"""The reader: sentences, statements, topics and stance of one article."""

import hashlib

from bot.articles.model import Article
from bot.dossier import Dossier
from bot.language.lexicon import Lexicon
from bot.language.sentences import SentenceSplitter
from bot.positions.annotate import TopicStance
from bot.positions.model import Reading
from bot.positions.statements import StatementFinder

_RULES = "4"  # raise it when the rules themselves change, so that stored readings are made anew


class Reader:
    """Reads articles. Built once from lexicon and dossier; pure and safe to use from a worker thread."""

    def __init__(self, lexicon: Lexicon, dossier: Dossier) -> None:
        self._splitter = SentenceSplitter(lexicon)
        self._statements = StatementFinder(lexicon, dossier)
        self._topics = TopicStance(lexicon, dossier)
        parts = f"{_RULES}:{TopicStance.version}:{lexicon.digest}:{dossier.digest}"
        self.version = hashlib.sha256(parts.encode()).hexdigest()[:16]

    def read(self, article: Article) -> Reading:
        """Everything the rules understand of the article."""
        sentences = self._splitter.split(article.text, article.blocks)
        statements, skipped = self._statements.find(article.text, article.blocks, sentences)
        annotated = self._topics.annotate(article.text, article.blocks, sentences, statements)
        return Reading(sentences, annotated, skipped)
