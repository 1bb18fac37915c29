"""How sources fare over time, and where servers want to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_NEW = ("failing_since", "news_at", "due_at", "pause", "tally")


def upgrade() -> None:
    """Add what was not remembered before."""
    for name in _NEW:
        kind = sa.Text() if name in ("pause", "tally") else _INSTANT
        op.add_column("source_states", sa.Column(name, kind))
    op.create_table(
        "guilds",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("log_channel_id", sa.BigInteger()),
        sa.PrimaryKeyConstraint("guild_id", name="pk_guilds"),
    )


def downgrade() -> None:
    """Forget it again."""
    op.drop_table("guilds")
    with op.batch_alter_table("source_states") as table:
        for name in _NEW:
            table.drop_column(name)
