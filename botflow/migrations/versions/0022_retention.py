"""How long a company keeps its conversations"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("company") as table:
        table.add_column(sa.Column("history_days", sa.Integer(), nullable=True))
    op.drop_index("ix_inbound_message_company_id", "inbound_message")
    op.create_index("ix_inbound_message_received", "inbound_message", ["company_id", "received_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_inbound_message_received", "inbound_message")
    op.create_index("ix_inbound_message_company_id", "inbound_message", ["company_id"])
    with op.batch_alter_table("company") as table:
        table.drop_column("history_days")
