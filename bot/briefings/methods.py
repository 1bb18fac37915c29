"""Rankers by name: ours, and all of sumy's.

sumy is imported only when one of its methods is asked for, as it brings all of NLTK along.
"""

from bot.briefings.passages import Vocabulary
from bot.briefings.ranking import AttacheRanker, Ranker, central
from bot.errors import NotFoundError

DEFAULT_METHOD = "attache"
STOCK_METHODS = ("lex-rank", "text-rank", "lsa", "luhn", "kl", "sum-basic", "reduction", "edmundson")
METHODS = (DEFAULT_METHOD, "centroid", *STOCK_METHODS)


def ranker(method: str, vocabulary: Vocabulary, language: str) -> Ranker:
    """The ranker called `method`. Raises `NotFoundError` with the names there are."""
    name = method.casefold().replace("_", "-")
    if name == DEFAULT_METHOD:
        return AttacheRanker(vocabulary)
    if name == "centroid":
        return AttacheRanker(vocabulary, centrality=central)
    known = {stock.replace("-", ""): stock for stock in STOCK_METHODS}
    if name.replace("-", "") not in known:
        raise NotFoundError("method", method, METHODS)
    from bot.briefings.sumy_methods import StockRanker  # noqa: PLC0415  (sumy loads NLTK: two seconds at each start)

    return StockRanker(known[name.replace("-", "")], vocabulary, language)
