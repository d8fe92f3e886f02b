"""Outbound webhooks and what they are told"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'waiting'")
SETTLED = sa.text("state <> 'waiting'")


def upgrade() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("events", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("paused_until", sa.BigInteger(), nullable=False),
        sa.Column("leased_until", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_webhook_company_id_company", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_webhook"),
    )
    op.create_index("ix_webhook_company_id", "webhook", ["company_id"])
    op.create_table(
        "webhook_delivery",
        sa.Column("webhook_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("queued_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_webhook_delivery_company_id_company", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("webhook_id", "event_id", name="pk_webhook_delivery"),
    )
    op.create_index("ix_webhook_delivery_company_id", "webhook_delivery", ["company_id"])
    op.create_index("ix_webhook_delivery_contact_id", "webhook_delivery", ["contact_id"])
    _partial("ix_webhook_delivery_order", ["webhook_id", "event_id"], WAITING)
    _partial("ix_webhook_delivery_due", ["webhook_id", "not_before"], WAITING)
    _partial("ix_webhook_delivery_settled", ["settled_at"], SETTLED)


def _partial(name: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, "webhook_delivery", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_table("webhook_delivery")
    op.drop_table("webhook")
