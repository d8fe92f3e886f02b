"""Contacts that are erased on request, and the proofs of it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

PENDING = sa.text("state = 'pending'")


def upgrade() -> None:
    kind = sa.JSON().with_variant(JSONB(), "postgresql")
    op.create_table(
        "erasure",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("digests", kind, nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("key_id", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("counts", kind, nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_erasure"),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_erasure_company_id_company", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_erasure_company_id", "erasure", ["company_id", "id"])
    op.create_index("ix_erasure_contact_id", "erasure", ["contact_id"])
    op.create_index(
        "uq_erasure_pending", "erasure", ["contact_id"], unique=True, sqlite_where=PENDING, postgresql_where=PENDING
    )
    with op.batch_alter_table("contact") as table:
        table.add_column(sa.Column("erased_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("contact") as table:
        table.drop_column("erased_at")
    op.drop_table("erasure")
