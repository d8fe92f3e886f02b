"""Leases, so that several processes share timers and the expiry of threads"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

EXPIRY_MS = 7 * 24 * 3600 * 1000
LIVE = sa.text("status IN ('active', 'stuck', 'handedover')")


def upgrade() -> None:
    with op.batch_alter_table("timer") as table:
        table.add_column(sa.Column("leased_until", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("thread") as table:
        table.add_column(sa.Column("expires_at", sa.BigInteger(), nullable=False, server_default="0"))
    threads = sa.table("thread", sa.column("updated_at"), sa.column("expires_at"))
    op.get_bind().execute(threads.update().values(expires_at=threads.c.updated_at + EXPIRY_MS))
    with op.batch_alter_table("timer") as table:
        table.alter_column("leased_until", server_default=None)
        table.alter_column("attempts", server_default=None)
    with op.batch_alter_table("thread") as table:
        table.alter_column("expires_at", server_default=None)
    _index("expires_at")


def downgrade() -> None:
    _index("updated_at")
    with op.batch_alter_table("thread") as table:
        table.drop_column("expires_at")
    with op.batch_alter_table("timer") as table:
        table.drop_column("attempts")
        table.drop_column("leased_until")


def _index(column: str) -> None:
    op.drop_index("ix_thread_idle", "thread")
    op.create_index("ix_thread_idle", "thread", [column], sqlite_where=LIVE, postgresql_where=LIVE)
