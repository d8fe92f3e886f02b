"""One sandbox for all tests of the session, and a short way to run scripts in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from botflow_runtime.sandbox import (
    CallError,
    CodeRequest,
    CodeResult,
    CodeRunner,
    EmailCall,
    HttpCall,
    HttpResponse,
    Limits,
)

SMALL = Limits(cpu_seconds=0.15, wall_seconds=2, memory_bytes=32 << 20, output_bytes=100_000, http_calls=3, emails=2)
"""Limits that hostile scripts reach soon."""

Run = Callable[..., CodeResult]


class Outside:
    """The host's side of calls: answers them and remembers them."""

    def __init__(self) -> None:
        self.calls: list[HttpCall] = []
        self.emails: list[EmailCall] = []
        self.answer = HttpResponse(200, {"content-type": "application/json"}, '{"ok": true}')

    def http(self, call: HttpCall) -> HttpResponse:
        if "refused" in call.url:
            raise CallError("this host is not allowed")
        self.calls.append(call)
        return self.answer

    def email(self, call: EmailCall) -> None:
        if "refused" in call.subject:
            raise CallError("the mail server said no")
        self.emails.append(call)


@pytest.fixture(scope="session")
def outside_of_session() -> Outside:
    return Outside()


@pytest.fixture(scope="session")
def runner(outside_of_session: Outside) -> Iterator[CodeRunner]:
    with CodeRunner(outside_of_session.http, outside_of_session.email, workers=4) as runner:
        yield runner


@pytest.fixture
def outside(outside_of_session: Outside) -> Outside:
    outside_of_session.__init__()  # type: ignore[misc] # the runner keeps the object: it begins anew for each test
    return outside_of_session


@pytest.fixture
def run(runner: CodeRunner) -> Run:
    def run(language: str, source: str, **fields: Any) -> CodeResult:
        return runner.run(CodeRequest("run-1", language, source, **fields))  # type: ignore[arg-type] # tables hold str

    return run


NEXT = {
    "javascript": "return [vars.a, typeof left, {}.polluted ?? null]",
    "python": "return [vars['a'], 'undefined', None]",
}


@pytest.fixture
def withstand(run: Run) -> Callable[[str, str, Any], None]:
    """Check that a hostile script ends as one of the expected ends, and that runs after it work as ever."""

    def withstand(language: str, source: str, ends: Any) -> None:
        result = run(language, source, limits=SMALL)
        end = f"!{result.error.kind}" if result.error else result.value
        assert end in (ends if isinstance(ends, tuple) else (ends,)), result
        if result.error:
            assert result.error.message
            assert (result.value, result.vars, result.removed, result.attributes) == (None, {}, (), {})
        after = run(language, NEXT[language], vars={"a": 1})
        assert (after.error, after.value, after.vars) == (None, [1, "undefined", None], {})

    return withstand
