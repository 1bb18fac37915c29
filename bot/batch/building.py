"""The tools of a batch, made from language data and a dossier."""

from bot.articles.clean import Cleaner
from bot.batch.inspection import Inspector
from bot.batch.stories import StoryFinder
from bot.batch.summaries import Summarizer
from bot.briefings.methods import ranker
from bot.briefings.passages import vocabulary
from bot.dossier import Dossier
from bot.language.lexicon import Lexicon
from bot.language.sentences import SentenceSplitter
from bot.positions.reader import Reader


def build_inspector(lexicon: Lexicon, dossier: Dossier) -> Inspector:
    """An inspector that reads as a load does. Raises `ConfigurationError` for language data that can't be used."""
    return Inspector(Cleaner(lexicon), Reader(lexicon, dossier), dossier)


def build_summarizer(lexicon: Lexicon, method: str) -> Summarizer:
    """A summarizer by the ranking method named. Raises `NotFoundError` with the names there are."""
    return Summarizer(
        Cleaner(lexicon), SentenceSplitter(lexicon), ranker(method, vocabulary(lexicon), lexicon.language)
    )


def build_story_finder(lexicon: Lexicon) -> StoryFinder:
    """A finder that groups as a load and a briefing do."""
    return StoryFinder(Cleaner(lexicon), vocabulary(lexicon).stop_words)
