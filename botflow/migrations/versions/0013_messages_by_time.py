"""A company's messages in the order of time"""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_outbound_message_company_id", "outbound_message")
    op.create_index("ix_outbound_message_queued", "outbound_message", ["company_id", "queued_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_outbound_message_queued", "outbound_message")
    op.create_index("ix_outbound_message_company_id", "outbound_message", ["company_id"])
