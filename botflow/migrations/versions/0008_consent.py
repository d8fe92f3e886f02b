"""The ledger of consent in place of opt-outs, and what senders and companies set about consent"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("contact") as table:
        table.add_column(sa.Column("time_zone", sa.String(), nullable=True))
    with op.batch_alter_table("conversation") as table:
        table.add_column(sa.Column("window_opened_at", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("window_messages", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("in_a_row", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("conversation") as table:
        table.alter_column("window_messages", server_default=None)
        table.alter_column("in_a_row", server_default=None)
    with op.batch_alter_table("outbound_message") as table:
        table.add_column(sa.Column("cause_id", sa.String(), nullable=True))
        table.add_column(sa.Column("caused_at", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("reason", sa.String(), nullable=True))
        table.add_column(sa.Column("may_be_overtaken", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("outbound_message") as table:
        table.alter_column("may_be_overtaken", server_default=None)
    op.create_index(
        "ix_outbound_message_cause",
        "outbound_message",
        ["cause_id"],
        sqlite_where=sa.text("cause_id IS NOT NULL"),
        postgresql_where=sa.text("cause_id IS NOT NULL"),
    )
    _create_ledger()
    _create_settings()
    _move_opt_outs()
    op.drop_index("ix_opt_out_standing", "opt_out")
    op.drop_index("ix_opt_out_company_id", "opt_out")
    op.drop_table("opt_out")


def _create_ledger() -> None:
    op.create_table(
        "consent_entry",
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("sender_id", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=False),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("cause_id", sa.String(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("thread_id", sa.String(), nullable=True),
        _of_company("consent_entry"),
        sa.PrimaryKeyConstraint("contact_id", "number", name="pk_consent_entry"),
    )
    op.create_index("ix_consent_entry_company_id", "consent_entry", ["company_id"])
    op.create_table(
        "consent_state",
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("sender_id", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("cause_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("thread_id", sa.String(), nullable=True),
        sa.Column("spares_thread", sa.Boolean(), nullable=False),
        _of_company("consent_state"),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_consent_state_contact_id_contact", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contact_id", "kind", "channel", "sender_id", "scenario", name="pk_consent_state"),
    )
    op.create_index("ix_consent_state_company_id", "consent_state", ["company_id"])


def _create_settings() -> None:
    op.create_table(
        "sender_consent",
        sa.Column("sender_id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        *(sa.Column(name, JSON, nullable=False) for name in ("opt_out_words", "help_words", "join_words")),
        *(
            sa.Column(name, JSON, nullable=True)
            for name in ("opt_out_response", "help_response", "join_response", "auto_reply")
        ),
        sa.Column("join_word_only", sa.Boolean(), nullable=False),
        sa.Column("requires_pair", sa.Boolean(), nullable=False),
        sa.Column("implied_days", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.String(), nullable=True),
        sa.Column("quiet_till", sa.String(), nullable=True),
        sa.Column("consent_templates", JSON, nullable=False),
        _of_company("sender_consent"),
        _of_sender("sender_consent"),
        sa.PrimaryKeyConstraint("sender_id", name="pk_sender_consent"),
    )
    op.create_index("ix_sender_consent_company_id", "sender_consent", ["company_id"])
    op.create_table(
        "platform_word",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("sender_id", sa.String(), nullable=True),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("valid_from", sa.String(), nullable=True),
        sa.Column("valid_till", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        _of_company("platform_word"),
        _of_sender("platform_word"),
        sa.PrimaryKeyConstraint("id", name="pk_platform_word"),
    )
    op.create_index("ix_platform_word_company_id", "platform_word", ["company_id"])
    op.create_table(
        "blacklist_entry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("sender_id", sa.String(), nullable=True),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        _of_company("blacklist_entry"),
        _of_sender("blacklist_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_blacklist_entry"),
    )
    op.create_index("ix_blacklist_entry_address", "blacklist_entry", ["company_id", "address"])


def _of_company(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["company_id"], ["company.id"], name=f"fk_{table}_company_id_company", ondelete="CASCADE"
    )


def _of_sender(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["sender_id"], ["sender.id"], name=f"fk_{table}_sender_id_sender", ondelete="CASCADE"
    )


def _table(name: str, columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(column) for column in columns.split()))


OPT_OUT = _table("opt_out", "id company_id contact_id channel scope sender_id scenario thread_id created_at lifted_at")
ENTRY = _table(
    "consent_entry",
    "contact_id number company_id at kind channel sender_id scenario from_state to_state"
    " cause cause_id evidence thread_id",
)
STATE = _table(
    "consent_state",
    "contact_id kind channel sender_id scenario company_id state since cause cause_id thread_id spares_thread",
)


def _move_opt_outs() -> None:
    """Each opt-out and its lifting become entries, and the last one of a subject its state."""
    connection = op.get_bind()
    entries: dict[str, list[dict[str, Any]]] = {}
    states: dict[tuple[str, ...], dict[str, Any]] = {}
    for at, row, to in sorted(
        _events(connection.execute(sa.select(OPT_OUT)).mappings().all()), key=lambda event: event[0]
    ):
        about = _about(row)
        key = (row["contact_id"], *about.values())
        before = states.get(key, {"state": "open"})["state"]
        step = row["thread_id"] is not None and to == "opt_out"
        cause = {"cause": "step" if step else "message", "cause_id": row["id"] if to == "opt_out" else ""}
        kept = {"contact_id": row["contact_id"], "company_id": row["company_id"], **about, **cause}
        kept["thread_id"] = row["thread_id"] if to == "opt_out" else None
        of_contact = entries.setdefault(row["contact_id"], [])
        moves = {"number": len(of_contact) + 1, "at": at, "from_state": before, "to_state": to, "evidence": ""}
        of_contact.append({**kept, **moves})
        states[key] = {**kept, "state": to, "since": at, "spares_thread": step and before == "open"}
    for of_contact in entries.values():
        connection.execute(ENTRY.insert(), of_contact)
    if states:
        connection.execute(STATE.insert(), list(states.values()))


def _events(rows: Any) -> list[tuple[int, Any, str]]:
    begun = [(row["created_at"], row, "opt_out") for row in rows]
    return begun + [(row["lifted_at"], row, "open") for row in rows if row["lifted_at"] is not None]


def _about(row: Any) -> dict[str, str]:
    kind = "channel" if row["scope"] in ("channel", "platform") else row["scope"]
    return {
        "kind": kind,
        "channel": row["channel"],
        "sender_id": row["sender_id"] if kind == "sender" else "",
        "scenario": (row["scenario"] or "") if kind == "chatbot" else "",
    }


def downgrade() -> None:
    op.create_table(
        "opt_out",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("sender_id", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=True),
        sa.Column("thread_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("lifted_at", sa.BigInteger(), nullable=True),
        _of_company("opt_out"),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_opt_out_contact_id_contact", ondelete="CASCADE"
        ),
        _of_sender("opt_out"),
        sa.PrimaryKeyConstraint("id", name="pk_opt_out"),
    )
    op.create_index("ix_opt_out_company_id", "opt_out", ["company_id"])
    op.create_index("ix_opt_out_standing", "opt_out", ["contact_id", "lifted_at"])
    # What blocks still does; a block of a channel or chatbot needs some sender of the channel.
    op.execute(
        "INSERT INTO opt_out (id, company_id, contact_id, channel, scope, sender_id, scenario, thread_id, created_at)"
        " SELECT state.contact_id || '/' || state.kind || '/' || state.channel || '/' || state.sender_id || '/'"
        " || state.scenario, state.company_id, state.contact_id, state.channel, state.kind, sender.id,"
        " NULLIF(state.scenario, ''), state.thread_id, state.since FROM consent_state AS state"
        " JOIN sender ON sender.id = (SELECT min(id) FROM sender WHERE sender.company_id = state.company_id"
        " AND sender.channel = state.channel AND (state.sender_id = '' OR sender.id = state.sender_id))"
        " WHERE state.state = 'opt_out' AND state.kind IN ('channel', 'sender', 'chatbot')"
    )
    for name in ("blacklist_entry", "platform_word", "sender_consent", "consent_state", "consent_entry"):
        op.drop_table(name)
    op.drop_index("ix_outbound_message_cause", "outbound_message")
    with op.batch_alter_table("outbound_message") as table:
        for column in ("cause_id", "caused_at", "reason", "may_be_overtaken"):
            table.drop_column(column)
    with op.batch_alter_table("conversation") as table:
        for column in ("window_opened_at", "window_messages", "in_a_row"):
            table.drop_column(column)
    with op.batch_alter_table("contact") as table:
        table.drop_column("time_zone")
