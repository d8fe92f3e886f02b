"""Who keeps the lines of senders open"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sender_line",
        sa.Column("sender_id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("leased_until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["sender.id"], name="fk_sender_line_sender_id_sender", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_sender_line_company_id_company", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sender_id", name="pk_sender_line"),
    )
    op.create_index("ix_sender_line_company_id", "sender_line", ["company_id"])


def downgrade() -> None:
    op.drop_table("sender_line")
