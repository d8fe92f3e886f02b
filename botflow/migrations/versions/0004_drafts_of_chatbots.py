"""Drafts of chatbots, who published a version and why, and a revision of each company's catalog"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FACTS = ("keywords", "revision", "newest_version", "newest_hash", "updated_at", "deleted_at")


def upgrade() -> None:
    with op.batch_alter_table("company") as table:
        table.add_column(sa.Column("catalog_revision", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("company") as table:
        table.alter_column("catalog_revision", server_default=None)
    with op.batch_alter_table("chatbot") as table:
        table.add_column(sa.Column("keywords", sa.Text(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("newest_version", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("newest_hash", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("updated_at", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(sa.Column("deleted_at", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("chatbot_version") as table:
        table.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("created_by", sa.String(), nullable=True))
    op.create_table(
        "chatbot_draft",
        sa.Column("chatbot_id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chatbot_id"], ["chatbot.id"], name="fk_chatbot_draft_chatbot_id_chatbot", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_chatbot_draft_company_id_company", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chatbot_id", name="pk_chatbot_draft"),
    )
    op.create_index("ix_chatbot_draft_company_id", "chatbot_draft", ["company_id"])
    _take_drafts_from_versions()
    with op.batch_alter_table("chatbot") as table:
        for column in FACTS[:-1]:
            table.alter_column(column, server_default=None)
        table.create_index("ix_chatbot_name", ["company_id", "name", "id"])
        table.create_index("ix_chatbot_updated", ["company_id", "updated_at", "id"])
    with op.batch_alter_table("chatbot_version") as table:
        table.alter_column("note", server_default=None)


def _take_drafts_from_versions() -> None:
    """Every chatbot gets its newest version as its draft."""
    connection = op.get_bind()
    chatbots, versions, drafts = (_table(name) for name in ("chatbot", "chatbot_version", "chatbot_draft"))
    numbers = sa.select(versions.c.chatbot_id, sa.func.max(versions.c.number).label("number"))
    newest = numbers.group_by(versions.c.chatbot_id).subquery()
    this = sa.and_(versions.c.chatbot_id == newest.c.chatbot_id, versions.c.number == newest.c.number)
    for row in connection.execute(sa.select(versions).join(newest, this)).mappings().all():
        draft = {name: row[name] for name in ("chatbot_id", "company_id", "document", "content_hash")}
        connection.execute(drafts.insert().values(draft | {"saved_at": row["created_at"]}))
        facts = {
            "keywords": _keywords(json.loads(row["document"])),
            "revision": 1,
            "newest_version": row["number"],
            "newest_hash": row["content_hash"],
            "updated_at": row["created_at"],
        }
        connection.execute(chatbots.update().where(chatbots.c.id == row["chatbot_id"]).values(facts))


def _table(name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())


def _keywords(document: dict[str, Any]) -> str:
    given = document.get("settings", {}).get("keywords", {})
    return json.dumps([given.get(kind, []) for kind in ("trigger", "reset", "stop", "opt_out")])


def downgrade() -> None:
    op.drop_table("chatbot_draft")
    with op.batch_alter_table("chatbot_version") as table:
        table.drop_column("created_by")
        table.drop_column("note")
    with op.batch_alter_table("chatbot") as table:
        table.drop_index("ix_chatbot_updated")
        table.drop_index("ix_chatbot_name")
        for column in FACTS:
            table.drop_column(column)
    with op.batch_alter_table("company") as table:
        table.drop_column("catalog_revision")
