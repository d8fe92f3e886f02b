"""Rows that a transaction writes at its end, or before it reads anything: many at a time, table by table.

A turn writes a dozen rows, and several turns share a transaction; sent one by one, each row would be a round trip
(docs/reference/benchmarks.md, `server`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeAlias

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

Row: TypeAlias = dict[str, Any]
Key: TypeAlias = tuple[Any, ...]

KEY: Final = "key_of_row"
"""The parameter that names the row of a change; no column is called so."""


INSERTS: Final[Mapping[str, Callable[[sa.Table], Any]]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""Of each database: an INSERT that knows ON CONFLICT."""


class Pending:
    """What is still to be written: changes of rows that are there, and rows to add, each by its primary key."""

    def __init__(self) -> None:
        self._changed: dict[sa.Table, dict[str, Row]] = {}
        self._statements: dict[sa.Executable, list[Mapping[str, Any]]] = {}
        self._added: dict[sa.Table, dict[Key, Row]] = {}

    def __bool__(self) -> bool:
        return bool(self._added or self._changed or self._statements)

    def add(self, table: sa.Table, row: Row) -> Row:
        """A row to add; one of the same key that waits is replaced. Returns it: what changes it later changes this."""
        self._added.setdefault(table, {})[_key(table, row)] = row
        return row

    def drop(self, table: sa.Table, *key: Any) -> Row | None:
        """Add it no more; returns the row, where one was waiting."""
        return self._added.get(table, {}).pop(key, None)

    def amend(self, table: sa.Table, row_id: str, values: Mapping[str, Any]) -> None:
        """Change columns of a row by its `id`, be it waiting or written."""
        row = self._added.get(table, {}).get((row_id,))
        if row is None:
            row = self._changed.setdefault(table, {}).setdefault(row_id, {})
        row.update(values)

    def later(self, statement: sa.Executable, parameters: Mapping[str, Any]) -> None:
        """Run a statement that was made once, for these parameters too, before rows are added."""
        self._statements.setdefault(statement, []).append(parameters)

    def write(self, connection: sa.Connection) -> None:
        """Write everything: statements, changes, then what is added, tables that others refer to first.

        Changes come first, since a row may have to make room for another one (`uq_thread_live`).
        """
        statements, changed, added = self._statements, self._changed, self._added
        self._statements, self._changed, self._added = {}, {}, {}
        for statement, parameters in statements.items():
            connection.execute(statement, parameters)
        for table in _in_order(changed):
            for columns, rows in _by_columns(changed[table]).items():
                _change_rows(connection, table, columns, rows)
        for table in _in_order(added):
            if added[table]:
                _add_rows(connection, table, list(added[table].values()))


def _change_rows(connection: sa.Connection, table: sa.Table, columns: frozenset[str], rows: list[Row]) -> None:
    if len(rows) > 1 and connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_update_of_json(table, columns), {"rows": _json(rows)})
    else:
        connection.execute(_update(table, columns), rows)


def _add_rows(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    if len(rows) > 1 and connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_insert_of_json(table), {"rows": _json(rows)})
    else:
        connection.execute(_insert(table), rows)


def add_rows_once(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows but for those whose key is there already."""
    if len(rows) > 1 and connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"{_insert_of_json(table)} ON CONFLICT DO NOTHING", {"rows": _json(rows)})
    else:
        connection.execute(INSERTS[connection.dialect.name](table).on_conflict_do_nothing(), rows)


# PostgreSQL takes any number of rows in one statement with one parameter, a JSON text: less than half the processor
# time, on both sides, of a statement for each row.


def _json(rows: Sequence[Mapping[str, Any]]) -> str:
    return msgspec.json.encode(rows).decode()


def _record(columns: Iterable[sa.Column[Any]]) -> str:
    """Names and types of what the JSON holds."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it out
    return ", ".join(f'"{column.name}" {column.type.compile(dialect)}' for column in columns)


@cache
def _insert_of_json(table: sa.Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.c)
    given = f"json_to_recordset(%(rows)s::json) AS given ({_record(table.c)})"
    return f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM {given}'


@cache
def _update_of_json(table: sa.Table, columns: frozenset[str]) -> str:
    changed = [table.c[name] for name in sorted(columns)]
    values = ", ".join(f'"{column.name}" = given."{column.name}"' for column in changed)
    given = f'json_to_recordset(%(rows)s::json) AS given ("{KEY}" VARCHAR, {_record(changed)})'
    return f'UPDATE "{table.name}" SET {values} FROM {given} WHERE "{table.name}".id = given."{KEY}"'


def _by_columns(rows: Mapping[str, Row]) -> dict[frozenset[str], list[Row]]:
    """Rows that change the same columns, together; in the order of their ids, so that two transactions never cross."""
    groups: dict[frozenset[str], list[Row]] = {}
    for row_id in sorted(rows):
        values = rows[row_id]
        groups.setdefault(frozenset(values), []).append({**values, KEY: row_id})
    return groups


def _in_order(tables: Iterable[sa.Table]) -> list[sa.Table]:
    return sorted(tables, key=_places().__getitem__)


@cache
def _places() -> Mapping[sa.Table, int]:
    """Each table behind those that it refers to."""
    return {table: place for place, table in enumerate(SQLModel.metadata.sorted_tables)}


@cache
def _names(table: sa.Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)


def _key(table: sa.Table, row: Row) -> Key:
    return tuple(row[name] for name in _names(table))


@cache
def _insert(table: sa.Table) -> sa.Insert:
    return table.insert()


@cache
def _update(table: sa.Table, columns: frozenset[str]) -> sa.Update:
    values = {name: sa.bindparam(name, type_=table.c[name].type) for name in sorted(columns)}
    return table.update().where(table.c.id == sa.bindparam(KEY)).values(values)
