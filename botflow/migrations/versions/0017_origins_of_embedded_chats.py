"""Sites whose pages may show a sender's web chat"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kind = sa.JSON().with_variant(JSONB(), "postgresql")
    with op.batch_alter_table("sender") as table:
        table.add_column(sa.Column("embed_origins", kind, nullable=False, server_default="[]"))
    with op.batch_alter_table("sender") as table:
        table.alter_column("embed_origins", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("sender") as table:
        table.drop_column("embed_origins")
