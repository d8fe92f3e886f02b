"""HTTP calls and e-mails of scripts: what reaches the host, what comes back, what is recorded."""
# ruff: noqa: E501 - a script is easier to read in one line

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from botflow_runtime.sandbox import (
    CallError,
    CodeRequest,
    CodeResult,
    CodeRunner,
    EmailCall,
    EmailRecord,
    HttpCall,
    HttpResponse,
    Limits,
)
from botflow_runtime.sandbox import limits as sandbox_limits

Run = Callable[..., CodeResult]

CALLS: list[tuple[str, str, HttpCall]] = [
    ("await http.get('https://x.example/a')", "http.get('https://x.example/a')", HttpCall("run-1", "GET", "https://x.example/a", {}, None, 10)),
    ("await http.post('https://x.example', {json: {a: [1]}})", "http.post('https://x.example', json={'a': [1]})",
     HttpCall("run-1", "POST", "https://x.example", {"Content-Type": "application/json"}, '{"a":[1]}', 10)),
    ("await http.put('https://x.example', {body: 'ñ', headers: {'X-A': 5}, timeout: 2})", "http.put('https://x.example', body='ñ', headers={'X-A': 5}, timeout=2)",
     HttpCall("run-1", "PUT", "https://x.example", {"X-A": "5"}, "ñ", 2)),
    ("await http.patch('https://x.example', {json: 'x', headers: {'content-type': 'text/x'}})", "http.patch('https://x.example', json='x', headers={'content-type': 'text/x'})",
     HttpCall("run-1", "PATCH", "https://x.example", {"content-type": "text/x"}, '"x"', 10)),
    ("await http.delete(new URL('https://x.example/a'))", "http.delete('https://x.example/a')", HttpCall("run-1", "DELETE", "https://x.example/a", {}, None, 10)),
]  # fmt: skip


@pytest.mark.parametrize(("javascript", "python", "call"), CALLS)
def test_a_call_reaches_the_host(run: Run, outside: Any, javascript: str, python: str, call: HttpCall) -> None:
    for language, source in (("javascript", javascript), ("python", python)):
        result = run(language, source, limits=Limits(wall_seconds=60))
        assert result.error is None
        assert outside.calls.pop() == call
        (record,) = result.http
        assert (record.method, record.url, record.status, record.error) == (call.method, call.url, 200, None)


RESPONSES: list[tuple[HttpResponse, Any]] = [
    (HttpResponse(200, {"a": "b"}, '{"x": 1}'), [200, "b", '{"x": 1}', {"x": 1}]),
    (HttpResponse(404, {"a": "b"}, "not found"), [404, "b", "not found", None]),
    (HttpResponse(500, {"a": "é"}, ""), [500, "é", "", None]),
    (HttpResponse(200, {"a": ""}, "[1, 2]"), [200, "", "[1, 2]", [1, 2]]),
]


@pytest.mark.parametrize(("response", "value"), RESPONSES)
def test_a_response_reaches_the_script(run: Run, outside: Any, response: HttpResponse, value: Any) -> None:
    outside.answer = response
    javascript = "const r = await http.get('https://x.example'); return [r.status, r.headers.a, r.text, r.json]"
    assert run("javascript", javascript).value == value
    python = "r = http.get('https://x.example')\nreturn [r.status, r.headers['a'], r['text'], r.json]"
    assert run("python", python).value == value


def test_a_refused_call_can_be_caught(run: Run) -> None:
    javascript = "try { await http.get('https://refused.example') } catch (e) { return [e.name, e.message] }"
    python = "try:\n  http.get('https://refused.example')\nexcept HttpError as e:\n  return ['HttpError', str(e)]"
    for language, source in (("javascript", javascript), ("python", python)):
        result = run(language, source)
        assert result.value == ["HttpError", "this host is not allowed"]
        assert result.http[0].error == "this host is not allowed"
        assert result.http[0].status is None


def test_a_refused_call_that_is_not_caught_fails_the_run(run: Run) -> None:
    for language, source in (
        ("javascript", "\nawait http.get('https://refused.example')"),
        ("python", "\nhttp.get('https://refused.example')"),
    ):
        result = run(language, source)
        assert result.error
        assert (result.error.kind, result.error.message) == ("http", "this host is not allowed")
        assert len(result.http) == 1


def test_calls_are_made_in_order_and_one_that_nobody_awaits_is_made_too(run: Run, outside: Any) -> None:
    source = "http.post('https://x.example/1'); http.post('https://x.example/2'); return 5"
    result = run("javascript", source)
    assert result.value == 5
    assert [record.url for record in result.http] == ["https://x.example/1", "https://x.example/2"]


