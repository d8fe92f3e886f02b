"""The frame of the API: what is read, what is refused and how, and pages of lists."""

import base64
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, BinaryIO

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from botflow.db import Database
from botflow.errors import (
    ConflictError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    RequestError,
    TooManyError,
)
from botflow.permissions import CHATBOTS_VIEW, PUBLIC, SIGNED_IN, Caller
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.problems import MEDIA_TYPE
from botflow.rest.routes import Answer, Routes
from botflow.rest.serve import serve_api
from botflow.rest.types import Body, Id, Moment, Name, Number, Text, View
from botflow.web import serve_web

RAISED: dict[str, RequestError] = {
    "missing": NotFoundError("There is no such pizza."),
    "conflict": ConflictError("The pizza is eaten."),
    "refused": NotAllowedError("Not yours.", "not-yours"),
    "many": TooManyError("Slowly.", 7),
    "other": RequestError("No."),
}


class Topping(Body):
    name: Name
    grams: Number = 10


class Pizza(Body):
    id: Id
    note: Text = ""
    ready_at: Moment | None = None
    toppings: list[Topping] = Field(default=[], max_length=3)


class PizzaView(View):
    id: str
    ready_at: Moment | None


class Search(PageQuery):
    tag: list[str] = Field(default=[])
    least: Number | None = None


def pizzas() -> Routes:
    routes = Routes("pizzas", "/pizzas")

    @routes.put("/<pizza_id>", PUBLIC, statuses=[HTTPStatus.OK, HTTPStatus.CREATED])
    def put_pizza(pizza_id: str, body: Pizza) -> Answer[PizzaView]:
        """Make a pizza."""
        return Answer(PizzaView.model_validate(body), HTTPStatus.CREATED, {"Location": f"/pizzas/{pizza_id}"})

    @routes.get("", PUBLIC)
    def search_pizzas(query: Search) -> dict[str, Any]:
        """Find pizzas."""
        return query.model_dump()

    @routes.get("/<pizza_id>/slices/<slice_number>", PUBLIC)
    def show_slice(pizza_id: str, slice_number: Number) -> int:
        """Show a slice."""
        return slice_number

    @routes.post("/<pizza_id>/picture", PUBLIC, accepts="image/png", most_bytes=10)
    def put_picture(pizza_id: str, body: BinaryIO) -> int:
        """Store a picture."""
        return len(body.read())

    @routes.delete("/<pizza_id>", PUBLIC)
    def eat_pizza(pizza_id: str) -> None:
        """Eat a pizza."""
        if pizza_id in RAISED:
            raise RAISED[pizza_id]

    @routes.post("/order", CHATBOTS_VIEW)
    def order_pizza(caller: Caller, body: Pizza) -> str:
        """Order a pizza."""
        return caller.name

    @routes.get("/whoami", SIGNED_IN)
    def show_me(caller: Caller) -> str:
        """Show who asks."""
        return caller.name

    return routes


@pytest.fixture
def client() -> FlaskClient:
    app = Flask("pizzas", static_folder=None)
    callers = {
        "ann": Caller("acme", key="1", name="ann", permissions=frozenset({CHATBOTS_VIEW.name})),
        "bob": Caller("acme", key="2", name="bob"),
        "new": Caller("acme", user="3", name="new", permissions=frozenset({CHATBOTS_VIEW.name}), restricted="Hm."),
    }
    serve_api(app, [pizzas()], lambda request: callers.get(request.headers.get("X-Name", "")), lambda request: None)
    serve_web(app, frozenset({"localhost"}))
    return app.test_client()


PUT = "/api/v1/pizzas/margherita"

REFUSED_BODIES = [
    (b"", 400, None),
    (b"{", 400, None),
    (b'{"id": "a", "id": "b"}', 400, None),
    (b'{"id": NaN}', 400, None),
    (b'\xff{"id": "a"}', 400, None),
    (b'{"id": "a", "note": "\\u0000"}', 400, None),
    (b'{"id": "a", "note": "\\ud800"}', 400, None),
    (b"[" * 100_000, 400, None),
    (b"1" * 5_000, 400, None),
    (b"null", 422, [""]),
    (b"[]", 422, [""]),
    (b"{}", 422, ["/id"]),
    (b'{"id": 1}', 422, ["/id"]),
    (b'{"id": ""}', 422, ["/id"]),
    (b'{"id": "../x"}', 422, ["/id"]),
    (b'{"id": "a", "extra/~": 1}', 422, ["/extra~1~0"]),
    (
        b'{"id": "a", "toppings": [{"name": "a", "grams": "10"}, {"name": " "}]}',
        422,
        ["/toppings/0/grams", "/toppings/1/name"],
    ),
    (b'{"id": "a", "toppings": [{"name": "ham", "grams": 99999999999999999999}]}', 422, ["/toppings/0/grams"]),
    (b'{"id": "a", "ready_at": "yesterday"}', 422, ["/ready_at"]),
    (b'{"id": "a", "ready_at": "2026-02-30T10:00:00Z"}', 422, ["/ready_at"]),
]


