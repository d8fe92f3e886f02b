"""A walk over all routes: each says who may use it, is documented, and shows nobody what belongs to another company."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel
from werkzeug.test import TestResponse

from botflow.permissions import PERMISSIONS, PUBLIC, SIGNED_IN, SYSTEM_OWNER, Permission
from botflow.rest.problems import MEDIA_TYPE
from botflow.rest.routes import JSON, Route
from botflow.rest.serve import PREFIX
from tests.server.api import EVERYTHING, ORIGIN, Api
from tests.server.walk import MARK, Made, Objects, bodies, makers, queries

OURS, THEIRS = "ours", "theirs"
OF_THE_COMPANY = ("chatbots.", "templates.", "media.", "keys.", "company.view")
"""Permissions for what belongs to no sender, or has files of both kinds (test_media.py): a key of some has them too."""
OF_SENDERS = {"sender", "contact", "conversation", "thread", "outbound_message", "inbound_message", "webhook"}
"""Tables in which such a key changes nothing that is not its own."""
NOBODY: tuple[dict[str, str], ...] = (
    {},
    {"X-API-Key": "bf_0123456789abcdef_" + "a" * 43},
    {"X-API-Key": "nonsense"},
    {"Authorization": "Bearer nonsense"},
    {"Cookie": "botflow_session=nonsense", "Origin": ORIGIN},
)


def objects(api: Api, company: str) -> Made:
    """One object of each kind, made."""
    made = Objects(api, company)
    for part in makers():
        assert made[part]
    return made


def address(route: Route, made: Mapping[str, str]) -> str:
    path = route.address.format_map(made)
    return f"{path}?{queries()[route.name]}" if route.name in queries() else path


def somebody_of(api: Api, company: str, route: Route) -> dict[str, str]:
    """The headers of somebody of the company who may use the route: a key, or a person where it takes one."""
    if isinstance(route.access, Permission):
        return {"X-API-Key": api.key(company)}
    owner = route.access is SYSTEM_OWNER
    return api.person(company, system_owner=owner, login=f"{route.name}@{company}")


def call(
    api: Api, route: Route, made: Made, headers: Mapping[str, str] = {}, *, body_of: Made | None = None
) -> TestResponse:
    """Call an operation on the objects, with the body that its domain gives."""
    options: dict[str, Any] = {}
    if route.body is not None:
        body = bodies()[route.name](body_of or made)
        if route.accepts == JSON:
            options["json"] = body
        else:
            options |= {"data": body, "content_type": route.accepts}
    options |= {"method": route.method, "headers": headers, "buffered": True}
    return api.program().open(PREFIX + address(route, made), **options)


def rows_of(api: Api, company: str) -> dict[str, list[Any]]:
    """Everything that belongs to a company."""
    tables = [table for table in SQLModel.metadata.sorted_tables if "company_id" in table.c]
    with api.database.reading() as work:
        return {
            table.name: sorted(
                json.dumps(dict(row), default=str, sort_keys=True)
                for row in work.all(sa.select(table).where(table.c.company_id == company))
            )
            for table in tables
        }


@pytest.fixture
def failures(api: Api) -> Callable[[Callable[[Route], object]], list[str]]:
    """What fails, of all routes, with what was answered."""

    def of_all(look: Callable[[Route], object]) -> list[str]:
        found = []
        for route in api.routes:
            problem = look(route)
            if problem:
                found.append(f"{route.method} {route.path}: {problem}")
        return found

    return of_all


def test_no_route_stands_beside_the_frame(api: Api) -> None:
    """What is not declared has no permission, and is not documented."""
    served = {
        (rule.rule, method)
        for rule in api.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(PREFIX)
    }
    assert served == {(PREFIX + route.path, route.method) for route in api.routes}


def test_every_route_is_in_the_document(api: Api) -> None:
    document = api.client().get("/api/openapi.json").get_json()
    described = {
        (path, method.upper(), operation["x-permission"])
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }
    assert described == {(PREFIX + route.address, route.method, route.access.name) for route in api.routes}


def test_no_type_of_the_document_tells_a_module(api: Api) -> None:
    document = api.client().get("/api/openapi.json").get_json()
    assert [name for name in document["components"]["schemas"] if "botflow" in name] == []


def test_every_permission_is_known(api: Api) -> None:
    asked = [route.access for route in api.routes if isinstance(route.access, Permission)]
    assert [one for one in asked if PERMISSIONS.get(one.name) is not one] == []


def test_what_the_walk_needs_is_there(api: Api) -> None:
    parts = {part for route in api.routes for part in route.parts}
    taking = {route.name for route in api.routes if route.body is not None}
    assert parts - set(makers()) == set(), "tests/server/walk: say how to make these"
    assert taking - set(bodies()) == set(), "tests/server/walk: give a body of these"


def test_nobody_comes_in_without_saying_who_they_are(
    api: Api, failures: Callable[[Callable[[Route], object]], list[str]]
) -> None:
    made = objects(api, THEIRS)

    def look(route: Route) -> object:
        for headers in NOBODY:
            answer = call(api, route, made, headers)
            if (answer.status_code, answer.content_type) != (401, MEDIA_TYPE):
                return f"{headers}: {answer.status_code} {answer.data!r}"
        return None

    assert failures(lambda route: route.access is not PUBLIC and look(route)) == []


def test_a_key_does_what_its_scopes_say_and_no_more(
    api: Api, failures: Callable[[Callable[[Route], object]], list[str]]
) -> None:
    made = objects(api, OURS)

    def look(route: Route) -> object:
        answer = call(api, route, made, {"X-API-Key": api.key(OURS, EVERYTHING - {route.access.name})})
        return answer.status_code != 403 and f"{answer.status_code} {answer.data!r}"

    assert failures(lambda route: route.access not in (PUBLIC, SIGNED_IN) and look(route)) == []


def test_what_the_systems_owner_may_no_admin_may(
    api: Api, failures: Callable[[Callable[[Route], object]], list[str]]
) -> None:
    made = objects(api, OURS)

    def look(route: Route) -> object:
        answer = call(api, route, made, api.person(OURS))
        return answer.status_code != 403 and f"{answer.status_code} {answer.data!r}"

    assert failures(lambda route: route.access is SYSTEM_OWNER and look(route)) == []


def test_no_company_sees_or_changes_what_belongs_to_another(
    api: Api, failures: Callable[[Callable[[Route], object]], list[str]]
) -> None:
    theirs = objects(api, THEIRS)
    before = rows_of(api, THEIRS)
    assert MARK in str(before)

    def look(route: Route) -> object:
        answer = call(api, route, theirs, somebody_of(api, OURS, route))
        if route.parts and answer.status_code not in (403, 404):
            return f"{answer.status_code} {answer.data!r}"
        if MARK.encode() in answer.data:
            return f"shows what is theirs: {answer.data!r}"
        return route.body is not None and with_their_ids(route)

    def with_their_ids(route: Route) -> object:
        """Their ids in the body of a call that is ours."""
        us = f"us-{route.name}"
        ours = Objects(api, us)
        answer = call(api, route, ours, somebody_of(api, us, route), body_of=theirs)
        if bodies()[route.name](theirs) != bodies()[route.name](ours) and answer.status_code < 400:
            return f"takes ids that are theirs: {answer.data!r}"
        return set(theirs.values()) & set(answer.text.split('"')) and f"shows what is theirs: {answer.data!r}"

    assert failures(lambda route: route.access is not PUBLIC and look(route)) == []
    assert rows_of(api, THEIRS) == before


def test_a_key_of_some_senders_meets_nothing_of_the_others(
    api: Api, failures: Callable[[Callable[[Route], object]], list[str]]
) -> None:
    """What is there belongs to a sender that the key may not use, or to all of them."""
    made = objects(api, OURS)
    key = {"X-API-Key": api.key(OURS, senders=frozenset({"elsewhere"}))}
    before = {name: rows for name, rows in rows_of(api, OURS).items() if name in OF_SENDERS}

    def look(route: Route) -> object:
        answer = call(api, route, made, key)
        if route.access.name.startswith(OF_THE_COMPANY):
            return None
        if isinstance(route.access, Permission) and route.access.whole:
            return answer.status_code != 403 and f"{answer.status_code} {answer.data!r}"
        return MARK.encode() in answer.data and f"shows what is not its own: {answer.data!r}"

    assert failures(lambda route: isinstance(route.access, Permission) and look(route)) == []
    assert {name: rows for name, rows in rows_of(api, OURS).items() if name in OF_SENDERS} == before


def test_the_walk_meets_what_it_looks_for(api: Api, failures: Callable[[Callable[[Route], object]], list[str]]) -> None:
    """The same calls with the company's own key find their object: what was refused above was there."""

    def look(route: Route) -> object:
        if not isinstance(route.access, Permission) and route.parts:
            return None  # their own of somebody else
        company = f"own-{route.name}"
        answer = call(api, route, Objects(api, company), somebody_of(api, company, route))
        return answer.status_code in (401, 403, 404) and f"{answer.status_code} {answer.data!r}"

    assert failures(lambda route: route.access is not PUBLIC and look(route)) == []
