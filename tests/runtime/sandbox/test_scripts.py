"""What scripts can do, in both languages: read and change variables, return values, log, fail (engine.md 12)."""
# ruff: noqa: E501 - a script is easier to read in one line

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Any

import pytest

from botflow_runtime.errors import HostError
from botflow_runtime.sandbox import CodeRequest, CodeResult, CodeRunner, Limits, RunnerClosedError
from botflow_runtime.sandbox.limits import ERROR_CHARACTERS

Run = Callable[..., CodeResult]

GIVEN: dict[str, Any] = {
    "vars": {"size": "large", "count": 2, "address": {"city": "Chicago"}, "list": [1, 2]},
    "attributes": {"tier": "gold", "age": 30},
    "contact": {"phone": "+15550100", "name": "Ann"},
    "message": {"text": "hi", "postback": None},
}

VALUES: list[tuple[str, str, str, Any]] = [
    ("nothing", "", "", None),
    ("nothing returned", "1", "1", None),
    ("comments only", "// nothing", "# nothing", None),
    ("number", "return 1.5", "return 1.5", 1.5),
    ("large number", "return 2 ** 53", "return 2 ** 53", 2**53),
    ("no number", "return 0 / 0", "return math.nan", None),
    ("infinity", "return 1 / 0", "return math.inf", None),
    ("text", "return 'ñ 😀 \\u2028 \\0'", "return 'ñ 😀 \\u2028 \\0'", "ñ 😀 \u2028 \0"),
    ("object", "return {a: [1, {b: null}]}", "return {'a': [1, {'b': None}]}", {"a": [1, {"b": None}]}),
    ("truth", "return [true, false, null]", "return [True, False, None]", [True, False, None]),
    ("undefined members", "return {a: undefined, b: [undefined]}", "return {'b': [None]}", {"b": [None]}),
    ("date", "return new Date(0)", "return datetime.datetime(1970, 1, 1)", "1970-01-01T00:00:00"),
    (
        "variables",
        "return vars.size + vars.count + vars.address.city",
        "return vars['size'] + str(vars['count']) + vars['address']['city']",
        "large2Chicago",
    ),
    ("attributes", "return attributes.tier", "return attributes['tier']", "gold"),
    ("contact", "return contact.phone + contact.name", "return contact.phone + contact['name']", "+15550100Ann"),
    ("message", "return message.text", "return message.text", "hi"),
    ("run", "return run.id", "return run.id", "run-1"),
    (
        "functions",
        "const f = (x) => x * 2; return [1, 2].map(f)",
        "def f(x): return x * 2\nreturn [f(x) for x in [1, 2]]",
        [2, 4],
    ),
    (
        "classes",
        "class A { x = 1; y() { return this.x } } return new A().y()",
        "class A:\n  def __init__(self): self.x = 1\n  def y(self): return self.x\nreturn A().y()",
        1,
    ),
    (
        "caught error",
        "try { null.x } catch { return 'caught' }",
        "try:\n  None.x\nexcept AttributeError:\n  return 'caught'",
        "caught",
    ),
    ("regular expression", "return /b+/.exec('abbc')[0]", "return re.search('b+', 'abbc').group(0)", "bb"),
    ("JSON", "return JSON.parse('{\"a\": 1}')", "return json.loads('{\"a\": 1}')", {"a": 1}),
    (
        "destructuring",
        "const {a, ...rest} = {a: 1, b: 2}; return rest",
        "a, (b, *c) = 1, (2, 3)\nreturn {'b': b}",
        {"b": 2},
    ),
    ("text formatting", "return `${1 + 1}!`", "return f'{1 + 1:d}!'", "2!"),
]
DIFFERENT = {"date": "1970-01-01T00:00:00.000Z"}
"""Values of JavaScript that are written another way than those of Python."""


