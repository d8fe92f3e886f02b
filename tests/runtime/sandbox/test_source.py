"""Checking sources, and the values that stand for placeholders in them (ST-9)."""
# ruff: noqa: E501 - a script is easier to read in one line

from __future__ import annotations

import ast
import json
import math
from collections.abc import Callable
from typing import Any

import _quickjs  # type: ignore[import-not-found] # it ships no types
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from botflow_runtime.errors import HostError
from botflow_runtime.sandbox import CodeResult, SourceProblem, bind_source, check_source

Run = Callable[..., CodeResult]

GOOD: list[tuple[str, str]] = [
    ("javascript", ""),
    ("javascript", "return {price: {{name}}.length > 4 ? 9 : 8}"),
    ("javascript", "const r = await http.get('https://x'); return r.json // {{comment}}"),
    ("javascript", "return `{{a}} ${ {{b}} } ${{c}}`"),
    ("javascript", "return {a: {{a}}, b: [{{b}}]}"),
    ("javascript", "if (/^(?:{{a}})$/i.test('x')) { return 1 }"),
    ("javascript", "/* {{a}} */ return '{{a}}{{b}}' + \"{{ c.0.d }}\""),
    ("python", ""),
    ("python", "# only {{a}} comment"),
    ("python", "return {{name}}.upper() + '{{name}}' + f'{{name}} { vars }'"),
    ("python", "x = '''{{a}}\n{{b}}'''\nvars['n'] += {{c}}\nreturn x"),
    ("python", "def f(x):\n  return x\nreturn f({{attribute.city}})"),
    ("python", "return re.match(r'^{{a}}$', 'x')"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "source"), GOOD)
def test_a_good_source_has_no_problems(language: str, source: str) -> None:
    assert check_source(source, language) == []


BAD: list[tuple[str, str, str, int | None]] = [
    ("javascript", "let a = 1\nlet b = ;", "unexpected token in expression: ';'", 2),
    ("javascript", "return {{a}} {{b}}", "expecting ';'", 1),
    ("javascript", "{{a}} = 5", "invalid assignment left-hand side", 1),
    ("javascript", "return obj.{{a}}", "expecting field name", 1),
    ("javascript", "}); globalThis.x = 1; (async function () {", "unexpected token in expression: ')'", 1),
    ("javascript", "} , { a() {", "unexpected token in expression: ','", 1),
    ("javascript", "import fs from 'fs'", "Unexpected identifier 'fs'", 1),
    ("javascript", "(" * 50_000, "the script is nested too deeply", None),
    ("javascript", "'\ud800'", "the source is not plain text", None),
    ("javascript", "\n\nreturn '\\{{a}}'", "a placeholder cannot stand right after a backslash", 3),
    ("javascript", "return /{{a}}/.test('x')", "/ and / would meet if the placeholder between them were empty: separate them", 1),
    ("javascript", "/* a *{{a}}/ b */", "* and / would meet", 1),
    ("javascript", "return `$" + "{{a}}{b}`", "$ and { would meet", 1),
    ("javascript", "'{{a}}'" * 201, "the script has 201 placeholders; at most 200 are allowed: use vars", None),
    ("javascript", "'{{a}}'" * 101 + "x" * 50_000, "the script has 101 placeholders; at most 98 are allowed in one so long: use vars", None),
    ("javascript", "x" * 100_001, "the script has 100,001 characters; at most 100,000 are allowed", None),
    ("python", "a = 1\nb = = 2", "invalid syntax", 2),
    ("python", "return x.__class__", '"__class__" is an invalid attribute name because it starts with "_".', 1),
    ("python", "  return 1", "unexpected indent", 1),
    ("python", "break", "'break' outside loop", 1),
    ("python", "x = 'a\0'", "source code string cannot contain null bytes", None),
    ("python", "(" * 500, "too many nested parentheses", None),
    ("python", "-" * 50_000 + "1", "too", None),
    ("python", "return f'{ {{a}} }'", "no text fits where a placeholder stands: put it into a variable of its own first, then use that", None),
    ("python", "return '{{a}}''b'", "' and ' would meet if the placeholder between them were empty: separate them", 1),
    ("python", "return 'C:\\{{a}}'", "a placeholder cannot stand right after a backslash", 1),
    ("python", "async def f(): pass", "AsyncFunctionDef statements are not allowed.", 1),
]  # fmt: skip