def test_calls_can_wait_for_each_other(run: Run, outside: Any) -> None:
    source = """
        const all = await Promise.all([1, 2].map((n) => http.get('https://x.example/' + n)));
        const first = await Promise.race([http.get('https://x.example/3'), new Promise((done) => setTimeout(done, 1000))]);
        return [all.length, first.status];
    """
    assert run("javascript", source).value == [2, 200]


BAD_OPTIONS: list[tuple[str, str, str]] = [
    ("javascript", "await http.get('https://x.example', {headers: 5})", "headers"),
    ("javascript", "await http.get('https://x.example', {headers: {a: {}}})", "headers"),
    ("javascript", "await http.post('https://x.example', {body: {a: 1}})", "body"),
    ("javascript", "await http.get('https://x.example', {timeout: 'soon'})", "timeout"),
    ("python", "http.get('https://x.example', headers=[1])", "headers"),
    ("python", "http.get('https://x.example', timeout='soon')", "timeout"),
]


@pytest.mark.parametrize(("language", "source", "option"), BAD_OPTIONS)
def test_a_wrong_option_is_named(run: Run, outside: Any, language: str, source: str, option: str) -> None:
    error = run(language, source).error
    assert error
    assert error.kind == "http"
    assert option in error.message
    assert outside.calls == []


MAIL = EmailCall("run-1", ("a@b.example",), "Hi", "text", "<p>html</p>")


def test_an_email_reaches_the_host(run: Run, outside: Any) -> None:
    javascript = "await email.send({to: 'a@b.example', subject: 'Hi', text: 'text', html: '<p>html</p>'}); return 1"
    python = "email.send(to=['a@b.example'], subject='Hi', text='text', html='<p>html</p>')\nreturn 1"
    for language, source in (("javascript", javascript), ("python", python)):
        result = run(language, source)
        assert result.value == 1
        assert outside.emails.pop() == MAIL
        assert result.emails == (EmailRecord(("a@b.example",), "Hi"),)


