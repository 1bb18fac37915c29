"""Who else carries a sentence: other prints of one agency's text are not further sources, and are told apart."""

from collections.abc import Callable, Iterable, Sequence

from bot.articles.independence import is_one_report
from bot.articles.model import Citation
from bot.catalogues import tr
from bot.presentation.wording import place_words

_MOST = 4  # outlets named


def carriers_words(citations: Sequence[Citation], shown: Callable[[str], str] = str) -> tuple[str, ...]:
    """What to say of the outlets beside the first: who prints the same agency's text, and who else has the words.

    `shown` makes an outlet's name safe for where it is shown.
    """
    own, *others = citations
    wired = [other for other in others if is_one_report(own, other)]
    printed = _places(wired, own, shown)
    also = _places((other for other in others if other not in wired), own, shown)
    agency = next((one.agency for one in (own, *wired) if one.agency), "")
    found = []
    if printed:
        found.append(tr("the same {agency} text in {places}", agency=shown(agency), places=printed))
    if also:
        found.append(tr("also in {places}", places=also))
    return tuple(found)


def _places(citations: Iterable[Citation], own: Citation, shown: Callable[[str], str]) -> str:
    names = sorted({place_words(one) for one in citations} - {place_words(own)})
    return ", ".join(shown(name) for name in names[:_MOST])
