"""To whom answers were given, what briefings were composed for, and which agency an article rests on."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table. Answers given before belong to nobody: they are proved by what they cite."""
    op.add_column("articles", sa.Column("agency", sa.Text()))
    op.add_column("editions", sa.Column("asked", sa.Text()))
    op.create_table(
        "edition_guilds",
        sa.Column(
            "edition_id",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            sa.ForeignKey("editions.id", name="fk_edition_guilds_editions", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "guild_id", name="pk_edition_guilds"),
    )


def downgrade() -> None:
    """Take them back."""
    op.drop_table("edition_guilds")
    op.drop_column("editions", "asked")
    op.drop_column("articles", "agency")
