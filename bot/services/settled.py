"""How an occurrence ended in a sweep."""

from dataclasses import dataclass
from datetime import datetime

from bot.schedules.model import DeliveryState, Occurrence, Telling, TroubleKind
from bot.services.correction_ports import Post


@dataclass(frozen=True, slots=True)
class Settled:
    """The end of one occurrence for now: what is recorded of it, and what kind of trouble kept it from being posted.

    `unsure_since`: as in `Delivery`.
    """

    occurrence: Occurrence
    state: DeliveryState
    message_id: int | None = None
    detail: str | None = None
    posted_in: int | None = None
    telling: Telling | None = None
    post: Post | None = None
    trouble: TroubleKind | None = None
    unsure_since: datetime | None = None
