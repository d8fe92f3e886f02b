"""Messages of any origin, their ids at the vendors, and what the vendors report of them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

QUEUED = sa.text("status = 'queued'")
FAILED = sa.text("status = 'failed'")
PARKED = sa.text("message_id IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("sender") as table:
        table.add_column(sa.Column("paused_until", sa.BigInteger(), nullable=False, server_default="0"))
    with op.batch_alter_table("sender") as table:
        table.alter_column("paused_until", server_default=None)
    op.create_table(
        "outbox_lane",
        sa.Column("sender_id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("free_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["sender.id"], name="fk_outbox_lane_sender_id_sender", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_outbox_lane_company_id_company", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sender_id", name="pk_outbox_lane"),
    )
    op.create_index("ix_outbox_lane_company_id", "outbox_lane", ["company_id"])
    op.drop_index("ix_outbound_message_due", "outbound_message")
    op.drop_index("ix_outbound_message_vendor_id", "outbound_message")
    with op.batch_alter_table("outbound_message") as table:
        table.add_column(sa.Column("sender_id", sa.String(), nullable=True))
        table.add_column(sa.Column("origin", sa.String(), nullable=False, server_default="chatbot"))
        table.add_column(sa.Column("failure", sa.String(), nullable=True))
        table.add_column(sa.Column("parts", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("delivered_at", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("seen_at", sa.BigInteger(), nullable=True))
    op.execute(
        "UPDATE outbound_message SET sender_id ="
        " (SELECT sender_id FROM conversation WHERE conversation.id = outbound_message.conversation_id)"
    )
    with op.batch_alter_table("outbound_message") as table:
        table.drop_column("vendor_id")
        table.alter_column("thread_id", nullable=True)
        table.alter_column("sender_id", nullable=False)
        table.alter_column("origin", server_default=None)
        table.alter_column("parts", server_default=None)
        table.create_foreign_key(
            "fk_outbound_message_sender_id_sender", "sender", ["sender_id"], ["id"], ondelete="CASCADE"
        )
    op.create_index(
        "ix_outbound_message_due",
        "outbound_message",
        ["sender_id", "not_before"],
        sqlite_where=QUEUED,
        postgresql_where=QUEUED,
    )
    op.create_index(
        "ix_outbound_message_failed",
        "outbound_message",
        ["company_id", "settled_at"],
        sqlite_where=FAILED,
        postgresql_where=FAILED,
    )
    op.create_table(
        "vendor_message",
        sa.Column("sender_id", sa.String(), nullable=False),
        sa.Column("vendor_id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["sender.id"], name="fk_vendor_message_sender_id_sender", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_vendor_message_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["outbound_message.id"],
            name="fk_vendor_message_message_id_outbound_message",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sender_id", "vendor_id", name="pk_vendor_message"),
    )
    op.create_index("ix_vendor_message_company_id", "vendor_message", ["company_id"])
    op.create_index("ix_vendor_message_message_id", "vendor_message", ["message_id"])
    op.create_table(
        "delivery_report",
        sa.Column("sender_id", sa.String(), nullable=False),
        sa.Column("vendor_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["sender.id"], name="fk_delivery_report_sender_id_sender", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_delivery_report_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["outbound_message.id"],
            name="fk_delivery_report_message_id_outbound_message",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sender_id", "vendor_id", "state", name="pk_delivery_report"),
    )
    op.create_index("ix_delivery_report_company_id", "delivery_report", ["company_id"])
    op.create_index("ix_delivery_report_message_id", "delivery_report", ["message_id"])
    op.create_index(
        "ix_delivery_report_parked",
        "delivery_report",
        ["received_at"],
        sqlite_where=PARKED,
        postgresql_where=PARKED,
    )


def downgrade() -> None:
    op.drop_table("outbox_lane")
    with op.batch_alter_table("sender") as table:
        table.drop_column("paused_until")
    op.drop_table("delivery_report")
    op.drop_table("vendor_message")
    op.drop_index("ix_outbound_message_failed", "outbound_message")
    op.drop_index("ix_outbound_message_due", "outbound_message")
    op.execute("DELETE FROM outbound_message WHERE thread_id IS NULL")
    with op.batch_alter_table("outbound_message") as table:
        table.drop_constraint("fk_outbound_message_sender_id_sender", type_="foreignkey")
        table.alter_column("thread_id", nullable=False)
        for column in ("sender_id", "origin", "failure", "parts", "delivered_at", "seen_at"):
            table.drop_column(column)
        table.add_column(sa.Column("vendor_id", sa.String(), nullable=True))
    op.create_index("ix_outbound_message_vendor_id", "outbound_message", ["vendor_id"])
    op.create_index(
        "ix_outbound_message_due",
        "outbound_message",
        ["not_before"],
        sqlite_where=QUEUED,
        postgresql_where=QUEUED,
    )
