"""Senders that outbound webhooks hear of"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kind = sa.JSON().with_variant(JSONB(), "postgresql")
    with op.batch_alter_table("webhook") as table:
        table.add_column(sa.Column("senders", kind, nullable=False, server_default="[]"))
    with op.batch_alter_table("webhook") as table:
        table.alter_column("senders", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("webhook") as table:
        table.drop_column("senders")
