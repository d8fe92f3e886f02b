"""Webhooks that messages name, and that hear of the answers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TABLES = ("conversation", "outbound_message")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("webhook_id", sa.String(), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "webhook_id")
