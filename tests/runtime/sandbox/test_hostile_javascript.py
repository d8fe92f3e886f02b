"""Hostile JavaScript: every script ends as it has to, and the next run is not affected (ST-4).

A row is what the script tries, the script, and how its run ends: the kind of the error after ``!``, or, where a script
may do its worst because it only hurts itself, the value that it returns. A tuple lists alternatives that depend on
which of several limits is met first.
"""
# ruff: noqa: E501 - a script is easier to read in one line

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

SCRIPTS: list[tuple[str, str, Any]] = [
    # endless work
    ("empty loop", "for (;;);", "!cpu"),
    ("loop that catches everything", "for (;;) { try { for (;;); } catch { } finally { continue } }", "!cpu"),
    ("loop in a finally", "try { throw 1 } finally { for (;;); }", "!cpu"),
    ("loop in a promise continuation", "await 0; for (;;);", "!cpu"),
    ("loop in a timer", "await new Promise(() => setTimeout(() => { for (;;); }, 0))", "!cpu"),
    ("loop in a getter of the result", "return { get x() { for (;;); } }", "!cpu"),
    ("loop in toJSON", "return { toJSON() { for (;;); } }", "!cpu"),
    ("loop in a thenable", "return { then() { for (;;); } }", "!cpu"),
    ("loop in a proxy of vars", "vars = new Proxy({}, { ownKeys() { for (;;); } })", "!cpu"),
    ("loop in toString of a log line", "log({ toJSON() { throw 1 }, toString() { for (;;); } })", "!cpu"),
    ("loop in an error's name", "throw Object.defineProperty(new Error('x'), 'name', { get() { for (;;); } })", "!cpu"),
    ("generator without end", "function* g() { for (;;) yield 1 } return [...g()].length", ("!cpu", "!memory")),
    ("indexOf over a huge length", "return Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)", "!cpu"),
    ("sort with a slow comparison", "new Array(1e5).fill(0).sort(() => { for (let i = 0; i < 1e6; i++); })", "!cpu"),
    ("filling a typed array for ever", "const a = new Uint8Array(2e7); for (;;) a.fill(1)", "!cpu"),
    ("BigInt power", "let x = 3n; for (;;) x = x * x", ("!cpu", "!memory", "!raised")),
    ("catastrophic regular expression", "return /^(a+)+$/.test('a'.repeat(50) + 'b')", "!cpu"),
    ("regular expression with nested alternatives", "return /^(a|aa|a*)*$/.test('a'.repeat(60) + 'b')", "!cpu"),
    ("regular expression with back-references", r"return /^(a*)*\1\1$/.test('a'.repeat(60) + 'b')", "!cpu"),
    ("replace with a slow pattern", "return ('x'.repeat(1e6)).replace(/(x+x+)+y/g, '')", ("!cpu", "!memory")),
    ("JSON.parse reviver", "JSON.parse('[1]', function f() { for (;;); })", "!cpu"),
    # promise storms and waiting
    ("await in a loop", "for (;;) await 0", "!jobs"),
    ("promises that make promises", "const f = () => Promise.resolve().then(() => { f(); f() }); f(); await new Promise(() => {})", ("!jobs", "!cpu", "!memory")),
    ("microtasks that queue microtasks", "(function f() { queueMicrotask(f) })(); await new Promise(() => {})", "!jobs"),
    ("timers without a pause", "await new Promise(() => setInterval(() => {}, 0))", ("!timeout", "!cpu")),
    ("a timer beyond the end of the run", "await new Promise((done) => setTimeout(done, 1e9))", "!timeout"),
    ("a promise that nothing settles", "await new Promise(() => {})", "!raised"),
    ("an iterator that nothing settles", "for await (const x of { [Symbol.asyncIterator]() { return { next: () => new Promise(() => {}) } } });", "!raised"),
    ("waiting on an atomic", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)", ("!raised", "!timeout")),
    # memory
    ("growing array", "const a = []; for (;;) a.push(new Array(10000).fill(1))", "!memory"),
    ("doubling string", "let s = 'x'; for (;;) s += s", ("!memory", "!raised")),
    ("repeat", "return 'x'.repeat(2 ** 29)", ("!memory", "!raised")),
    ("huge typed array", "return new Uint8Array(2 ** 31).length", ("!memory", "!raised")),
    ("resizable buffer", "return new ArrayBuffer(8, { maxByteLength: 2 ** 32 }).resize(2 ** 31)", ("!memory", "!raised")),
    ("memory that is caught", "const a = []; for (;;) { try { a.push(new Uint8Array(1e6)) } catch { a.push(1) } }", ("!cpu", "!memory")),
    ("growing map", "const m = new Map(); for (let i = 0; ; i++) m.set(i, 'x'.repeat(10000) + i)", "!memory"),
    ("join of joins", "let a = ['x'.repeat(1000)]; for (;;) a = [a.join('') + a.join('')]", ("!memory", "!raised")),
    ("padding", "return 'x'.padEnd(2 ** 30)", ("!memory", "!raised")),
    ("regular expression that eats memory", "return new RegExp('(?:a{1000}){1000}'.repeat(100)).test('a'.repeat(1e7))", ("!memory", "!cpu", False)),
    # depth
    ("recursion", "(function f() { f() })()", "!stack"),
    ("recursion through a getter", "const o = { get x() { return this.x } }; return o.x", "!stack"),
    ("recursion through toString", "const o = { toString() { return '' + this } }; return '' + o", "!stack"),
    ("recursion in JSON", "let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o", ("!stack", "!output")),
    ("recursion in the source", "return " + "(" * 30_000 + "1" + ")" * 30_000, ("!stack", "!syntax", "!memory")),
    ("recursion of proxies", "let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); return p.x", "!stack"),
    ("nesting deeper than a value may be", "let o = 1; for (let i = 0; i < 200; i++) o = [o]; return o", "!output"),
    ("recursion in a regular expression", "return new RegExp('('.repeat(1e5) + ')'.repeat(1e5))", ("!stack", "!raised", "!memory")),
    # output
    ("large result", "return 'x'.repeat(200000)", "!output"),
    ("large variable", "vars.x = 'x'.repeat(200000)", "!output"),
    ("large attribute", "attributes.x = 'x'.repeat(200000)", "!output"),
    ("log without end", "for (;;) log('x')", "!log"),
    ("log without end, errors caught", "for (let i = 0; i < 1000; i++) { try { log(i) } catch { } }", "!log"),
    ("long log lines", "for (let i = 0; i < 90; i++) log('x'.repeat(100000))", "!output"),
    ("result with a cycle", "const o = {}; o.o = o; return o", "!output"),
    ("result that JSON cannot hold", "return 10n", "!output"),
    ("vars replaced by a number", "vars = 5", "!output"),
    # getting out
    ("process", "return process.exit(1)", "!raised"),
    ("require", "return require('fs').readFileSync('/etc/passwd')", "!raised"),
    ("import", "return await import('fs')", "!raised"),
    ("import of a file", "return await import('/etc/passwd')", "!raised"),
    ("static import", "import fs from 'fs'", "!syntax"),
    ("os and std of QuickJS", "return [typeof os, typeof std, typeof bjson, typeof print, typeof load]", ["undefined"] * 5),
    ("Function constructor", "return Function('return typeof process + typeof Deno')()", "undefinedundefined"),
    ("constructor of a constructor", "return [].constructor.constructor('return typeof require')()", "undefined"),
    ("constructor of http", "return http.get.constructor('return typeof fetch + typeof XMLHttpRequest')()", "undefinedundefined"),
    ("closing the frame", "}); globalThis.hit = 1; (async function () {", None),
    ("closing the frame and throwing", "}); throw new Error('hit'); (function () {", "!raised"),
    ("the caller", "return (function f() { return f.caller })()", ("!raised", None)),
    ("worker", "return new Worker('x')", "!raised"),
    ("error stack hook", "Error.prepareStackTrace = (error, frames) => frames; return typeof new Error().stack[0].getThis", ("undefined", "function", "!raised")),
    ("a file URL", "return (await http.get('file:///etc/passwd refused')).text", "!http"),
    # tampering with the sandbox's own tools
    ("toJSON for every object", "Object.prototype.toJSON = () => 5; await http.get('https://x.example/')", ("!output", "!http", "!raised")),
    ("toJSON that gives nothing", "Object.prototype.toJSON = () => undefined; return 1", "!output"),
    ("toJSON that gives nothing, and an error", "Object.prototype.toJSON = () => undefined; throw 1", ("!output", "!raised")),
    ("a call that is no text", "Array.prototype.toJSON = () => [{ id: 1, kind: 'http', message: 5 }]; await http.get('https://x.example/')", "!output"),
    ("a call that is no object", "Array.prototype.toJSON = () => [5]; await http.get('https://x.example/')", "!output"),
    ("a list of calls that is none", "Array.prototype.toJSON = () => 5; await http.get('https://x.example/')", "!output"),
    ("a call of no kind", "Array.prototype.toJSON = () => [{ id: 1, kind: 'x', message: '' }]; await http.get('https://x.example/')", "!output"),
    ("a call that nests too deep to read", "let x = 1; for (let i = 0; i < 1500; i++) x = { x }; Array.prototype.toJSON = () => x; await http.get('https://x.example/')", ("!output", "!stack")),
    ("an end that only the host can tell", "const bare = (members) => Object.assign(Object.create(null), members); const error = bare({ kind: 'killed', message: 'x' }); Object.prototype.toJSON = () => bare({ error }); return 1", "!raised"),
    ("then of every object", "Object.prototype.then = function () {}; return {}", "!raised"),
    ("replaced then", "Promise.prototype.then = () => { throw 1 }; return 1", ("!raised", 1)),
    ("replaced JSON", "JSON.stringify = () => '{\"error\":{}}'; JSON.parse = null; return 1", 1),
    ("replaced array methods", "Array.prototype.push = Array.prototype.map = () => { throw 1 }; log('x')", "!raised"),
    ("setters on Object.prototype", "Object.defineProperty(Object.prototype, 'error', { get: () => 'hit', set() {}, configurable: true }); return 1", (1, "!output", "!raised")),
    ("frozen world", "Object.freeze(globalThis); Object.freeze(Object.prototype); return 1", 1),
    ("deleted tools", "for (const name of Object.getOwnPropertyNames(globalThis)) { try { delete globalThis[name] } catch { } } return 1", "!raised"),
    ("prototype pollution through vars", "vars.__proto__.polluted = 1; vars.constructor.prototype.hit = 1; return {}.polluted", 1),
    ("__proto__ as a key", "return JSON.parse('{\"__proto__\": {\"x\": 1}}')", {"__proto__": {"x": 1}}),
    ("null as an error", "throw null", ("!memory", "!raised")),
    ("undefined as an error", "throw undefined", "!raised"),
    ("a proxy as an error", "throw new Proxy(new Error('x'), { get() { throw 1 } })", "!raised"),
    ("an error that pretends to be a limit", "const e = new Error('x'); e.kind = 'killed'; throw e", "!raised"),
    # calls
    ("too many HTTP calls", "for (;;) await http.get('https://x.example/')", "!http"),
    ("too many HTTP calls at once", "await Promise.all(Array.from({ length: 1000 }, () => http.get('https://x.example/')))", "!http"),
    ("too many refused HTTP calls", "for (;;) { try { await http.get('https://refused.example/') } catch { } }", "!http"),
    ("too many e-mails", "for (;;) await email.send({ to: 'a@b.example', subject: 's', text: 't' })", "!email"),
    ("header injection in an e-mail", "await email.send({ to: 'a@b.example\\nBcc: c@d.example', subject: 's', text: 't' })", "!email"),
    ("body larger than a call may have", "await http.post('https://x.example/', { body: 'x'.repeat(300000) })", ("!http", "!output")),
    ("answering its own calls", "const p = http.get('https://refused.example/'); return (await p).status", "!http"),
    # other runs
    ("leaving a global for the next run", "globalThis.left = 'behind'; Array.prototype.left = 'behind'; return 1", 1),
    ("finding what another run left", "return [typeof left, typeof [].left, {}.polluted === undefined, typeof hit]", ["undefined", "undefined", True, "undefined"]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "ends"), [row[1:] for row in SCRIPTS], ids=[row[0] for row in SCRIPTS])
def test_hostile_script(withstand: Callable[[str, str, Any], None], source: str, ends: Any) -> None:
    withstand("javascript", source, ends)