@pytest.mark.parametrize(("language", "source", "message", "line"), BAD)
def test_a_bad_source_says_what_and_where(language: str, source: str, message: str, line: int | None) -> None:
    problem = check_source(source, language)[0]
    assert message in problem.message
    assert line is None or problem.line == line


def test_every_refusal_of_a_python_source_is_reported() -> None:
    assert [problem.line for problem in check_source("_a = 1\nx = 2\nreturn x._b", "python")] == [1, 3]


def test_a_column_is_told_where_it_is_known() -> None:
    assert check_source("let a = ;", "javascript") == [SourceProblem("unexpected token in expression: ';'", 1, 9)]
    assert check_source("a = = 1", "python") == [SourceProblem("invalid syntax", 1, 5)]


def test_checking_executes_nothing() -> None:
    for source in ("throw new Error()", "}); throw 1; (function () {", "for (;;);"):
        check_source(source, "javascript")
    assert check_source("while True: pass", "python") == []


def test_an_unknown_language_is_the_hosts_mistake() -> None:
    with pytest.raises(HostError, match="there is no language 'ruby'"):
        check_source("", "ruby")


def test_a_source_without_placeholders_is_left_alone() -> None:
    assert bind_source("return 1 // {{}} { {a} }", "javascript").render(lambda name: 5) == "return 1 // {{}} { {a} }"


def test_placeholders_are_named_as_they_are_written() -> None:
    bound = bind_source("return [{{a}}, {{ attribute.city }}, '{{b.0.c}}']", "javascript")
    assert bound.names == ("a", "attribute.city", "b.0.c")


def test_a_source_whose_placeholders_cannot_be_filled_raises_when_it_runs(run: Run) -> None:
    for language, source in (("javascript", "return /{{a}}/"), ("python", "return '{{a}}''b'")):
        error = run(language, bind_source(source, language).render(lambda name: "x")).error
        assert error
        assert "would meet if the placeholder between them were empty" in error.message


VALUES: list[Any] = [
    None, True, False, 0, 5, -5, 1.5, -0.0, 1e300, 10**30, -(10**30), "", "plain", "it's \"quoted\" `ticks` \\ ${x} {y} */ // # -- <!-- -->",
    "\u2028\u2029\r\n\0\t", "ñ😀", "});evil();(", "'''\"\"\"", [], [1, "a", None], {}, {"a": {"b": [True]}}, {"__proto__": {"x": 1}},
]  # fmt: skip
TEMPLATES = {
    "javascript": "const a = {{v}}\n{{v}}\nreturn [a, {{v}}, ({{v}}), '{{v}}', \"x{{v}}y\", `{{v}} ${ {{v}} === null } ${{v}}`, /^(?:{{v}})$/u.test('{{v}}')] // {{v}}",
    "python": "a = {{v}}\n{{v}}\nreturn [a, {{v}}, ({{v}}), '{{v}}', \"x{{v}}y\", '''{{v}} ''' + f'{ a is None } ${{v}}', re.match(r'^(?:{{v}})$', '{{v}}') is not None] # {{v}}",
}


@pytest.mark.parametrize("language", ["javascript", "python"])
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_arrives_wherever_its_placeholder_stands(run: Run, language: str, value: Any) -> None:
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, separators=(",", ":"))
    text = {"1e+300": "1e300"}.get(text, text)
    result = run(language, bind_source(TEMPLATES[language], language).render(lambda name: value))
    nothing = {"javascript": "true", "python": "True"} if value is None else {"javascript": "false", "python": "False"}
    expected = [value, value, value, text, f"x{text}y", f"{text} {nothing[language]} ${text}", True]
    if isinstance(value, int) and abs(value) > 2**53 and language == "javascript":
        value = float(value)
        expected[:3] = [value] * 3
    assert result.error is None
    assert result.value == expected
    if value == 0 and not isinstance(value, bool) and language == "python":
        assert math.copysign(1, result.value[0]) == math.copysign(1, value)


