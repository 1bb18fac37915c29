"""Stores that count what passes through them."""

from datetime import datetime
from typing import Any

from bot.operation.meter import Meter
from bot.schedules.model import DeliveryState, Occurrence
from bot.storage.deliveries import SqlDeliveries
from bot.storage.engine import Engine


class MeteredDeliveries(SqlDeliveries):
    """The ledger of deliveries; every end that is recorded is counted."""

    def __init__(self, engine: Engine, meter: Meter) -> None:
        super().__init__(engine)
        self._meter = meter

    async def finish(self, occurrence: Occurrence, state: DeliveryState, now: datetime, **more: Any) -> None:
        """Record the end, then count it."""
        await super().finish(occurrence, state, now, **more)
        self._meter.delivered(state)
