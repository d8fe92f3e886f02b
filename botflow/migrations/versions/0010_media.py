"""The media library"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asset",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("sender_id", sa.String(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_asset_company_id_company", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["sender_id"], ["sender.id"], name="fk_asset_sender_id_sender", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_asset"),
        sa.UniqueConstraint("company_id", "key", name="uq_asset_company_id_key"),
    )
    op.create_index("ix_asset_file", "asset", ["file"])
    op.create_index("ix_asset_name", "asset", ["company_id", "name", "id"])
    op.create_index("ix_asset_created", "asset", ["company_id", "created_at", "id"])
    op.create_index("ix_asset_sender_id", "asset", ["sender_id"])
    op.create_index(
        "ix_asset_incoming",
        "asset",
        ["due_at"],
        sqlite_where=sa.text("state = 'incoming'"),
        postgresql_where=sa.text("state = 'incoming'"),
    )


def downgrade() -> None:
    op.drop_table("asset")
