"""Migrations make the tables that the models describe, and can be taken back, on both databases."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from botflow.accounts.models import Company
from botflow.app import first_admin
from botflow.config import Settings
from botflow.consent.ledger import entries_of, rebuilt, standings_of
from botflow.db import Database, table_of
from botflow.errors import StartError
from botflow.migrations.upgrade import downgrade, upgrade
from tests.server.at_once import at_once


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    migrated: Database = request.getfixturevalue(request.param)
    return migrated


def test_the_migrated_tables_are_those_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), SQLModel.metadata) == []


def test_migrations_can_be_taken_back_and_made_again(database: Database) -> None:
    downgrade(database, "base")
    with database.engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    upgrade(database)
    with database.engine.connect() as connection:
        assert set(sa.inspect(connection).get_table_names()) == {*SQLModel.metadata.tables, "alembic_version"}


def test_a_second_upgrade_changes_nothing(database: Database) -> None:
    upgrade(database)
    with database.reading() as work:
        assert work.value(sa.text("SELECT count(*) FROM alembic_version")) == 1


def test_two_first_upgrades_at_once_make_the_tables_and_one_admin(database: Database) -> None:
    settings = Settings(examples=None)

    def start() -> str | None:
        upgrade(database)
        return first_admin(settings, database)

    with database.transaction() as work:
        work.execute(sa.text("DELETE FROM company"))
    for _ in range(3):
        downgrade(database, "base")
        passwords = at_once(start, start, start)
        assert [password is None for password in sorted(passwords, key=str)].count(False) == 1
        with database.reading() as work:
            assert work.value(sa.text("SELECT count(*) FROM user_account")) == 1


def test_a_database_of_a_newer_version_is_refused_with_a_sentence(tmp_path: Path) -> None:
    database = Database.in_file(tmp_path / "newer.sqlite3")
    upgrade(database)
    with database.transaction() as work:
        work.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StartError, match="newer botflow"):
        upgrade(database)
    database.close()


def test_every_row_that_belongs_to_somebody_knows_its_company() -> None:
    owned = {name for name, table in SQLModel.metadata.tables.items() if "company_id" in table.c}
    assert set(SQLModel.metadata.tables) - owned == {"company", "sign_in_tries"}


def test_foreign_keys_hold_and_sqlite_writes_ahead(tmp_path: Path) -> None:
    database = Database.in_file(tmp_path / "keys.sqlite3")
    upgrade(database)
    with pytest.raises(sa.exc.IntegrityError), database.transaction() as work:
        work.execute(sa.text("INSERT INTO contact VALUES ('c', 'nobody', '+1', NULL, NULL, '{}', 0, NULL, NULL)"))
    with database.reading() as work:
        assert work.value(sa.text("PRAGMA journal_mode")) == "wal"
        assert work.value(sa.text("PRAGMA synchronous")) == 2
    database.close()


def test_what_fails_is_rolled_back_and_not_announced(sqlite: Database) -> None:
    done: list[str] = []

    def fail() -> None:
        with sqlite.transaction() as work:
            work.execute(table_of(Company).insert().values(id="c", name="C", created_at=0))
            work.after_commit(lambda: done.append("announced"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with sqlite.reading() as work:
        assert work.value(sa.text("SELECT count(*) FROM company")) == 0
    assert done == []


OPT_OUTS = """
INSERT INTO company (id, name, time_zone, language, catalog_revision, created_at) VALUES ('c', 'C', 'UTC', 'en', 0, 0);
INSERT INTO contact (id, company_id, address, attributes, created_at) VALUES ('p', 'c', '+1', '{}', 0);
INSERT INTO sender (id, company_id, name, channel, adapter, identity, status, webhook_key, live_chat_only, created_at,
    updated_at, paused_until) VALUES ('s', 'c', 'S', 'sms', 'x', '', 'active', 'k', false, 0, 0, 0);
INSERT INTO opt_out (id, company_id, contact_id, channel, scope, sender_id, scenario, thread_id, created_at, lifted_at)
    VALUES ('m:word', 'c', 'p', 'sms', 'sender', 's', NULL, NULL, 1, 2),
    ('t:0', 'c', 'p', 'sms', 'sender', 's', NULL, 't', 3, NULL),
    ('u:0', 'c', 'p', 'sms', 'chatbot', 's', 'pizza', 'u', 4, NULL),
    ('n:word', 'c', 'p', 'sms', 'platform', 's', NULL, NULL, 5, 6)
"""


def test_opt_outs_become_a_ledger_and_what_blocks_becomes_opt_outs_again(database: Database) -> None:
    downgrade(database, "0007")
    with database.transaction() as work:
        for statement in OPT_OUTS.split(";"):
            work.execute(sa.text(statement))
    upgrade(database)
    with database.reading() as work:
        entries = entries_of(work, "p")
        assert [(entry.subject.kind, entry.at, entry.to_state) for entry in entries] == [
            ("sender", 1, "opt_out"),
            ("sender", 2, "open"),
            ("sender", 3, "opt_out"),
            ("chatbot", 4, "opt_out"),
            ("channel", 5, "opt_out"),
            ("channel", 6, "open"),
        ]
        assert standings_of(work, "p") == rebuilt(entries)
    downgrade(database, "0007")
    with database.reading() as work:
        kept = work.execute(
            sa.text("SELECT scope, scenario, created_at FROM opt_out WHERE lifted_at IS NULL ORDER BY 3")
        )
        assert [tuple(row) for row in kept] == [("sender", None, 3), ("chatbot", "pizza", 4)]
    upgrade(database)
    with database.transaction() as work:
        work.execute(sa.text("DELETE FROM company"))