def test_numbers_keep_their_meaning_beside_operators(run: Run) -> None:
    assert run(
        "javascript",
        bind_source("return [{{n}} ** 2, {{n}}.toFixed(1), -{{n}}, 1-{{n}}]", "javascript").render(lambda n: -5),
    ).value == [25, "-5.0", 5, 6]
    assert run(
        "python",
        bind_source("return [{{n}} ** 2, {{n}}.real, -{{n}}, 1-{{n}}, 7if{{n}}else 8]", "python").render(lambda n: -5),
    ).value == [25, -5, 5, 6, 7]
    assert run("javascript", bind_source("return {{n}}.toString()", "javascript").render(lambda n: 5)).value == "5"


def test_a_line_that_begins_with_a_placeholder_does_not_continue_the_line_before(run: Run) -> None:
    source = "let seen = 'a'\n{{list}}.forEach((x) => { seen += x })\nreturn seen"
    assert run("javascript", bind_source(source, "javascript").render(lambda name: ["b", "c"])).value == "abc"


@pytest.mark.parametrize("language", ["javascript", "python"])
def test_a_source_that_its_values_make_too_long_says_so_when_it_runs(run: Run, language: str) -> None:
    """Filling stops at the limit: two hundred large values would be many megabytes, made within the turn."""
    asked = []

    def get(name: str) -> Any:
        asked.append(name)
        return "\0" * 30_000

    source = bind_source("return '" + "{{v}}" * 200 + "'", language).render(get)
    assert (len(asked), len(source) < 300) == (1, True)
    error = run(language, source).error
    assert error
    assert (
        "more than 100,000 characters with the values of its placeholders: read large ones from vars" in error.message
    )


def test_a_source_can_be_as_long_as_the_limit_with_its_values(run: Run) -> None:
    bound = bind_source("return '{{v}}'.length", "javascript")
    rest = len("return ''.length")
    assert run("javascript", bound.render(lambda name: "x" * (100_000 - rest))).value == 100_000 - rest
    assert run("javascript", bound.render(lambda name: "x" * (100_001 - rest))).error


def test_a_long_source_is_checked_for_room_too() -> None:
    source = "x = f'{ {{a}} }' # " + "x" * 99_970
    assert [problem.message[:12] for problem in check_source(source, "python")] == ["no text fits"]


def test_values_are_expanded_once() -> None:
    rendered = bind_source("return '{{a}}' + {{a}}", "python").render(lambda name: "{{b}}" if name == "a" else "boom")
    assert "boom" not in rendered


def rendered(language: str, source: str, value: Any) -> str:
    return bind_source(source, language).render(lambda name: value)


def test_what_is_no_json_becomes_null_or_text(run: Run) -> None:
    for value in (math.nan, math.inf, -math.inf):
        assert run("javascript", rendered("javascript", "return {{v}}", value)).value is None
        assert run("python", rendered("python", "return {{v}}", value)).value is None
    assert run("javascript", rendered("javascript", "return '{{v}}'.length", "\ud800")).value == 1


# Injection: whatever the value, the program stays the same program.

HOSTILE = st.one_of(
    st.sampled_from(["", "'", '"', "`", "\\", "\n", "\r", "\u2028", "*/", "//", "#", "${", "{", "}", "'''", '"""', "\\u0027", "\\", "/", "0", "a b"]),
    st.text(alphabet="'\"`\\/*#${}[]()\n\r\t \u2028\u2029\x00;:,.+-=<>!&|^%~?@aA0_ñ😀\ud800"),
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5),
)  # fmt: skip
MARK = st.sampled_from(
    [
        "",
        "",
        "",
        "'",
        '"',
        "`",
        "/",
        "*",
        "\\",
        "$",
        "{",
        "}",
        " ",
        "(",
        ")",
        "+",
        "//",
        "#",
        "-",
        "x",
        "''",
        '""',
        ":",
        "[",
        "]",
        ",",
        "{{q}}",
        "{{p}}",
    ]
)


def programs(frames: list[str], joints: list[str]) -> st.SearchStrategy[str]:
    """Expressions with placeholders between characters that mean something to the language."""
    inner = st.tuples(MARK, MARK, st.just("{{p}}"), MARK, MARK).map("".join)
    parts = st.lists(
        st.tuples(st.sampled_from(frames), inner).map(lambda part: part[0].replace("…", part[1])),
        min_size=1,
        max_size=3,
    )
    return st.tuples(parts, st.sampled_from(joints)).map(lambda program: "x = " + program[1].join(program[0]))


