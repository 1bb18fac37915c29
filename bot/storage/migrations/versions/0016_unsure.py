"""Since when a message of an occurrence may stand in its channel that nobody recorded."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the column; of what is under way nobody knows, and a first try is never before the occurrence is due.

    What failed more than the longest grace time ago is nobody's concern any more.
    """
    op.add_column("deliveries", sa.Column("unsure_since", _INSTANT))
    known = sa.table(
        "deliveries", *(sa.column(name, _INSTANT) for name in ("due_at", "unsure_since")), sa.column("state")
    )
    lately = datetime.now(UTC) - timedelta(days=1)
    if op.get_bind().dialect.name == "sqlite":
        lately = lately.replace(tzinfo=None)
    op.execute(
        known.update()
        .where(sa.or_(known.c.state == "claimed", sa.and_(known.c.state == "failed", known.c.due_at > lately)))
        .values(unsure_since=known.c.due_at)
    )


def downgrade() -> None:
    """Take it away; what is unsure has failed for all that an older version knows."""
    op.execute("UPDATE deliveries SET state = 'failed' WHERE state = 'unsure'")
    op.drop_column("deliveries", "unsure_since")