@pytest.mark.parametrize(("body", "status", "pointers"), REFUSED_BODIES)
def test_a_body_that_cannot_be_used_is_a_problem(
    client: FlaskClient, body: bytes, status: int, pointers: list[str] | None
) -> None:
    answer = client.put(PUT, data=body, content_type="application/json")
    assert (answer.status_code, answer.content_type) == (status, MEDIA_TYPE)
    problem = answer.get_json()
    assert problem["status"] == status
    assert problem["detail"]
    assert [one["pointer"] for one in problem.get("errors", [])] == (pointers or [])
    assert all(one["detail"] for one in problem.get("errors", []))


def test_more_mistakes_than_anybody_mends_are_counted_and_not_looked_at(client: FlaskClient) -> None:
    """To tell fifty thousand of them would take a second, to find them a tenth of it."""
    body = {f"f{number}": 1 for number in range(50_000)}
    problem = client.put(PUT, json={"id": "a", **body}).get_json()
    assert problem["errors"] == [{"pointer": "", "detail": "50,000 values cannot be used"}]
    few = client.put(PUT, json={"id": "a", **dict(list(body.items())[:500])}).get_json()
    assert len(few["errors"]) == 100


def test_a_body_is_read_as_its_type(client: FlaskClient) -> None:
    body = {"id": "a", "ready_at": "2026-03-01T12:00:00+02:00", "toppings": [{"name": " ham "}], "note": "\\u0000"}
    answer = client.put(PUT, json=body)
    assert (answer.status_code, answer.headers["Location"]) == (201, "/pizzas/margherita")
    assert answer.get_json() == {"id": "a", "ready_at": "2026-03-01T10:00:00.000Z"}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_body_of_another_type_is_not_looked_at(client: FlaskClient, content_type: str) -> None:
    assert client.put(PUT, data=b'{"id": "a"}', content_type=content_type).status_code == 415


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    large = b'{"id": "a", "note": "' + b"a" * 2**20 + b'"}'
    answer = client.put(PUT, data=large, content_type="application/json")
    assert (answer.status_code, answer.content_type) == (413, MEDIA_TYPE)
    chunked = client.put(
        PUT, data=large, content_type="application/json", environ_overrides={"wsgi.input_terminated": True}
    )
    assert chunked.status_code == 413


def test_a_stream_is_handed_over_unread_and_bounded(client: FlaskClient) -> None:
    path = "/api/v1/pizzas/a/picture"
    assert client.post(path, data=b"12345", content_type="image/png").get_json() == 5
    assert client.post(path, data=b"12345678901", content_type="image/png").status_code == 413
    assert client.post(path, data=b"12345", content_type="image/gif").status_code == 415


QUERIES = [
    ("", 200, None),
    ("limit=200&tag=a&tag=b&least=1", 200, None),
    ("limit=0", 422, "?limit"),
    ("limit=201", 422, "?limit"),
    ("limit=many", 422, "?limit"),
    ("limit=1&limit=2", 422, "?limit"),
    ("nothing=1", 422, "?nothing"),
]


@pytest.mark.parametrize(("query", "status", "pointer"), QUERIES)
def test_a_query_is_read_as_its_type(client: FlaskClient, query: str, status: int, pointer: str | None) -> None:
    answer = client.get(f"/api/v1/pizzas?{query}")
    assert answer.status_code == status
    if pointer:
        assert [one["pointer"] for one in answer.get_json()["errors"]] == [pointer]


def test_a_route_without_a_query_takes_none(client: FlaskClient) -> None:
    assert client.get("/api/v1/pizzas/a/slices/1?limit=1").status_code == 422


