"""Topics, stance, shift and contested claim of the statements of one article."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dossier import Dossier
from bot.language.blocks import Block
from bot.language.lexicon import Lexicon
from bot.language.sentences import Sentence
from bot.positions.contested import dispute_claims
from bot.positions.directions import Directions
from bot.positions.frames import Frames
from bot.positions.model import Statement
from bot.positions.passage import Passage, Rules
from bot.positions.phrases import Tokenizer
from bot.positions.subject import find_subjects
from bot.positions.topics import TopicFinder
from bot.positions.views import ViewTaker
from bot.positions.voices import NameIndex


class TopicStance:
    """Fills what a statement is about and where its speaker stands. Pure; built once, used for every article."""

    version = "2"

    def __init__(self, lexicon: Lexicon, dossier: Dossier) -> None:
        tokenizer = Tokenizer(lexicon)
        cues = Frames(lexicon, tokenizer)
        directions = Directions(lexicon, tokenizer, cues)
        self.topics = TopicFinder([directions.marked(topic) for topic in dossier.topics], tokenizer)
        names = NameIndex(dossier, tokenizer)
        givers = {topic.id: directions.giver(topic, names) for topic in dossier.topics}
        self._rules = Rules(tokenizer, cues, names, self.topics)
        self._views = ViewTaker(cues, names, self.topics, givers)

    def annotate(
        self,
        text: str,
        blocks: tuple[Block, ...],
        sentences: tuple[Sentence, ...],
        statements: Sequence[Statement],
    ) -> tuple[Statement, ...]:
        """The statements with topics, stance, shift, contested and the rules that decided, in the same order."""
        passage = Passage(text, blocks, sentences, self._rules)
        subjects = find_subjects(passage, statements, self.topics, self._rules.cues)
        views = [
            self._views.take(passage, statement, subject)
            for statement, subject in zip(statements, subjects, strict=True)
        ]
        claims = dispute_claims(passage, statements, views, self._rules.names)
        return tuple(
            replace(
                statement,
                topics=view.topics,
                stance=view.stance,
                shift=view.shift,
                contested=claim,
                rules=(*statement.rules, *view.rules),
            )
            for statement, view, claim in zip(statements, views, claims, strict=True)
        )
