"""The first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_company"),
    )
    op.create_table(
        "chatbot",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_chatbot_company_id_company", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_chatbot"),
        sa.UniqueConstraint("company_id", "scenario", name="uq_chatbot_company_id_scenario"),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("attributes", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_contact_company_id_company", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sa.UniqueConstraint("company_id", "address", name="uq_contact_company_id_address"),
    )
    op.create_table(
        "sender",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("adapter", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_sender_company_id_company", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sender"),
    )
    op.create_index("ix_sender_company_id", "sender", ["company_id"])
    op.create_table(
        "chatbot_sender",
        sa.Column("chatbot_id", sa.String(), nullable=False),
        sa.Column("sender_id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chatbot_id"], ["chatbot.id"], name="fk_chatbot_sender_chatbot_id_chatbot", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_chatbot_sender_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["sender.id"], name="fk_chatbot_sender_sender_id_sender", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chatbot_id", "sender_id", name="pk_chatbot_sender"),
    )
    op.create_index("ix_chatbot_sender_company_id", "chatbot_sender", ["company_id"])
    op.create_index(
        "uq_chatbot_sender_default",
        "chatbot_sender",
        ["sender_id"],
        unique=True,
        sqlite_where=sa.text("is_default"),
        postgresql_where=sa.text("is_default"),
    )
    op.create_table(
        "chatbot_version",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("chatbot_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chatbot_id"], ["chatbot.id"], name="fk_chatbot_version_chatbot_id_chatbot", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_chatbot_version_company_id_company", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_chatbot_version"),
        sa.UniqueConstraint("chatbot_id", "number", name="uq_chatbot_version_chatbot_id_number"),
    )
    op.create_index("ix_chatbot_version_company_id", "chatbot_version", ["company_id"])
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("sender_id", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_conversation_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_conversation_contact_id_contact", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["sender.id"], name="fk_conversation_sender_id_sender", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sa.UniqueConstraint("sender_id", "address", name="uq_conversation_sender_id_address"),
    )
    op.create_index("ix_conversation_company_id", "conversation", ["company_id"])
    op.create_index("ix_conversation_contact_id", "conversation", ["contact_id"])
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
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_opt_out_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_opt_out_contact_id_contact", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sender_id"], ["sender.id"], name="fk_opt_out_sender_id_sender", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_opt_out"),
    )
    op.create_index("ix_opt_out_company_id", "opt_out", ["company_id"])
    op.create_index("ix_opt_out_standing", "opt_out", ["contact_id", "lifted_at"])
    op.create_table(
        "inbound_message",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("vendor_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("handled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_inbound_message_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_inbound_message_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_inbound_message"),
        sa.UniqueConstraint("conversation_id", "vendor_id", name="uq_inbound_message_conversation_id_vendor_id"),
    )
    op.create_index("ix_inbound_message_company_id", "inbound_message", ["company_id"])
    op.create_index(
        "ix_inbound_message_held",
        "inbound_message",
        ["conversation_id", "sequence"],
        sqlite_where=sa.text("state = 'held'"),
        postgresql_where=sa.text("state = 'held'"),
    )
    op.create_index("ix_inbound_message_history", "inbound_message", ["conversation_id", "sequence"])
    op.create_table(
        "thread",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_thread_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_thread_conversation_id_conversation", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_thread"),
    )
    op.create_index("ix_thread_conversation", "thread", ["conversation_id", "id"])
    op.create_index(
        "ix_thread_idle",
        "thread",
        ["updated_at"],
        sqlite_where=sa.text("status IN ('active', 'stuck', 'handedover')"),
        postgresql_where=sa.text("status IN ('active', 'stuck', 'handedover')"),
    )
    op.create_index("ix_thread_version", "thread", ["company_id", "scenario", "version", "status"])
    op.create_index(
        "uq_thread_live",
        "thread",
        ["conversation_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('active', 'stuck', 'handedover')"),
        postgresql_where=sa.text("status IN ('active', 'stuck', 'handedover')"),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_answer_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_answer_thread_id_thread", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
    )
    op.create_index("ix_answer_field", "answer", ["company_id", "scenario", "field", "at"])
    op.create_index("ix_answer_thread_id", "answer", ["thread_id"])
    op.create_table(
        "code_run",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_code_run_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_code_run_thread_id_thread", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_code_run"),
    )
    op.create_index("ix_code_run_company_id", "code_run", ["company_id"])
    op.create_index(
        "ix_code_run_pending",
        "code_run",
        ["leased_until"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index("ix_code_run_thread_id", "code_run", ["thread_id"])
    op.create_table(
        "handover",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_handover_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_handover_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_handover_thread_id_thread", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_handover"),
    )
    op.create_index("ix_handover_company_id", "handover", ["company_id"])
    op.create_index("ix_handover_conversation_id", "handover", ["conversation_id"])
    op.create_index("ix_handover_thread_id", "handover", ["thread_id"])
    op.create_table(
        "outbound_message",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("confirmation", sa.Boolean(), nullable=False),
        sa.Column("await_acceptance", sa.Boolean(), nullable=False),
        sa.Column("delay_ms", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("vendor_id", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("leased_until", sa.BigInteger(), nullable=False),
        sa.Column("queued_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_outbound_message_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_outbound_message_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name="fk_outbound_message_thread_id_thread", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbound_message"),
        sa.UniqueConstraint("conversation_id", "position", name="uq_outbound_message_conversation_id_position"),
    )
    op.create_index("ix_outbound_message_company_id", "outbound_message", ["company_id"])
    op.create_index(
        "ix_outbound_message_due",
        "outbound_message",
        ["not_before"],
        sqlite_where=sa.text("status = 'queued'"),
        postgresql_where=sa.text("status = 'queued'"),
    )
    op.create_index("ix_outbound_message_history", "outbound_message", ["conversation_id", "sequence"])
    op.create_index(
        "ix_outbound_message_queue",
        "outbound_message",
        ["conversation_id", "position"],
        sqlite_where=sa.text("status = 'queued'"),
        postgresql_where=sa.text("status = 'queued'"),
    )
    op.create_index("ix_outbound_message_thread_id", "outbound_message", ["thread_id"])
    op.create_index("ix_outbound_message_vendor_id", "outbound_message", ["vendor_id"])
    op.create_table(
        "timer",
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("milliseconds", sa.BigInteger(), nullable=False),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_timer_company_id_company", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_timer_thread_id_thread", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("thread_id", "name", name="pk_timer"),
    )
    op.create_index("ix_timer_after", "timer", ["after"])
    op.create_index("ix_timer_company_id", "timer", ["company_id"])
    op.create_index("ix_timer_due_at", "timer", ["due_at"])
    op.create_table(
        "turn",
        sa.Column("thread_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("effects", sa.Text(), nullable=False),
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_turn_company_id_company", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_turn_thread_id_thread", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("thread_id", "number", name="pk_turn"),
    )
    op.create_index("ix_turn_company_id", "turn", ["company_id"])
    op.create_index("ix_turn_event_id", "turn", ["event_id"])


def downgrade() -> None:
    op.drop_table("turn")
    op.drop_table("timer")
    op.drop_table("outbound_message")
    op.drop_table("handover")
    op.drop_table("code_run")
    op.drop_table("answer")
    op.drop_table("thread")
    op.drop_table("inbound_message")
    op.drop_table("opt_out")
    op.drop_table("conversation")
    op.drop_table("chatbot_version")
    op.drop_table("chatbot_sender")
    op.drop_table("sender")
    op.drop_table("contact")
    op.drop_table("chatbot")
    op.drop_table("company")
