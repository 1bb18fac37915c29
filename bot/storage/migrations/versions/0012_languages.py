"""In which language an article is, where it is another one than the dossier's."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; it is filled when an article is read again."""
    op.add_column("articles", sa.Column("language", sa.Text()))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("articles", "language")
