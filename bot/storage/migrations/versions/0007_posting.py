"""How schedules post, what channels were told, and what keeps a schedule from posting."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add columns that are empty where all is as before, and the tables."""
    op.add_column("schedules", sa.Column("ruled_at", _INSTANT))
    op.add_column("schedules", sa.Column("posting", sa.Text()))
    op.add_column("deliveries", sa.Column("posted_in", sa.BigInteger()))
    op.add_column("deliveries", sa.Column("edition_id", _KEY))
    op.create_index("ix_articles_first_seen_at", "articles", ["first_seen_at"])
    op.create_table(
        "tellings",
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("edition_id", _KEY, nullable=False),
        sa.Column("schedule_id", sa.Integer(), nullable=False),
        sa.Column("told_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "edition_id", name="pk_tellings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tellings_edition_id", "tellings", ["edition_id"])
    op.create_index("ix_tellings_told_at", "tellings", ["told_at"])
    op.create_table(
        "troubles",
        sa.Column(
            "schedule_id",
            sa.Integer(),
            sa.ForeignKey("schedules.id", name="fk_troubles_schedules", ondelete="CASCADE"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("told_at", _INSTANT),
        sa.PrimaryKeyConstraint("schedule_id", name="pk_troubles"),
    )


def downgrade() -> None:
    """Take them back."""
    op.drop_table("troubles")
    op.drop_table("tellings")
    op.drop_index("ix_articles_first_seen_at", "articles")
    for table, columns in (("deliveries", ("edition_id", "posted_in")), ("schedules", ("posting", "ruled_at"))):
        for name in columns:
            op.drop_column(table, name)
