"""What articles said before their publishers changed them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of revisions."""
    op.create_table(
        "revisions",
        sa.Column(
            "article_id",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            sa.ForeignKey("articles.id", name="fk_revisions_articles", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "replaced_at", name="pk_revisions"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("revisions")
