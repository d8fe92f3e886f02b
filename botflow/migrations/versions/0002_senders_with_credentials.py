"""Senders with credentials and a webhook of their own, and what vendors report of a message"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sender") as table:
        table.add_column(sa.Column("identity", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("status", sa.String(), nullable=False, server_default="active"))
        table.add_column(sa.Column("problem", sa.Text(), nullable=True))
        table.add_column(sa.Column("credentials", sa.Text(), nullable=True))
        table.add_column(sa.Column("webhook_key", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("rate", sa.Float(), nullable=True))
        table.add_column(sa.Column("live_chat_only", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("updated_at", sa.BigInteger(), nullable=False, server_default="0"))
    _give_keys()
    with op.batch_alter_table("sender") as table:
        for column in ("identity", "status", "webhook_key", "live_chat_only", "updated_at"):
            table.alter_column(column, server_default=None)
        table.create_unique_constraint("uq_sender_webhook_key", ["webhook_key"])


def _give_keys() -> None:
    senders = sa.table(
        "sender", sa.column("id"), sa.column("webhook_key"), sa.column("created_at"), sa.column("updated_at")
    )
    connection = op.get_bind()
    for (sender,) in connection.execute(sa.select(senders.c.id)).all():
        key = secrets.token_urlsafe(24)
        connection.execute(senders.update().where(senders.c.id == sender).values(webhook_key=key))
    connection.execute(senders.update().values(updated_at=senders.c.created_at))


def downgrade() -> None:
    with op.batch_alter_table("sender") as table:
        table.drop_constraint("uq_sender_webhook_key", type_="unique")
        for column in (
            "identity",
            "status",
            "problem",
            "credentials",
            "webhook_key",
            "rate",
            "live_chat_only",
            "updated_at",
        ):
            table.drop_column(column)
