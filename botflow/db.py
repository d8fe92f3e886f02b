"""The database: engine, unit of work, and everything that only SQLite needs.

SQL elsewhere is valid on SQLite and PostgreSQL alike. Times are BIGINT milliseconds since the epoch, ids are text.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.compiler import compiles
from sqlmodel import SQLModel

from botflow.pending import INSERTS, Pending, add_rows_once

BUSY_TIMEOUT_SECONDS: Final = 30
FORGET_MS: Final = 1_000
"""How long SQLite waits for its readers before it cuts its log."""
CONNECTIONS: Final = 20
WAIT_SECONDS: Final = 20
"""How long a request waits for a free connection."""
CONNECT_SECONDS: Final = 5
SILENT_SECONDS: Final = 20
"""A PostgreSQL that does not acknowledge what was sent to it for so long is taken to be gone."""
WRITES: Final = "botflow_writes"

ALONE: Final = 0x626F74666C6F77
"""The advisory lock of PostgreSQL that processes hold while they bring the database up to date: `botflow` in ASCII."""

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Constraints have names, so that a later migration can change them on any database."""

SQLModel.metadata.naming_convention = NAMING

JsonColumn: Final = sa.JSON().with_variant(JSONB(), "postgresql")


def constant(value: str) -> sa.ColumnElement[str]:
    """A value written into the statement: a planner uses a partial index only where it sees the index's condition."""
    quoted = value.replace("'", "''")
    return sa.literal_column(f"'{quoted}'", sa.String())


def any_of(values: Sequence[str]) -> list[sa.ColumnElement[str]]:
    """Values for `in_`, written into the statement as `constant` does."""
    return [constant(value) for value in values]


class _Texts(sa.TypeDecorator[Sequence[str]]):
    """Any number of texts as one parameter: an array, or JSON where the database has no arrays."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(sa.ARRAY(sa.String()) if dialect.name == "postgresql" else sa.Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: sa.Dialect) -> Any:
        texts = list(value or ())
        return texts if dialect.name == "postgresql" else json_text(texts)


class one_of(sa.sql.functions.FunctionElement[Any]):  # noqa: N801  # reads as the SQL it stands for
    """Whether a column is one of the texts that a parameter of this name holds.

    Unlike `in_`, it is the same statement for any number of them: it is compiled once, and planned once by PostgreSQL.
    """

    inherit_cache = True
    # Of no type: SQLAlchemy would compare a boolean with 1 on SQLite, which then uses no index.
    type = sa.types.NULLTYPE

    def __init__(self, column: sa.ColumnElement[str], name: str) -> None:
        super().__init__(column, sa.bindparam(name, type_=_Texts()))


@compiles(one_of, "postgresql")
def _in_array(element: one_of, compiler: Any, **options: Any) -> str:
    column, texts = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY ({texts})"


@compiles(one_of, "sqlite")
def _in_json(element: one_of, compiler: Any, **options: Any) -> str:
    column, texts = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({texts}))"


class one_of_pairs(sa.sql.functions.FunctionElement[Any]):  # noqa: N801  # reads as the SQL it stands for
    """Whether two columns are a pair of texts that stand at the same place of two parameters.

    Each pair is looked up, where a condition on each of the columns would have all of one tried with all of the other.
    """

    inherit_cache = True
    type = sa.types.NULLTYPE

    def __init__(self, first: sa.ColumnElement[str], second: sa.ColumnElement[str], names: tuple[str, str]) -> None:
        super().__init__(first, second, *(sa.bindparam(name, type_=_Texts()) for name in names))


@compiles(one_of_pairs, "postgresql")
def _in_arrays(element: one_of_pairs, compiler: Any, **options: Any) -> str:
    first, second, *texts = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({first}, {second}) IN (SELECT * FROM unnest({', '.join(texts)}))"


@compiles(one_of_pairs, "sqlite")
def _in_jsons(element: one_of_pairs, compiler: Any, **options: Any) -> str:
    first, second, left, right = (compiler.process(clause, **options) for clause in element.clauses)
    pairs = f"json_each({left}) AS a JOIN json_each({right}) AS b ON a.key = b.key"
    return f"({first}, {second}) IN (SELECT a.value, b.value FROM {pairs})"


def containing(part: str, *columns: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Whether one of the columns has the text in it, in any case."""
    return sa.or_(*(column.icontains(part, autoescape=True) for column in columns))


