"""What members follow, what they were told of it, and what they have looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "follows",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", _KEY, nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("member_id", "kind", "key", name="pk_follows"),
    )
    op.create_table(
        "members",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("paused_at", _INSTANT),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_members"),
    )
    op.create_table(
        "member_news",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event", _KEY, nullable=False),
        sa.Column("batch", _KEY, nullable=False),
        sa.Column("claimed_at", _INSTANT, nullable=False),
        sa.Column("is_sent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "event", name="pk_member_news"),
    )
    op.create_index("ix_member_news_claimed_at", "member_news", ["claimed_at"])
    op.create_table(
        "looks",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("edition", _KEY, nullable=False),
        sa.Column("looked_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("member_id", "guild_id", "edition", name="pk_looks"),
    )
    op.create_index("ix_looks_looked_at", "looks", ["looked_at"])


def downgrade() -> None:
    """Drop them."""
    for table in ("looks", "member_news", "members", "follows"):
        op.drop_table(table)