@pytest.mark.parametrize(
    ("path", "status"),
    [("a/slices/1", 200), ("a/slices/one", 404), ("a/slices/99999999999999999999", 404), ("a%00b/slices/1", 404)],
)
def test_a_part_of_the_path_that_cannot_be_is_not_found(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(f"/api/v1/pizzas/{path}").status_code == status


@pytest.mark.parametrize("name", RAISED)
def test_what_a_service_raises_is_a_problem(client: FlaskClient, name: str) -> None:
    answer = client.delete(f"/api/v1/pizzas/{name}")
    assert (answer.status_code, answer.content_type) == (RAISED[name].status, MEDIA_TYPE)
    assert answer.get_json()["detail"] == str(RAISED[name])
    assert answer.headers.get("Retry-After") == ("7" if name == "many" else None)
    assert answer.get_json()["type"] == ("/problems/not-yours" if name == "refused" else "about:blank")


def test_nothing_to_say_is_204(client: FlaskClient) -> None:
    answer = client.delete("/api/v1/pizzas/margherita")
    assert (answer.status_code, answer.data) == (204, b"")


@pytest.mark.parametrize(
    ("name", "order", "me"), [("", 401, 401), ("ann", 422, 200), ("bob", 403, 200), ("new", 403, 403)]
)
def test_who_may_is_asked_before_the_body_is_read(client: FlaskClient, name: str, order: int, me: int) -> None:
    assert client.post("/api/v1/pizzas/order", json={}, headers={"X-Name": name}).status_code == order
    answer = client.get("/api/v1/pizzas/whoami", headers={"X-Name": name})
    assert answer.status_code == me
    assert ("WWW-Authenticate" in answer.headers) is (me == 401)


def test_a_signature_that_does_not_fit_its_path_is_noticed_at_once() -> None:
    routes = Routes("odd", "/odd")

    def no_part() -> None:
        """Nothing."""

    def no_words(odd_id: str) -> None: ...

    def no_caller(odd_id: str, caller: str) -> None:
        """Nothing."""

    for handler in (no_part, no_words, no_caller):
        with pytest.raises(TypeError, match=handler.__name__):
            routes.get("/<odd_id>", PUBLIC)(handler)


# ---- pages -------------------------------------------------------------------------------------------------------

NUMBERS = sa.Table(
    "page_test", sa.MetaData(), sa.Column("id", sa.String, primary_key=True), sa.Column("size", sa.Integer)
)
SORTS = Sorts(NUMBERS.c.id, {"size": NUMBERS.c.size, "id": NUMBERS.c.id}, "size")


@pytest.fixture(params=["sqlite", "postgres"], scope="module")
def numbers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    if request.param == "postgres":
        database: Database = request.getfixturevalue("postgres")
    else:
        database = Database.in_file(tmp_path_factory.mktemp("pages") / "pages.sqlite3")
    with database.transaction() as work:
        work.execute(sa.schema.CreateTable(NUMBERS))
    yield database
    with database.transaction() as work:
        work.execute(sa.schema.DropTable(NUMBERS))
    if request.param != "postgres":
        database.close()


@given(
    sizes=st.lists(st.integers(0, 3), max_size=12),
    limit=st.integers(1, 5),
    sort=st.sampled_from(["size", "-size", "id", "-id"]),
)
def test_pages_hold_every_row_once_in_order_whatever_comes_meanwhile(
    numbers: Database, sizes: list[int], limit: int, sort: str
) -> None:
    rows = [{"id": f"row{index:02}", "size": size} for index, size in enumerate(sizes)]
    with numbers.transaction() as work:
        work.execute(NUMBERS.delete())
        for row in rows:
            work.execute(NUMBERS.insert().values(row))
    seen, cursor, extra = [], None, 0
    while True:
        with numbers.transaction() as work:
            query = PageQuery(limit=limit, cursor=cursor, sort=sort)
            page, cursor = SORTS.page(work, sa.select(NUMBERS), query)
            seen += [row["id"] for row in page if row["id"].startswith("row")]
            assert len(page) <= limit
            if cursor is None:
                break
            # before everything that was shown, whatever it is sorted by
            first = {
                "id": f"new{extra}" if sort in ("id", "size") else f"z{extra}",
                "size": -1 if sort == "size" else 9,
            }
            work.execute(NUMBERS.insert().values(first))
            extra += 1
    key = sort.removeprefix("-")
    expected = sorted(rows, key=lambda row: (row[key], row["id"]), reverse=sort.startswith("-"))
    assert seen == [row["id"] for row in expected]


@given(cursor=st.one_of(st.text(max_size=40), st.binary(max_size=40).map(lambda raw: raw.hex())))
def test_a_made_up_cursor_is_refused(numbers: Database, cursor: str) -> None:
    with numbers.reading() as work, pytest.raises(InvalidError):
        SORTS.page(work, sa.select(NUMBERS), PageQuery(cursor=cursor))


CURSORS = [
    '["size",1,2]',
    '["size","1","a"]',
    '["size",true,"a"]',
    '["size",null,"a"]',
    '["size",99999999999999999999,"a"]',
    '["size",1,"\\u0000"]',
    '["size",1,"\\ud800"]',
    '["size",NaN,"a"]',
    '["size",[1],"a"]',
    '["-size",1,"a"]',
    '["nothing",1,"a"]',
    "{}",
    "[" * 1400,
]


@pytest.mark.parametrize("content", CURSORS)
def test_a_cursor_of_other_values_is_refused(numbers: Database, content: str) -> None:
    cursor = base64.urlsafe_b64encode(content.encode()).decode()
    with numbers.reading() as work, pytest.raises(InvalidError):
        SORTS.page(work, sa.select(NUMBERS), PageQuery(cursor=cursor))


def test_an_unknown_sort_is_refused_with_the_known_ones(numbers: Database) -> None:
    with numbers.reading() as work, pytest.raises(InvalidError, match="size, id"):
        SORTS.page(work, sa.select(NUMBERS), PageQuery(sort="colour"))
