"""Templates that WhatsApp approves"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "whatsapp_template",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("sender_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("components", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("vendor_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_whatsapp_template_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["sender.id"], name="fk_whatsapp_template_sender_id_sender", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_whatsapp_template"),
        sa.UniqueConstraint("sender_id", "name", "language", name="uq_whatsapp_template_sender_id_name_language"),
    )
    op.create_index("ix_whatsapp_template_company_id", "whatsapp_template", ["company_id"])


def downgrade() -> None:
    op.drop_table("whatsapp_template")
