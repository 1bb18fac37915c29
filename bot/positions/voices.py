"""Who counts as whose voice: names in running text, and the officials who speak for a state."""

from bot.dossier import Dossier
from bot.positions.phrases import PhraseIndex, Tokenizer


class NameIndex:
    """Finds the dossier's actors by name and alias, upper and lower case as written."""

    def __init__(self, dossier: Dossier, tokenizer: Tokenizer) -> None:
        names = ((name, actor.id) for actor in dossier.actors for name in (actor.name, *actor.aliases))
        self.index: PhraseIndex[str] = PhraseIndex(names, tokenizer, exact=True)
        self._sides = {actor.id: actor.side or actor.id for actor in dossier.actors}

    def own_side(self, actor_id: str | None) -> frozenset[str]:
        """The ids that count as the actor itself: its side and all who speak for that side."""
        if actor_id is None:
            return frozenset()
        side = self._sides.get(actor_id, actor_id)
        return frozenset(one for one, its in self._sides.items() if its == side) | {actor_id}


def voices_of(dossier: Dossier, actor_id: str) -> frozenset[str]:
    """The ids whose statements count for this actor: its own, and those of the officials who speak for it."""
    return dossier.voices(actor_id)
