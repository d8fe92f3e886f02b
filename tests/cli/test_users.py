"""botflow users: somebody gets in although nobody can sign in."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from botflow.db import Database
from tests.cli.commands import botflow


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOTFLOW_DATA", str(tmp_path))
    assert "one-time password" in botflow("db", "upgrade").stdout
    return tmp_path / "botflow.sqlite3"


def rows(file: Path, query: str) -> list[sa.RowMapping]:
    database = Database.in_file(file)
    with database.reading() as work:
        found = work.all(sa.text(query))
    database.close()
    return found


def test_a_second_upgrade_makes_no_second_admin(database: Path) -> None:
    assert "one-time password" not in botflow("db", "upgrade").stdout
    assert [row["login"] for row in rows(database, "SELECT login FROM user_account")] == ["admin"]


def test_a_user_is_made_and_gets_another_password(database: Path) -> None:
    made = botflow("users", "add", "Ann@Example.com", "--role", "noc_engineer", "--name", "Ann")
    assert "Ann@Example.com signs in with the one-time password" in made.stdout
    (before,) = rows(database, "SELECT * FROM user_account WHERE login = 'ann@example.com'")
    assert (before["name"], before["role"], before["company_id"], before["must_change"]) == (
        "Ann",
        "noc_engineer",
        "main",
        True,
    )
    assert "one-time password" in botflow("users", "reset-password", "ANN@example.com").stdout
    (after,) = rows(database, "SELECT * FROM user_account WHERE login = 'ann@example.com'")
    assert after["password"] != before["password"]
    noted = [(row["actor"], row["action"]) for row in rows(database, "SELECT * FROM audit_entry ORDER BY id")]
    assert noted[1:] == [("the command line", "user.created"), ("the command line", "user.password_reset")]


def test_a_key_is_printed_and_nothing_else(database: Path) -> None:
    text = botflow("users", "key", "CI", "--scope", "chatbots.view", "--scope", "chatbots.edit").stdout
    assert text.startswith("bf_")
    assert len(text.splitlines()) == 1
    (row,) = rows(database, "SELECT * FROM api_key")
    assert text.strip() not in str(dict(row))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["add", "admin"], "This login is taken"),
        (["add", "ann", "--role", "king"], "there is no such role"),
        (["add", "ann", "--company", "nowhere"], "There is no company nowhere."),
        (["reset-password", "nobody"], "There is no user nobody."),
        (["key", "CI", "--scope", "everything"], "everything"),
    ],
)
def test_what_cannot_be_is_one_line(database: Path, arguments: list[str], sentence: str) -> None:
    ended = botflow("users", *arguments)
    assert ended.exit_code == 1
    assert sentence in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_without_a_database_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOTFLOW_DATA", str(tmp_path))
    assert "botflow db upgrade" in botflow("users", "add", "ann").stderr
