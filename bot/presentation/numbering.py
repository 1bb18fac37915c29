"""Line numbers as they are shown: beside the citation, never within the source's words."""

from bot.articles.model import Citation
from bot.briefings.editions import Answer, Numbers, place_of


def number_words(numbers: Numbers, citation: Citation) -> str:
    """ "[4] " before the citation of line 4; nothing where the line has no number."""
    number = numbers.get(place_of(citation))
    return f"[{number}] " if number else ""


def prove_command(answer: Answer, numbers: Numbers) -> str | None:
    """What to type to have a line proved; None where no line can be."""
    if answer.edition is None or not numbers:
        return None
    return f"/prove edition:{answer.edition} line:{min(3, len(numbers))}"
