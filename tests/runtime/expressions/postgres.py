"""A real PostgreSQL as the oracle: UTF8, C collation, UTC."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg

from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.lexer import tokenize
from botflow_runtime.expressions.placeholders import Placeholder, printed

DEFAULT_DSN = "postgresql://postgres@127.0.0.1:5432/postgres"


class Failed:
    """The result of an expression that raises an error; equal to any other failure."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Failed)

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return f"error: {self.message}"


class Postgres:
    """One connection to a database of its own."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def text_of(self, expression: str, values: Mapping[str, Any]) -> tuple[str | Failed | None, datetime]:
        """What PostgreSQL prints for an expression, and its now()."""
        spelled = spliced(expression, values)
        try:
            with self.connection.transaction():
                row = self.connection.execute("select now()").fetchone()
                assert row is not None
                now = row[0].astimezone(UTC)
                found = self.connection.execute(f"select (\n{spelled}\n)::text").fetchone()
                assert found is not None
                return found[0], now
        except psycopg.Error as error:
            return Failed(str(error).splitlines()[0]), now


def spliced(expression: str, values: Mapping[str, Any]) -> str:
    """The expression with each placeholder's text inside of its literal, quoted for PostgreSQL."""
    try:
        tokens = tokenize(expression)
    except ExpressionError:
        return expression
    result, position = "", 0
    for token in tokens:
        if any(isinstance(part, Placeholder) for part in token.parts):
            text = "".join(part if isinstance(part, str) else printed(values.get(part.name)) for part in token.parts)
            quoted = "'" + text.replace("'", "''") + "'"
            result += expression[position : token.position] + quoted
            position = token.end
    return result + expression[position:]


@contextmanager
def oracle() -> Iterator[Postgres]:
    """A connection to a new database, which goes away at the end."""
    dsn = os.environ.get("BOTFLOW_TEST_POSTGRES", DEFAULT_DSN)
    name = f"botflow_expressions_{os.getpid()}"
    with psycopg.connect(dsn, autocommit=True) as admin:
        admin.execute(f"drop database if exists {name}")
        admin.execute(f"create database {name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'")
        try:
            with psycopg.connect(dsn, dbname=name, autocommit=True) as connection:
                connection.execute("set timezone to 'UTC'")
                connection.execute("set statement_timeout to '20s'")
                yield Postgres(connection)
        finally:
            admin.execute(f"drop database if exists {name} with (force)")
