"""What to use instead of a PostgreSQL function or operator that expressions do not have."""

from __future__ import annotations

from typing import Final

from botflow_runtime.expressions.errors import ExpressionError

_PATTERN: Final = "use ~ with a pattern, or regexp_replace"
_CURRENT: Final = "use now() or current_date"
_AGGREGATE: Final = "an expression sees one value at a time, so compute this in a code step"
_JSON: Final = "use ->, ->> or #>>"

EQUIVALENT_FUNCTIONS: Final[dict[str, str]] = {
    **dict.fromkeys(("regexp_match", "regexp_matches", "regexp_like", "regexp_count", "regexp_instr"), _PATTERN),
    "regexp_substr": "use substring(text from pattern)",
    "regexp_split_to_array": "use string_to_array(text, separator)",
    "string_to_table": "use string_to_array(text, separator)",
    **dict.fromkeys(("clock_timestamp", "statement_timestamp", "transaction_timestamp", "timeofday"), _CURRENT),
    **dict.fromkeys(("localtime", "current_time", "getdate", "sysdate", "curdate"), _CURRENT),
    **dict.fromkeys(("count", "sum", "avg", "min", "string_agg", "array_agg", "bool_and", "bool_or"), _AGGREGATE),
    "max": "use GREATEST(a, b)",
    "if": "use CASE WHEN ... THEN ... ELSE ... END",
    "iif": "use CASE WHEN ... THEN ... ELSE ... END",
    "ifnull": "use COALESCE(a, b)",
    "nvl": "use COALESCE(a, b)",
    "isnull": "use IS NULL",
    "len": "use length(text)",
    "ucase": "use upper(text)",
    "lcase": "use lower(text)",
    "instr": "use strpos(text, part)",
    "charindex": "use strpos(text, part)",
    "locate": "use strpos(text, part)",
    "contains": "use strpos(text, part) > 0, or text LIKE '%part%'",
    "ends_with": "use right(text, n) = 'part', or text LIKE '%part'",
    "format": "use || or concat",
    "to_number": "use a cast, text::numeric",
    "to_date": "use a cast, text::date",
    "to_timestamp": "use a cast, text::timestamp",
    "make_date": "use a cast, '2026-03-01'::date",
    "make_interval": "use a cast, '1 day'::interval",
    "datediff": "subtract the dates: date1 - date2",
    "dateadd": "add an interval: date + interval '1 day'",
    "year": "use extract(year from ...)",
    "month": "use extract(month from ...)",
    "day": "use extract(day from ...)",
    "div": "use trunc(a / b)",
    "log": "it has no equivalent here, compute it in a code step",
    "ln": "it has no equivalent here, compute it in a code step",
    "exp": "use power(2.718281828459045, n)",
    "cbrt": "use power(n, 1.0 / 3)",
    "random": "compute it in a code step, so that a conversation can be replayed",
    "pi": "write 3.141592653589793",
    "array_length": "use length or a comparison with = any(array)",
    "cardinality": "use a comparison with = any(array)",
    "array_position": "use = any(array)",
    "unnest": "use = any(array)",
    "substring_index": "use split_part(text, separator, n)",
    **dict.fromkeys(("jsonb_extract_path", "jsonb_extract_path_text", "json_extract_path_text", "json_extract"), _JSON),
    "jsonb_array_length": "use #>> to look at an element",
    "to_jsonb": "use a cast, text::jsonb",
    "to_json": "use a cast, text::jsonb",
    "pg_sleep": "use a step with a timeout",
}

EQUIVALENT_OPERATORS: Final[dict[str, str]] = {
    "@": "use abs(number)",
    "|/": "use sqrt(number)",
    "||/": "use power(number, 1.0 / 3)",
    "!": "use NOT",
    "!!": "use NOT",
    "&&": "use AND",
    "==": "use =",
    "===": "use =",
    "<=>": "use IS NOT DISTINCT FROM",
    "^@": "use starts_with(text, prefix)",
    "@>": "use -> or ->> and =",
    "<@": "use = any(array)",
    "?": "use -> 'key' IS NOT NULL",
    "#>": "use #>> for the text, or -> for each step",
    "#-": "use -> and ->>",
    "~~~": "use LIKE",
    **dict.fromkeys(("&", "|", "#", "<<", ">>"), "compute it in a code step"),
}


def refuse_operator(symbol: str, position: int) -> None:
    """Name what to use instead of an operator that expressions do not have. Raises ExpressionError for such a one."""
    if symbol in EQUIVALENT_OPERATORS:
        raise ExpressionError(f"The operator {symbol} is not supported: {EQUIVALENT_OPERATORS[symbol]}.", position)