@pytest.mark.parametrize(("name", "javascript", "python", "value"), VALUES, ids=[row[0] for row in VALUES])
def test_a_script_returns_a_value(run: Run, name: str, javascript: str, python: str, value: Any) -> None:
    result = run("javascript", javascript, **GIVEN)
    assert (result.error, result.value) == (None, DIFFERENT.get(name, value))
    result = run("python", python, **GIVEN)
    assert (result.error, result.value) == (None, value)


CHANGES: list[tuple[str, str, str, dict[str, Any], tuple[str, ...], dict[str, Any]]] = [
    ("none", "vars.size = 'large'", "vars['size'] = 'large'", {}, (), {}),
    ("new", "vars.x = {y: 1}", "vars['x'] = {'y': 1}", {"x": {"y": 1}}, (), {}),
    ("changed", "vars.count += 1", "vars['count'] += 1", {"count": 3}, (), {}),
    (
        "changed inside",
        "vars.address.city = 'Rome'",
        "vars['address']['city'] = 'Rome'",
        {"address": {"city": "Rome"}},
        (),
        {},
    ),
    ("appended to", "vars.list.push(3)", "vars['list'].append(3)", {"list": [1, 2, 3]}, (), {}),
    ("removed", "delete vars.size", "del vars['size']", {}, ("size",), {}),
    ("a truth for a number", "vars.list = [true, 2]", "vars['list'] = [True, 2]", {"list": [True, 2]}, (), {}),
    ("attribute", "attributes.tier = 'silver'", "attributes['tier'] = 'silver'", {}, (), {"tier": "silver"}),
    ("attribute removed", "delete attributes.age", "del attributes['age']", {}, (), {"age": None}),
    (
        "contact is a copy",
        "contact.phone = 1; message.text = 2",
        "contact['phone'] = 1; message['text'] = 2",
        {},
        (),
        {},
    ),
]


@pytest.mark.parametrize("row", CHANGES, ids=[row[0] for row in CHANGES])
@pytest.mark.parametrize("language", ["javascript", "python"])
def test_only_changes_come_back(run: Run, language: str, row: Any) -> None:
    _, javascript, python, changed, removed, attributes = row
    result = run(language, {"javascript": javascript, "python": python}[language], **GIVEN)
    assert (result.error, result.vars, result.removed, result.attributes) == (None, changed, removed, attributes)


def test_replaced_vars_of_javascript_are_the_variables(run: Run) -> None:
    result = run("javascript", "vars = {only: 1}", **GIVEN)
    assert result.vars == {"only": 1}
    assert set(result.removed) == set(GIVEN["vars"])


FAILURES: list[tuple[str, str, str, str, int | None]] = [
    ("javascript", "throw new Error('no stock')", "raised", "Error: no stock", 1),
    ("javascript", "let a = 1;\nlet b = 2;\nnull.x", "raised", "cannot read property", 3),
    ("javascript", "const f = () => {\n  missing()\n};\n\nf()", "raised", "missing is not defined", 2),
    ("javascript", "await 0;\nthrow new TypeError('later')", "raised", "TypeError: later", 2),
    ("javascript", "throw 'a text'", "raised", "the script threw a text", None),
    ("javascript", "throw {code: 5}", "raised", '{"code":5}', None),
    ("javascript", "await Promise.reject(new Error('rejected'))", "raised", "rejected", 1),
    ("javascript", "setTimeout(() => { throw new Error('in a timer') }, 0); await new Promise(() => {})", "raised", "in a timer", 1),
    ("javascript", "let a = 1\nlet b = ;", "syntax", "unexpected token", 2),
    ("python", "raise ValueError('no stock')", "raised", "ValueError: no stock", 1),
    ("python", "a = 1\nb = 2\nNone.x", "raised", "no attribute 'x'", 3),
    ("python", "def f():\n  missing()\n\nf()", "raised", "'missing' is not defined", 2),
    ("python", "return vars['nope']", "raised", "KeyError: 'nope'", 1),
    ("python", "return message.nope", "raised", "there is no 'nope' here; there are: text, postback", 1),
    ("python", "a = 1\nb = = 2", "syntax", "invalid syntax", 2),
    ("python", "x = 1\n_y = 2", "syntax", '"_y" is an invalid variable name', 2),
    ("python", "import os", "raised", "a script cannot import 'os'; it can import base64,", 1),
]  # fmt: skip


