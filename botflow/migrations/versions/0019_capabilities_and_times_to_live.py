"""Who can get a sender's messages, and when messages are worth nothing"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_capability",
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("sender_id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("capable", sa.Boolean(), nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_contact_capability_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_contact_capability_contact_id_contact", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["sender.id"], name="fk_contact_capability_sender_id_sender", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contact_id", "sender_id", name="pk_contact_capability"),
    )
    op.create_index("ix_contact_capability_company_id", "contact_capability", ["company_id"])
    op.create_index("ix_contact_capability_sender_id", "contact_capability", ["sender_id"])
    with op.batch_alter_table("outbound_message") as table:
        table.add_column(sa.Column("expires_at", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("revocation", sa.String(), nullable=True))
        table.add_column(sa.Column("revoked_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbound_message") as table:
        for column in ("expires_at", "revocation", "revoked_at"):
            table.drop_column(column)
    op.drop_table("contact_capability")
