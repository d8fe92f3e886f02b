"""What an author and the engine see of expressions (CN-3, engine.md 11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botflow_runtime import expressions
from botflow_runtime.errors import BotflowError, HostError
from botflow_runtime.expressions import UNFORESEEN, CompiledExpression, ExpressionError, compile_expression
from botflow_runtime.expressions import moment as moment_module
from botflow_runtime.expressions.budget import begin_turn, end_turn

GUIDE = "length('{{attribute.name}}') >= 5 or ('{{attribute.city}}' = 'Chicago' and '{{attribute.Country}}' <= 3)"


def refusal(text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text)
    return caught.value


def failure(text: str, values: Mapping[str, Any]) -> ExpressionError:
    expression = compile_expression(text)
    with pytest.raises(ExpressionError) as caught:
        expression(values)
    return caught.value


def outcome(text: str, values: Mapping[str, Any]) -> bool | str | None:
    """What an expression gives, or "refused" where it is refused or cannot be computed."""
    try:
        return compile_expression(text)(values)
    except ExpressionError as error:
        if isinstance(error.__cause__, UNFORESEEN):
            raise  # a fault of ours, which the last line only covers
        return "refused"


# values


def test_the_guides_expression() -> None:
    expression = compile_expression(GUIDE)
    ann = {"attribute.name": "Ann", "attribute.city": "Chicago", "attribute.Country": 3}
    assert expression(ann) is True
    assert expression({**ann, "attribute.city": "Boston"}) is False
    assert expression.placeholders == ("attribute.name", "attribute.city", "attribute.Country")
    assert expression.text == GUIDE


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("text", "text"),
        (3, "3"),
        (2.5, "2.5"),
        (True, "true"),
        (False, "false"),
        (None, ""),
        ("", ""),
        ([1, "ñ"], '[1,"ñ"]'),
        ({"a": None}, '{"a":null}'),
        ("{{other}}", "{{other}}"),
        ("it's", "it's"),
        ("' or true or '", "' or true or '"),
        ("back\\slash", "back\\slash"),
    ],
)
def test_a_value_is_printed_into_its_literal_and_stays_there(value: Any, printed: str) -> None:
    wanted = printed.replace("'", "''")
    assert compile_expression(f"'<{{{{x}}}}>' = '<{wanted}>'")({"x": value, "other": "{{other}}"})


def test_an_unknown_name_is_empty_text() -> None:
    assert compile_expression("'{{nobody}}' = ''")({}) is True


def test_values_are_read_by_get_alone() -> None:
    class OnlyGet(Mapping[str, Any]):
        asked: list[str] = []

        def get(self, key: str, default: Any = None) -> Any:
            self.asked.append(key)
            return "5"

        def __getitem__(self, key: str) -> Any:
            raise AssertionError(key)

        def __iter__(self) -> Iterator[str]:
            raise AssertionError

        def __len__(self) -> int:
            raise AssertionError

    values = OnlyGet()
    assert compile_expression("'{{a}}' > 3 and '{{b.c.0}}' = '5'")(values) is True
    assert values.asked == ["a", "b.c.0"]


def test_a_literal_takes_the_other_sides_type_when_it_is_read() -> None:
    expression = compile_expression("'{{price}}' >= 9")
    assert expression({"price": "10"}) is True
    assert expression({"price": 10}) is True
    for unreadable in ("abc", "", "9.5", None):
        with pytest.raises(ExpressionError, match="cannot be read as integer"):
            expression({"price": unreadable})


def test_reading_is_not_cut_short() -> None:
    assert failure("false and '{{x}}' <= 3", {"x": "abc"}).column == 11


def test_unknown_is_none() -> None:
    assert compile_expression("null::int > 3")({}) is None
    assert compile_expression("'{{flag}}'")({"flag": "yes"}) is True


# time


def test_now_is_the_time_of_the_event(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoClock:
        @staticmethod
        def now(zone: Any) -> datetime:
            raise AssertionError("the clock was read")

    expression = compile_expression("now() = '2026-03-01 10:00+00' and current_date = '2026-03-01'")
    monkeypatch.setattr(moment_module, "datetime", NoClock)
    assert expression({}, now=datetime(2026, 3, 1, 10, tzinfo=UTC)) is True
    assert compile_expression("1 = 1")({}) is True


def test_without_an_event_the_clock_is_read() -> None:
    assert compile_expression("now() > '2026-01-01'")({}) is True


def test_a_time_without_a_zone_is_the_hosts_mistake() -> None:
    with pytest.raises(HostError, match="time zone"):
        compile_expression("true")({}, now=datetime(2026, 3, 1))


@pytest.mark.parametrize("value", ["a\0b", "\ud800", ["\ud800"]])
def test_a_text_that_postgresql_cannot_hold_is_an_error(value: Any) -> None:
    for text in ("'{{x}}' = 'a'", "'{{x}}' ~ 'a'", "'{{x}}'::jsonb ->> 'a' = 'a'", "md5('{{x}}') = ''"):
        failure(text, {"x": value})


# refusals: what is wrong, where, and what to do


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            "length('{{attribute.name}}' >= 5 or ('{{attribute.city}}' = 'Chicago' and '{{attribute.Country}}' <= 3)",
            GUIDE,
        ),
        ("length('{{attribute.name}}' >= 5)", "length('{{attribute.name}}') >= 5"),
        ("('a' = 'b' or '{{x}}' = 'c'", "('a' = 'b' or '{{x}}' = 'c')"),
        ("'a' = 'b')", "'a' = 'b'"),
        ("{{age}} > 3", "'{{age}}' > 3"),
        ("lower('{{city}}' = 'chicago') and true", "lower('{{city}}') = 'chicago' and true"),
    ],
)
def test_a_slip_is_put_right(written: str, meant: str) -> None:
    error = refusal(written)
    assert error.suggestion == meant
    assert meant in str(error)
    compile_expression(meant)


@pytest.mark.parametrize(
    ("text", "position", "part"),
    [
        ("", 0, "empty"),
        ("   ", 0, "empty"),
        ("1 + 1", 2, "must be true or false"),
        ("'{{x}}' = 1 and 5", 16, "must be true or false"),
        ("'abc' <= 3", 0, "cannot be read as integer"),
        ("city = 'Chicago'", 0, "'{{city}}'"),
        ('"city" = 1', 0, "'city'"),
        ("(select 1) = 1", 1, "Sub-queries"),
        ("exists (select 1)", 8, "SELECT"),
        ("1 = any (select 1)", 9, "Sub-queries"),
        ("1 in (select 1)", 6, "Sub-queries"),
        ("true; drop table x", 4, "semicolon"),
        ("true from x", 5, "FROM"),
        ("true where x", 5, "WHERE"),
        ("(1, 2) = (1, 2)", 0, "Rows"),
        ("row(1) = row(1)", 0, "Rows"),
        ("'a' = 'b' 'c'", 10, "operator"),
        ("true tru", 5, "operator"),
        ("'a", 0, "quote is not closed"),
        ("$$a", 0, "quote is not closed"),
        ("/* a", 0, "comment is not closed"),
        ("1 = 2 = 3", 6, "chained"),
        ("12abc = 1", 2, "after the number"),
        ("1 = \\ 2", 4, "no place"),
        ("U&'a' = 'a'", 0, "U&"),
        ("now() at time zone 'UTC' > now()", 6, "AT TIME ZONE"),
        ("'a' collate \"C\" = 'a'", 4, "COLLATE"),
        ("count(*) > 1", 6, "not supported"),
        ("rank() over () = 1", 7, "OVER"),
        ("'5'::smallint = 5", 3, "use integer"),
        ("'5'::varchar = '5'", 3, "use text"),
        ("'5'::json ->> 'a' = '5'", 3, "use jsonb"),
        ("'5'::text(3) = '5'", 3, "parentheses"),
        ("'a' = any('{{a},{b}}')", 10, "Arrays of arrays"),
        ("5 > true", 2, "no operation"),
        ("'1' + '1' = 2", 4, "not clear"),
        ("case when 1 then true end", 10, "must be true or false"),
        ("case when true then 1 else 'a'::text end = 1", 0, "mixes types"),
        ("length(5) = 1", 0, "There is no function length(integer)"),
        ("interval '1' day = '1 day'", 13, "interval '1 day'"),
        ("lower(distinct 'a') = 'a'", 6, "distinct"),
        ("nullif(1) = 1", 0, "two values"),
        ("1 is 2", 5, "After IS"),
        ("current_date() = now()", 12, "no parentheses"),
        ("'{{x}}' ~ '(a'", 10, "not valid"),
        ("1 / 0 = 1 and '{{x}}' = 'a'", 2, "zero"),
    ],
)
def test_a_refusal_says_where_and_what_to_do(text: str, position: int, part: str) -> None:
    error = refusal(text)
    assert part in error.message
    assert error.position == position
    assert isinstance(error, BotflowError)


@pytest.mark.parametrize(
    ("text", "name", "equivalent"),
    [
        ("regexp_matches('a', 'b') = '{a}'", "regexp_matches", "~"),
        ("ifnull('{{x}}', 'a') = 'a'", "ifnull", "COALESCE"),
        ("len('{{x}}') = 1", "len", "length"),
        ("to_number('5', '9') = 5", "to_number", "::numeric"),
        ("clock_timestamp() > now()", "clock_timestamp", "now()"),
        ("max(1) = 1", "max", "GREATEST"),
        ("random() > 0.5", "random", "code step"),
        ("pg_sleep(1) is null", "pg_sleep", "timeout"),
        ("frobnicate('x')", "frobnicate", "reference"),
        ("@ 5 = 5", "@", "abs"),
        ("|/ 4 = 2", "|/", "sqrt"),
        ("'{}'::jsonb @> '{}'", "@>", "->"),
        ("1 == 1", "==", "use ="),
        ("true && false", "&&", "AND"),
        ("'{{a}}' = 'x' && '{{b}}' = 'y'", "&&", "use AND"),
        ("'{{a}}' == 'x' && '{{b}}' == 'y'", "==", "use ="),
    ],
)
def test_what_is_outside_names_its_equivalent(text: str, name: str, equivalent: str) -> None:
    message = refusal(text).message
    assert name in message
    assert equivalent in message


def test_line_and_column_are_counted_from_one() -> None:
    error = refusal("true and\n  foo('x')")
    assert (error.line, error.column) == (2, 3)
    assert "line 2, column 3" in str(error)


# bounds


@pytest.mark.parametrize(
    "text",
    [
        "repeat('{{x}}', 2000000000) = ''",
        "length(repeat(repeat(repeat('x', 1000), 1000), 1000)) = 1",
        "lpad('a', 2000000000) = ''",
        "length(replace(repeat('a', 100000), 'a', repeat('b', 100000))) = 1",
        "length(regexp_replace(repeat('a', 5000), 'a', repeat('b', 5000), 'g')) = 1",
        "9.9 ^ 99999999 > 1",
        "(1 + 1e-4000) ^ 0.5 > 1",
        "(1e4000 - 1) ^ 0.1 > 1",
        "'{{x}}'::numeric > 1e200000",
        "string_to_array(repeat('a,', 20000), ',') = '{}'",
        "'{{x}}' ~ '(a|aa)+\\1$'",
        "substring(repeat('ab', 3000) from '((a|b)*(ab|a|b)*)*c?((a|b)*)$') = ''",
        "regexp_replace(repeat('{{x}}', 10000), '.', '', 'g') = ''",
        "regexp_replace(repeat('a', 2000), '.*', repeat('\\\\&', 400000)) = ''",
        "repeat('a', 100000) || '{{x}}' like '%' || repeat('a', 20000) || '_c'",
    ],
)
def test_nothing_takes_the_machine(text: str) -> None:
    began = perf_counter()
    with pytest.raises(ExpressionError):
        compile_expression(text)({"x": "a" * 60 + "b"})
    assert perf_counter() - began < 2


@pytest.mark.parametrize(
    "text",
    [
        "btrim('{{x}}', repeat(chr(353), 100000) || 'a') = ''",
        "ltrim('{{x}}', repeat(chr(353), 100000) || 'a') = ''",
        "rtrim('{{x}}', repeat(chr(353), 100000) || 'a') = ''",
    ],
)
def test_to_trim_many_characters_takes_no_longer_than_its_texts(text: str) -> None:
    began = perf_counter()
    assert compile_expression(text)({"x": "a" * 200_000})
    assert perf_counter() - began < 2


def test_only_what_matches_at_an_end_is_trimmed() -> None:
    some = "abcdefghijklmnopqrstuvw"
    for name, trimmed in (("btrim", "x-a-x"), ("ltrim", "x-a-xba"), ("rtrim", "abx-a-x")):
        assert outcome(f"{name}('{{{{t}}}}', '{some}') = '{trimmed}'", {"t": "abx-a-xba"}) is True


def test_what_a_replacement_of_all_matches_costs_grows_with_the_text_alone() -> None:
    begin_turn()
    try:
        assert outcome("length(regexp_replace('{{x}}', ' ', 'long', 'g')) = 15000", {"x": "a " * 3_000}) is True
    finally:
        end_turn()


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5_000 + "true" + ")" * 5_000,
        "not " * 5_000 + "true",
        "- " * 5_000 + "1 = 1",
        "1" + " + 1" * 5_000 + " = 1",
        "true" + " and true" * 5_000,
        "case when true then " * 500 + "true" + " end" * 500,
        "'a' ~ '" + "(" * 5_000 + ")" * 5_000 + "'",
    ],
)
def test_deep_nesting_is_refused_or_works(text: str) -> None:
    assert outcome(text, {}) in (True, False, None, "refused")


def test_a_long_chain_is_no_deep_one() -> None:
    assert compile_expression(" or ".join(["'{{x}}' = 'a'"] * 500))({"x": "a"}) is True


PIECES = st.sampled_from(
    [
        *("' '' ( ) [ ] , . ; :: + - * / % ^ < > = <> || ~ !~* -> ->> #>> $$ E' \\ /* -- \" {{x}} $1 ? @ {".split()),
        *("and or not is null true in between like similar to escape case when then else end any all array".split()),
        *("cast as interval date '1' 'a' '{{x}}' 1 2.5 1e5 length( lower( extract( year from substring( for".split()),
        *("now() coalesce( nullif( ::int ::text[] ::numeric(3,1) current_date position( overlay( placing".split()),
    ]
)


@given(st.lists(PIECES, max_size=12).map(" ".join), st.text(max_size=5))
def test_any_text_is_computed_or_refused(text: str, value: str) -> None:
    assert outcome(text, {"x": value}) in (True, False, None, "refused")


@given(st.text(max_size=30))
def test_any_text_as_a_pattern_ends(pattern: str) -> None:
    for text in ("'{{x}}' ~ '{{p}}'", "'{{x}}' like '{{p}}'", "'{{x}}' similar to '{{p}}'"):
        assert outcome(text, {"p": pattern, "x": "aaaa b1ñ"}) in (True, False, "refused")


@pytest.mark.parametrize("fault", UNFORESEEN)
def test_a_fault_of_ours_is_an_expression_that_cannot_be_computed(fault: type[Exception]) -> None:
    class Values:
        def get(self, name: str) -> Any:
            raise fault

    with pytest.raises(ExpressionError, match="could not be computed") as caught:
        compile_expression("'{{x}}' = 'a'")(Values())
    assert isinstance(caught.value.__cause__, fault)


def test_a_fault_of_ours_in_a_constant_is_an_expression_that_cannot_be_compiled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def parse(text: str) -> None:
        raise ValueError

    monkeypatch.setattr(expressions, "parse", parse)
    assert "could not be computed" in str(refusal("1 = 1"))


def test_one_expression_serves_many_calls() -> None:
    expression: CompiledExpression = compile_expression("'{{n}}' % 2 = 0")
    assert [expression({"n": number}) for number in range(4)] == [True, False, True, False]
    assert repr(expression) == "CompiledExpression(\"'{{n}}' % 2 = 0\")"