BAD_EMAILS: list[tuple[str, str]] = [
    ("to='a@b.example', subject='refused', text='x'", "the mail server said no"),
    ("to='nobody', subject='s', text='x'", "`to` has to be an e-mail address or a list of them"),
    ("to=[], subject='s', text='x'", "`to` has to be an e-mail address or a list of them"),
    ("to='a@b.example', subject='s'", "an e-mail needs `text` or `html`"),
    ("to='a@b.example', subject='s\\nBcc: x', text='x'", "`to` and `subject` cannot hold line breaks"),
    ("to='a@b.example', subject=5, text='x'", "Expected `str`, got `int` - at `$.subject`"),
    ("to=['a@b.example'] * 51, subject='s', text='x'", "an e-mail can have at most 50 recipients"),
    ("to='a@b.example' + 'x' * 310, subject='s', text='x'", "an e-mail address can have at most 320 characters"),
    ("to='a@b.example', subject='s' * 1001, text='x'", "`subject` can have at most 1,000 characters"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD_EMAILS)
def test_a_wrong_email_is_refused(run: Run, outside: Any, arguments: str, message: str) -> None:
    error = run("python", f"email.send({arguments})").error
    assert error
    assert (error.kind, error.message) == ("email", message)
    assert outside.emails == []


NESTED = {
    "javascript": "let x = 1; for (let i = 0; i < 1200; i++) x = [x]; await http.post('https://x.example', {json: x})",
    "python": "x = 1\nfor i in range(983):\n  x = [x]\nhttp.post('https://x.example', json=x)",
}


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_a_body_that_is_nested_too_deep_is_an_error_of_the_call(run: Run, outside: Any, language: str) -> None:
    def deeper(frames: int) -> CodeResult:
        return run(language, NESTED[language]) if frames == 0 else deeper(frames - 1)

    error = deeper(300).error  # the host's own depth leaves less room to read in
    assert error
    assert (error.kind, error.message) == ("http", "the call is nested too deep: send less")
    assert outside.calls == []


def test_a_response_of_any_depth_reaches_the_script_or_is_no_json(runner: CodeRunner) -> None:
    def nested(call: HttpCall) -> HttpResponse:
        return HttpResponse(200, {}, "[" * int(call.url) + "]" * int(call.url))

    source = "const response = await http.get(vars.depth); return response.json === null"
    requests = [CodeRequest("r", "javascript", source, {"depth": str(depth)}) for depth in range(800, 1000)]
    results = [runner.run(request, http=nested) for request in requests]
    assert {result.error for result in results} == {None}
    assert [result.value for result in results] == sorted(result.value for result in results)  # null from one depth on
    assert {result.value for result in results} == {False, True}


FORGED = """
    const [method, json] = %s;
    const message = `{"method": "${method}", "url": "https://x.example/", "json": ${json}}`;
    Array.prototype.toJSON = () => [{id: 1, kind: 'http', message}];
    const call = http.get('https://x.example/');
    call.catch(() => { delete Array.prototype.toJSON });
    try { return (await call).status } catch (error) { await null; return error.message }
"""
FORGERIES: list[tuple[str, str]] = [
    ("['CONNECT', 1]", "Invalid enum value 'CONNECT' - at `$.method`"),
    ("['GET /x HTTP/1.1', 1]", "Invalid enum value 'GET /x HTTP/1.1' - at `$.method`"),
    ("['get', 1]", "Invalid enum value 'get' - at `$.method`"),
    ("['', 1]", "Invalid enum value '' - at `$.method`"),
    ("['GET', '['.repeat(5000) + ']'.repeat(5000)]", "the call is nested too deep: send less"),
    ("['GET', '9'.repeat(5000)]", "Integer value out of range"),
    ("['GET', 'nonsense']", "JSON is malformed: "),
]


@pytest.mark.parametrize(("message", "sentence"), FORGERIES)
def test_a_forged_call_is_refused(run: Run, outside: Any, message: str, sentence: str) -> None:
    result = run("javascript", FORGED % message)
    assert result.error is None
    assert str(result.value).startswith(sentence)
    assert outside.calls == []


def test_an_address_can_be_so_long_and_no_longer(run: Run, outside: Any) -> None:
    source = (
        "try:\n  return http.get('https://x.example/'.ljust({}, 'x')).status\nexcept HttpError as e:\n  return str(e)"
    )
    assert run("python", source.format(8000)).value == 200
    result = run("python", source.format(8001))
    assert result.value == "an address can have at most 8,000 characters: send the rest in the body"
    assert (len(outside.calls), result.http) == (1, ())


def test_what_a_call_leaves_in_the_record_is_bounded(runner: CodeRunner) -> None:
    def http(call: HttpCall) -> HttpResponse:
        raise CallError(call.url * 100)

    source = "for i in range(10):\n  try:\n    http.get('x' * 8000)\n  except HttpError as e:\n    vars['e'] = str(e)"
    result = runner.run(CodeRequest("r", "python", source), http=http)
    assert {len(record.error or "") for record in result.http} == {sandbox_limits.ERROR_CHARACTERS}
    assert result.vars["e"] == result.http[0].error
    assert result.vars["e"].endswith("x…")


@pytest.mark.parametrize("kind", ["http", "email"])
def test_a_call_that_is_refused_early_counts(run: Run, outside: Any, kind: str) -> None:
    call = {"http": "http.get('https://x.example', {headers: 5})", "email": "email.send({to: 5})"}[kind]
    error = run("javascript", f"for (;;) {{ try {{ await {call} }} catch {{ }} }}").error
    assert error
    assert error.kind == kind
    assert error.message.startswith("the script ")


def test_a_call_gets_no_more_time_than_the_run_has(run: Run, outside: Any) -> None:
    run("python", "http.get('https://x.example', timeout=100)", limits=Limits(wall_seconds=3))
    assert outside.calls[0].timeout <= 3


def test_without_callables_every_call_is_refused() -> None:
    with CodeRunner() as runner:
        http = runner.run(CodeRequest("r", "python", "http.get('https://x.example')")).error
        email = runner.run(CodeRequest("r", "python", "email.send(to='a@b', subject='', text='')")).error
    assert http
    assert http.message == "HTTP calls of scripts are switched off here"
    assert email
    assert email.message == "no e-mail is set up here"


def test_one_run_can_have_callables_of_its_own(runner: CodeRunner, outside: Any) -> None:
    """They are called in the thread that runs the script, so a host with its own state needs no lock for them."""
    threads = []

    def own(call: HttpCall) -> HttpResponse:
        threads.append(threading.current_thread())
        return HttpResponse(201)

    request = CodeRequest("r", "javascript", "return (await http.get('https://x.example')).status")
    assert runner.run(request, http=own).value == 201
    assert threads == [threading.current_thread()]
    assert runner.run(request).value == 200
    mails: list[EmailCall] = []
    request = CodeRequest(
        "run-1", "python", "email.send(to='a@b.example', subject='Hi', text='text', html='<p>html</p>')"
    )
    assert runner.run(request, email=mails.append).error is None
    assert (mails, outside.emails) == ([MAIL], [])


def test_a_mistake_of_the_hosts_own_callable_is_raised_to_the_host_and_the_next_run_works() -> None:
    def broken(call: HttpCall) -> HttpResponse:
        raise ZeroDivisionError

    with CodeRunner(broken) as runner:
        with pytest.raises(ZeroDivisionError):
            runner.run(CodeRequest("r", "javascript", "await http.get('https://x.example')"))
        assert runner.run(CodeRequest("r", "javascript", "return 1")).value == 1