@pytest.mark.parametrize(("language", "source", "kind", "words", "line"), FAILURES)
def test_a_failure_names_its_reason_and_line(
    run: Run, language: str, source: str, kind: str, words: str, line: int | None
) -> None:
    error = run(language, source, **GIVEN).error
    assert error
    assert (error.kind, error.line) == (kind, line)
    assert words in error.message


@pytest.mark.parametrize(("language", "source"), [
    ("javascript", "log('before', {a: 1}, [2], null, undefined, new Error('e')); vars.x = 1; attributes.y = 2; throw new Error()"),
    ("python", "log('before', {'a': 1}, [2], None)\nvars['x'] = 1\nattributes['y'] = 2\nraise ValueError"),
])  # fmt: skip
def test_a_failed_run_keeps_its_log_and_changes_nothing(run: Run, language: str, source: str) -> None:
    result = run(language, source, **GIVEN)
    assert result.error
    assert len(result.log) == 1
    assert result.log[0].startswith("before {")
    assert (result.vars, result.attributes, result.removed, result.value) == ({}, {}, (), None)


def test_console_and_print_log(run: Run) -> None:
    assert run("javascript", "console.log('a', 1); console.error('b')").log == ("a 1", "b")
    assert run("python", "print('a', 1)\nprint('b', end='')").log == ("a 1", "b")


def test_a_long_log_line_is_cut(run: Run) -> None:
    for language, source in (("javascript", "log('x'.repeat(5000))"), ("python", "log('x' * 5000)")):
        (line,) = run(language, source).log
        assert len(line) == 2000
        assert line.endswith("x…")


JAVASCRIPT_WORLD: list[tuple[str, Any]] = [
    ("return new URL('../c?x=1#y', 'https://User:pw@Example.COM:443/a/b/d').href", "https://User:pw@example.com/a/c?x=1#y"),
    ("const u = new URL('http://h:8080/p?q=1&q=2'); return [u.host, u.port, u.pathname, u.search, u.origin, u.searchParams.getAll('q')]",
     ["h:8080", "8080", "/p", "?q=1&q=2", "http://h:8080", ["1", "2"]]),
    ("const u = new URL('https://h/'); u.searchParams.set('a b', 'ñ&='); u.pathname = '/x y'; u.hash = 'z'; return String(u)", "https://h/x%20y?a+b=%C3%B1%26%3D#z"),
    ("return new URL('https://h/a b/ñ?q=ü v').href", "https://h/a%20b/%C3%B1?q=%C3%BC%20v"),
    ("return ['x', 'http://', 'http://a b/', 'https://h:99999/'].map((u) => URL.canParse(u))", [False] * 4),
    ("return new URL('mailto:a@b.c').pathname", "a@b.c"),
    ("return new URL('//other/x', 'https://h/y').href", "https://other/x"),
    ("return new URL('?n=1', 'https://h/y?o=2').href", "https://h/y?n=1"),
    ("try { new URL('nope') } catch (e) { return e.name }", "TypeError"),
    ("return new URLSearchParams({a: '1', b: 'x y'}).toString()", "a=1&b=x+y"),
    ("return [...new URLSearchParams('?a=1&a=2&b=%20')]", [["a", "1"], ["a", "2"], ["b", " "]]),
    ("const p = new URLSearchParams('b=1&a=2&b=3'); p.delete('b', '1'); p.append('c', 4); p.sort(); return [p.toString(), p.has('b'), p.size, p.get('z')]", ["a=2&b=3&c=4", True, 3, None]),
    ("return JSON.stringify({u: new URL('https://h')})", '{"u":"https://h/"}'),
    ("const d = structuredClone({d: new Date(5), m: new Map([[1, {a: 1}]]), s: new Set([1]), l: [1, [2]]}); return [d.d.getTime(), d.m.get(1).a, d.s.has(1), d.l]", [5, 1, True, [1, [2]]]),
    ("const o = {}; o.o = o; const c = structuredClone(o); return [c !== o, c.o === c]", [True, True]),
    ("try { structuredClone({f() {}}) } catch (e) { return e.message }", "a function cannot be cloned"),
    ("const seen = []; setTimeout((x) => seen.push(x), 5, 'b'); setTimeout(() => seen.push('a')); const no = setTimeout(() => seen.push('no'), 1); clearTimeout(no); await new Promise((done) => setTimeout(done, 8)); return seen", ["a", "b"]),
    ("let n = 0; await new Promise((done) => { const t = setInterval(() => { if (++n === 3) { clearInterval(t); done() } }, 1) }); return n", 3),
    ("return [atob(btoa('hello')), typeof performance.now()]", ["hello", "number"]),
    ("x = 5; return x", 5),
    ("'use strict'; try { y = 5 } catch (e) { return e.name }", "ReferenceError"),
    ("return 'a😀'.slice(0, 2)", "a\N{REPLACEMENT CHARACTER}"),
    ("return await Promise.all([1, Promise.resolve(2)])", [1, 2]),
    ("return [..." + "'😀'].length", 1),
]  # fmt: skip


