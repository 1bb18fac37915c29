"""Actors of the dossier that share a name: what is said under it is given to none of them, and that has to be said."""

from collections.abc import Sequence

from bot.dossier import Actor, Dossier
from bot.positions.model import Cell
from bot.positions.roster import plain


def told_apart(dossier: Dossier, actor: Actor) -> str:
    """The actor's name; with office or id where another has the same one."""
    same = [one for one in dossier.actors if plain(one.name) == plain(actor.name)]
    if len(same) == 1:
        return actor.name
    is_told = actor.role and all(one is actor or one.role != actor.role for one in same)
    return f"{actor.name} ({actor.role if is_told else actor.id})"


def namesakes(dossier: Dossier, name: str) -> tuple[Actor, ...]:
    """The actors that have this name or alias, where they are several."""
    named = tuple(one for one in dossier.actors if plain(name) in map(plain, (one.name, *one.aliases)))
    return named if len(named) > 1 else ()


def undecided(dossier: Dossier, cells: Sequence[Cell]) -> dict[str, tuple[Actor, ...]]:
    """Names under which a position is shown that several actors share, with these actors."""
    names = dict.fromkeys(cell.holder.name for cell in cells if cell.position and cell.holder.actor_id is None)
    return {name: actors for name in names if (actors := namesakes(dossier, name))}
