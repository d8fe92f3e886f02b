"""Whatever is sent, as the OpenAPI document has it or not quite: no fault of the server, and the answer it promises."""

import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the library's own, at its import
    import schemathesis
    from schemathesis.checks import load_all_checks, not_a_server_error
    from schemathesis.core.failures import FailureGroup
    from schemathesis.core.result import Ok
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

from botflow.permissions import SYSTEM_OWNER, Permission
from botflow.rest.routes import JSON
from botflow.rest.serve import DOCUMENT
from tests.server.api import Api
from tests.server.walk import Objects

EXAMPLES = 2
"""Requests of each operation in each way; all together take about 20 s."""
MORE_EXAMPLES = 40
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

QUICKLY = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def api(api_on_postgres: Api) -> Iterator[Api]:
    """On PostgreSQL alone, which takes fewer values than SQLite."""
    yield api_on_postgres
    api_on_postgres.clear()


@pytest.fixture
def operations(api: Api) -> list[Any]:
    """Every operation of the document."""
    load_all_checks()
    for accepted in {route.accepts for route in api.routes} - {JSON}:
        schemathesis.openapi.media_type(accepted, st.binary(max_size=100))
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, api.app)
    return [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]


def failure(
    api: Api, operation: Any, mode: schemathesis.GenerationMode, ids: dict[str, str] | None, examples: int = EXAMPLES
) -> str | None:
    """What goes wrong with an operation, if anything does: the first thing."""
    (route,) = [one for one in api.routes if one.name == operation.definition.raw["operationId"]]
    company = f"{route.name}-{mode.value}"
    wanted = {"path_parameters": ids} if ids else {}

    def headers() -> dict[str, str]:
        if isinstance(route.access, Permission):
            return {"X-API-Key": api.key(company)}
        return api.person(company, system_owner=route.access is SYSTEM_OWNER, login=company)

    @settings(QUICKLY, max_examples=examples)
    @given(operation.as_strategy(mode, **wanted))
    def ask(case: Any) -> None:
        # what the library makes up for the credentials is not what is looked for here
        for name in ("X-API-Key", "Authorization", "Cookie"):
            case.headers.pop(name, None)
        case.cookies.clear()
        case.validate_response(case.call(headers=headers()), checks=CHECKS)

    try:
        ask()
    except Unsatisfiable:
        return None  # there is nothing to get wrong
    except (Exception, FailureGroup) as error:
        return f"{route.method} {route.path} ({mode.value}): {error}"
    return None


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("examples", [EXAMPLES, pytest.param(MORE_EXAMPLES, marks=pytest.mark.soak)])
def test_no_request_is_a_fault_of_the_server(api: Api, operations: list[Any], examples: int) -> None:
    failures = []
    for operation in operations:
        for mode in MODES:
            failures.append(failure(api, operation, mode, None, examples))
            if operation.path_parameters:
                objects = Objects(api, f"{operation.definition.raw['operationId']}-{mode.value}")
                ids = {part.name: objects[part.name] for part in operation.path_parameters}
                failures.append(failure(api, operation, mode, ids, examples))
    assert [found for found in failures if found] == []


@pytest.mark.filterwarnings("ignore")
def test_a_fault_and_a_broken_promise_are_noticed(
    api: Api, operations: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**parts: str) -> Any:
        raise RuntimeError

    views: list[Any] = [broken, lambda **parts: ({"items": "none"}, 200), lambda **parts: ({}, 299)]
    (operation,) = [one for one in operations if one.definition.raw["operationId"] == "list_users"]
    for view in views:
        monkeypatch.setitem(api.app.view_functions, "list_users", view)
        assert failure(api, operation, MODES[0], None) is not None