@pytest.mark.parametrize(("source", "value"), JAVASCRIPT_WORLD)
def test_the_world_of_javascript(run: Run, source: str, value: Any) -> None:
    result = run("javascript", source)
    assert (result.error, result.value) == (None, value)


PYTHON_WORLD: list[tuple[str, Any]] = [
    ("import json\nreturn json.dumps({'a': 1})", '{"a": 1}'),
    ("from datetime import datetime, timedelta\nreturn datetime(2026, 1, 31) + timedelta(days=1)", "2026-02-01T00:00:00"),
    ("return datetime.datetime.strptime('2026-02-01', '%Y-%m-%d').strftime('%A')", "Sunday"),
    ("import urllib.parse\nreturn urllib.parse.quote('a b')", "a%20b"),
    ("from urllib.parse import urlencode as encode\nreturn encode({'a': 'ñ'})", "a=%C3%B1"),
    ("import urllib.parse as p\nreturn p.urljoin('https://h/a', 'b')", "https://h/b"),
    ("return decimal.Decimal('1.10') + 1", "2.10"),
    ("return hmac.new(b'k', b'm', 'sha256').hexdigest()[:8]", hmac.new(b"k", b"m", "sha256").hexdigest()[:8]),
    ("try: json.loads('{bad')\nexcept ValueError as error: return str(error)", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
    ("return ['ñ'.encode(c).decode(c) for c in ('latin-1', 'utf-16', 'cp1252')]", ["ñ"] * 3),
    ("import unicodedata\nreturn unicodedata.normalize('NFD', 'é')[0]", "e"),
    ("return re.sub('(a)(b)', r'\\2\\1', 'ab')", "ba"),
    ("class A:\n  n = 1\na = A()\na.n += 1\nd = {'x': {'y': 1}}\nd['x']['y'] *= 5\nreturn [a.n, d]", [2, {"x": {"y": 5}}]),
    ("def key():\n  log('once')\n  return 0\nx = [1]\nx[key()] += 1\nreturn x", [2]),
    ("return hashlib.sha256(b'x').hexdigest()[:8]", "2d711642"),
    ("return base64.b64encode(b'x').decode()", "eA=="),
    ("return len(uuid.uuid4().hex)", 32),
    ("return 1 <= random.randint(1, 6) <= 6", True),
    ("return collections.Counter('aab').most_common(1)", [["a", 2]]),
    ("return [sorted([3, 1]), sum([1, 2]), max(1, 2), list(zip([1], [2])), any([0, 1])]", [[1, 3], 3, 2, [[1, 2]], True]),
    ("x = [1, 2, 3]\nx[0] += 5\nx[1:] = [9]\ndel x[0]\nreturn x", [9]),
    ("x = {}\nfor k, v in [('a', 1)]: x[k] = v\nreturn x", {"a": 1}),
    ("x = 1\nx -= 2; x *= -3; x /= 2; x //= 1; x **= 2; x %= 3; return x", 1.0),
    ("return {1, 2} | {2}", [1, 2]),
    ("total = 0\nwhile True:\n  total += 1\n  if total > 4: break\nelse:\n  total = 9\nreturn total", 5),
    ("return (lambda a, *b, c=1, **d: [a, b, c, d])(1, 2, c=3, e=4)", [1, [2], 3, {"e": 4}]),
    ("def g():\n  yield 1\n  yield 2\nreturn list(g())", [1, 2]),
    ("class A:\n  def __init__(self): self.items = []\na = A()\na.items.append(1)\na.n = 2\nreturn [a.items, a.n]", [[1], 2]),
    ("with_text = '''two\nlines'''\nreturn with_text", "two\nlines"),
    ("return [hasattr({}, 'keys'), hasattr({}, '__class__'), getattr({}, 'nope', 5)]", [True, False, 5]),
    ("return isinstance(time.time(), float)", True),
    ("try:\n  http.get('https://refused.example')\nexcept HttpError as error:\n  return str(error)", "this host is not allowed"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "value"), PYTHON_WORLD)
def test_the_world_of_python(run: Run, source: str, value: Any) -> None:
    result = run("python", source)
    assert (result.error, result.value) == (None, value)


def test_runs_of_python_do_not_share_their_random_numbers(run: Run) -> None:
    assert run("python", "return random.random()").value != run("python", "return random.random()").value


def test_half_a_character_from_the_host_does_no_harm(run: Run) -> None:
    for language, source in (("javascript", "return vars.x"), ("python", "return vars['x']")):
        assert run(language, source, vars={"x": "a\ud800"}).value == "a\N{REPLACEMENT CHARACTER}"


def test_a_run_is_timed(run: Run) -> None:
    assert 5 <= run("python", "time.sleep(0.005)").duration_ms < 5000


def test_the_message_of_an_error_is_cut(run: Run) -> None:
    for language, source in (
        ("javascript", "throw new Error('x'.repeat(900000))"),
        ("python", "raise ValueError('x' * 900000)"),
    ):
        error = run(language, source).error
        assert error
        assert len(error.message) == ERROR_CHARACTERS
        assert error.message.endswith("xxx…")


def test_a_script_that_is_too_long_is_refused(run: Run) -> None:
    error = run("javascript", "// " + "x" * 100_000).error
    assert error
    assert (error.kind, error.message) == ("syntax", "the script has more than 100,000 characters")


def test_an_unknown_language_is_the_hosts_mistake(runner: CodeRunner) -> None:
    with pytest.raises(HostError, match="there is no language 'ruby'; there are javascript, python"):
        runner.run(CodeRequest("r", "ruby", ""))  # type: ignore[arg-type] # that is the mistake


def test_limits_of_one_run_do_not_reach_the_next(run: Run) -> None:
    greedy = "const a = []; for (let i = 0; i < 400; i++) a.push('x'.repeat(100000) + i); return a.length"
    assert run("javascript", greedy, limits=Limits(memory_bytes=8 << 20)).error
    assert run("javascript", greedy, limits=Limits(memory_bytes=128 << 20)).value == 400


def test_a_closed_runner_says_so() -> None:
    runner = CodeRunner()
    runner.close()
    runner.close()
    with pytest.raises(RunnerClosedError, match="closed"):
        runner.run(CodeRequest("r", "javascript", ""))
