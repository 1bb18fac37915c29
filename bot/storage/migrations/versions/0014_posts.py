"""Posts that are out, apart from the schedules that posted them: corrections are noted beneath either way."""

import json
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from bot.storage.instants import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_LOOKED_AFTER = timedelta(days=14)
_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the table, with what the ledger of deliveries knows of the last fourteen days."""
    posts = op.create_table(
        "posts",
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("edition_id", _KEY, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("posted_at", Instant(), nullable=False),
        sa.Column("member_id", sa.BigInteger()),
        sa.PrimaryKeyConstraint("message_id", name="pk_posts"),
    )
    for column in ("edition_id", "posted_at", "member_id"):
        op.create_index(f"ix_posts_{column}", "posts", [column])
    rows = {row["message_id"]: row for row in _known()}
    if rows:
        op.bulk_insert(posts, list(rows.values()))


def downgrade() -> None:
    """Take it away."""
    op.drop_table("posts")


def _known() -> list[dict[str, object]]:
    deliveries = sa.table(
        "deliveries",
        sa.column("schedule_id"),
        sa.column("state"),
        sa.column("message_id"),
        sa.column("posted_in"),
        sa.column("edition_id"),
        sa.column("due_at", Instant()),
    )
    schedules = sa.table("schedules", sa.column("id"), sa.column("guild_id"), sa.column("posting"))
    there = (deliveries.c.message_id, deliveries.c.posted_in, deliveries.c.edition_id)
    query = (
        sa.select(*there, deliveries.c.due_at, schedules.c.guild_id, schedules.c.posting)
        .join(schedules, schedules.c.id == deliveries.c.schedule_id)
        .where(deliveries.c.state == "sent", *(column.is_not(None) for column in there))
        .where(deliveries.c.due_at >= datetime.now(UTC) - _LOOKED_AFTER)
    )
    return [
        {
            "message_id": row.message_id,
            "channel_id": row.posted_in,
            "guild_id": row.guild_id,
            "edition_id": row.edition_id,
            "language": json.loads(row.posting or "{}").get("language", "en"),
            "posted_at": row.due_at,
            "member_id": None,
        }
        for row in op.get_bind().execute(query)
    ]