PYTHON = programs(
    [
        "'…'",
        '"…"',
        "'''…'''",
        '"""…"""',
        "r'…'",
        "b'…'",
        "f'…'",
        "f'{…}'",
        "f'{x:…}'",
        "(…)",
        "…",
        "[…]",
        "#…\n",
        "'a' #…\n",
    ],
    ["", " + ", "\n", ", "],
)
JAVASCRIPT = programs(
    [
        "'…'",
        '"…"',
        "`…`",
        "`${…}`",
        "`${`…`}`",
        "/…/",
        "/[…]/",
        "/(?:…)/u",
        "/*…*/1",
        "1//…\n",
        "(…)",
        "…",
        "[…]",
        "{…}",
        "f`…`",
        "(1)/…/1",
        "<!--…\n",
    ],
    ["", " + ", "\n", ", ", ";"],
)
MANY = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


@MANY
@given(source=PYTHON, one=HOSTILE, other=HOSTILE)
def test_no_value_changes_the_structure_of_a_python_program(source: str, one: Any, other: Any) -> None:
    if check_source(source, "python"):
        return
    bound = bind_source(source, "python")
    values = {"p": one, "q": other}
    try:
        rendered = ast.parse(bound.render(values.get))
    except (SyntaxError, ValueError):
        return  # a value may make a program invalid (`b'ñ'`); it then fails, and runs nothing
    assert shape(rendered) == shape(ast.parse(bound.render(lambda name: "x")))


def shape(tree: ast.AST) -> str:
    """A program without its constants: any value is the same as any other, and so is a text with or without parts."""

    class Blank(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            if is_value(node):
                return ast.Constant(0)
            return self.generic_visit(node)

    return ast.dump(Blank().visit(tree))


def is_value(node: ast.AST) -> bool:
    """Whether the node is data alone; a text with nothing to compute in it is, and so is -5."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant)
    if isinstance(node, ast.List | ast.JoinedStr):
        return all(map(is_value, node.elts if isinstance(node, ast.List) else node.values))
    return isinstance(node, ast.Dict) and all(map(is_value, [*filter(None, node.keys), *node.values]))


CANARY = "globalThis.pwned=1"
BREAKOUTS = st.sampled_from([
    f"'+({CANARY})+'", f'"+({CANARY})+"', f"`+({CANARY})+`", f"${{{CANARY}}}", f"\n{CANARY}\n", f"\u2028{CANARY}//", f"*/{CANARY}/*", f"/;{CANARY}//",
    f"\\'+({CANARY})+\\'", f"{CANARY}", f"]}};{CANARY}//", f"<!--\n{CANARY}", f"\r{CANARY}", "", "\\", "in globalThis.pwned", "'", '"', "`", "/", "*/", "//",
])  # fmt: skip


@MANY
@given(source=JAVASCRIPT, one=BREAKOUTS | HOSTILE, other=BREAKOUTS | HOSTILE)
def test_no_value_runs_as_javascript(source: str, one: Any, other: Any) -> None:
    """The author's own pieces cannot set `pwned`, so only a value that got out of its place could."""
    if check_source(source, "javascript"):
        return
    rendered = bind_source(source, "javascript").render({"p": one, "q": other}.get)
    context = _quickjs.Context()
    context.set_time_limit(0.2)
    try:
        context.eval(f"(async function () {{\n{rendered}\n}})().catch(() => {{}})")
        while context.execute_pending_job():
            pass
    except _quickjs.JSException:
        pass  # it is invalid or fails; what matters is below
    assert context.eval("typeof pwned") == "undefined"


@MANY
@given(source=JAVASCRIPT, one=HOSTILE, other=HOSTILE)
def test_no_value_changes_where_javascript_ends_or_begins_a_text(source: str, one: Any, other: Any) -> None:
    """What is a text for one value is a text for all: the compiler accepts an illegal character beside each."""
    if check_source(source, "javascript"):
        return
    bound = bind_source(source, "javascript")
    with_values, with_letters = bound.render({"p": one, "q": other}.get), bound.render(lambda name: "x")
    assert ends(with_values) == ends(with_letters) or not compiles(with_values)


def compiles(source: str) -> bool:
    return check_source(source, "javascript") == []


def ends(source: str) -> list[bool]:
    """Whether code, and not a text or comment, ends the source: seen by what may follow it."""
    return [compiles(source + tail) for tail in ("\n@", "'", '"', "`", "*/", "@")]