def json_text(value: object) -> str:
    """What a column holds that keeps a value as JSON text."""
    return msgspec.json.encode(value).decode()


def table_of(model: type[SQLModel]) -> sa.Table:
    """The table of a model, for Core statements."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def new_row(model: type[SQLModel], **values: Any) -> dict[str, Any]:
    """A row of a table: what is not given has the model's default. Much cheaper than an instance of the model."""
    defaults = _defaults(model)
    unknown = values.keys() - model.model_fields.keys()
    assert not unknown, f"{model.__name__} has no {unknown}"
    return {**defaults, **values}


@cache
def _defaults(model: type[SQLModel]) -> Mapping[str, Any]:
    return {name: field.default for name, field in model.model_fields.items() if not field.is_required()}


def of_company(table: sa.Table, company_id: str) -> sa.Select[Any]:
    """Rows of one company: the one way to look up what an id from outside names."""
    return sa.select(table).where(table.c.company_id == company_id)


class UnitOfWork:
    """One transaction: statements, and what is to be done once it is committed."""

    def __init__(self, connection: sa.Connection) -> None:
        self._open = connection
        self._pending = Pending()
        self._after_commit: list[Callable[[], None]] = []
        self._once: dict[tuple[Any, ...], None] = {}
        self._begun = time.perf_counter()
        self.seconds = 0.0
        """How long it took, once it is committed."""

    @property
    def _connection(self) -> sa.Connection:
        """The connection, for a statement that sees all that was written before it."""
        self.flush()
        return self._open

    @property
    def pending(self) -> Pending:
        """What is written at the end, or before the next statement."""
        return self._pending

    def flush(self) -> None:
        """Write what is pending."""
        if self._pending:
            self._pending.write(self._open)

    def execute(
        self, statement: sa.Executable, rows: Sequence[Mapping[str, Any]] | None = None
    ) -> sa.CursorResult[Any]:
        """Run one statement; with `rows`, once for each of them."""
        return self._connection.execute(statement, rows) if rows is not None else self._connection.execute(statement)

    def insert_once(self, table: sa.Table, row: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> None:
        """Insert rows but for those whose key is there already; one whole statement."""
        if row:
            rows = row if isinstance(row, Sequence) else [row]
            add_rows_once(self._connection, table, rows)

    def insert_or_add(self, table: sa.Table, rows: Sequence[Mapping[str, Any]], column: str) -> None:
        """Insert rows; where the key is there already, add to its `column`. Rows are taken in their order."""
        insert = INSERTS[self._connection.dialect.name](table)
        added = {column: table.c[column] + insert.excluded[column]}
        self._connection.execute(insert.on_conflict_do_update(index_elements=table.primary_key, set_=added), rows)

    def first(self, statement: sa.Executable, **parameters: Any) -> sa.RowMapping | None:
        """The first row, or None."""
        return self._connection.execute(statement, parameters).mappings().first()

    def all(self, statement: sa.Executable, **parameters: Any) -> list[sa.RowMapping]:
        """Every row."""
        return list(self._connection.execute(statement, parameters).mappings())

    def value(self, statement: sa.Executable, **parameters: Any) -> Any:
        """The first column of the first row, or None."""
        return self._connection.execute(statement, parameters).scalar()

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do something once the rows are safe; actions run in order, in the order of the commits on SQLite."""
        self._after_commit.append(action)

    def once_committed(self, action: Callable[..., None], *arguments: Any) -> None:
        """The same, once for all who ask for the same action with the same arguments; after all others."""
        self._once[action, *arguments] = None

    def alone(self) -> None:
        """Wait until no other process does what is done alone, such as a first start; held to the commit."""
        _keep_others_out(self._connection)

    def committed(self) -> None:
        """Run what waits for the commit."""
        self.seconds = time.perf_counter() - self._begun
        for action in self._after_commit:
            action()
        for action, *arguments in self._once:
            action(*arguments)


class Database:
    """Connections to one database.

    SQLite has one writer at a time: writing transactions are immediate, and the threads of this process queue for them
    on a lock, which is fair and wakes at once where SQLite itself would sleep and retry.
    """

    def __init__(self, url: str | sa.URL, connections: int = CONNECTIONS) -> None:
        address = sa.make_url(url)
        self._sqlite = address.get_backend_name() == "sqlite"
        self.engine = sa.create_engine(address, hide_parameters=True, **({} if self._sqlite else _pool(connections)))
        self.is_one_process = self._sqlite
        """Whether nobody else uses the database: the server locks the folder of its SQLite file."""
        self._writer: AbstractContextManager[Any] = threading.RLock() if self._sqlite else nullcontext()
        # PostgreSQL would show each statement what was committed just before it.
        self._one_view: dict[str, Any] = {} if self._sqlite else {"isolation_level": "REPEATABLE READ"}
        if self._sqlite:
            _prepare_sqlite(self.engine)
        else:
            sa.event.listen(self.engine, "connect", _plan_for_growth)

    @staticmethod
    def in_file(path: Path) -> Database:
        """The database in a SQLite file."""
        return Database(f"sqlite:///{path}")

    @staticmethod
    def in_postgresql(address: str, connections: int = CONNECTIONS) -> Database:
        """The database at an address `postgresql://...`."""
        return Database(sa.make_url(address).set(drivername="postgresql+psycopg"), connections)

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """A transaction that writes: committed at the end of the block, rolled back when it raises."""
        with self._writer:
            with self.engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
                work = UnitOfWork(connection)
                yield work
                work.flush()
            work.committed()

    @contextmanager
    def migrating(self) -> Iterator[sa.Connection]:
        """A transaction that may change tables. Foreign keys are off meanwhile: SQLite makes changed tables anew."""
        with self._writer, self.engine.connect().execution_options(**{WRITES: True}) as connection:
            if self._sqlite:
                _without_transaction(connection, "PRAGMA foreign_keys=OFF")
            with connection.begin():
                _keep_others_out(connection)
                yield connection
            connection.invalidate()

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A transaction that only reads: one consistent view, no lock."""
        with self.engine.connect().execution_options(**self._one_view) as connection, connection.begin():
            yield UnitOfWork(connection)

    def forget_deleted(self) -> None:
        """Let what was deleted leave the files of SQLite: its log is written back and cut, if no reader holds it up.

        PostgreSQL does this by itself (vacuum).
        """
        if self._sqlite:
            with self._writer, self.engine.connect() as connection:
                _without_transaction(connection, f"PRAGMA busy_timeout={FORGET_MS}")
                _without_transaction(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
                connection.invalidate()

    @property
    def vacuums(self) -> bool:
        """Whether room of former rows is used again by itself: it is not in a PostgreSQL with autovacuum off."""
        if self._sqlite:
            return True
        with self.reading() as work:
            return bool(work.value(sa.text("SELECT current_setting('autovacuum') = 'on'")))

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _pool(connections: int) -> dict[str, Any]:
    """At most so many connections, of which the one given back last is taken first, so that others may rest."""
    kept = max(1, connections // 2)
    return {
        "pool_size": kept,
        "max_overflow": connections - kept,
        "pool_use_lifo": True,
        "pool_timeout": WAIT_SECONDS,
        "connect_args": {"connect_timeout": CONNECT_SECONDS, "tcp_user_timeout": SILENT_SECONDS * 1000},
    }


def _plan_for_growth(connection: Any, _record: object) -> None:
    """Plans are made once and kept: one that reads a table from end to end, as is best while it is small, must not be.

    PostgreSQL makes them anew only when it analyzes a table. Where no index serves, it reads the table all the same;
    compiling such a plan because of its penalty would cost more than running it.
    """
    connection.execute("SET enable_seqscan = off")
    connection.execute("SET jit = off")
    connection.commit()


def _prepare_sqlite(engine: sa.Engine) -> None:
    sa.event.listen(engine, "connect", _set_up_connection)
    sa.event.listen(engine, "begin", _begin)


def _set_up_connection(connection: Any, _record: object) -> None:
    # The driver would begin transactions by itself, and too late: at the first write.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        # FULL: what was acknowledged outlives a power cut, not only a killed process.
        "synchronous=FULL",
        "foreign_keys=ON",
        # What is deleted is overwritten, so that an erased contact is not read out of the file's free pages.
        "secure_delete=ON",
        f"busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _keep_others_out(connection: sa.Connection) -> None:
    """In SQLite who writes is alone in any case."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ALONE)))


def _without_transaction(connection: sa.Connection, statement: str) -> None:
    """Run a statement that SQLite ignores inside a transaction."""
    driver = connection.connection.driver_connection
    assert driver is not None  # the connection is open
    driver.execute(statement)
