"""Which chatbot wrote a message"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbound_message") as table:
        table.add_column(sa.Column("scenario", sa.String(), nullable=True))
    # What is still to leave, or may leave again, is judged by it.
    op.execute(
        "UPDATE outbound_message SET scenario ="
        " (SELECT scenario FROM thread WHERE thread.id = outbound_message.thread_id)"
        " WHERE status IN ('queued', 'failed') AND thread_id IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("outbound_message") as table:
        table.drop_column("scenario")
