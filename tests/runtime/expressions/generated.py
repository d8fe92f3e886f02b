"""Expressions made at random from a typed grammar; the same seed makes the same ones."""

from __future__ import annotations

import random
import re
from typing import Any

from tests.runtime.expressions.cases import Case

# Texts that stand in quotes, one in four by way of a placeholder: `@name` in the grammar below.
QUOTED: dict[str, list[str]] = {
    "integer": ["0", "1", "-1", "2", "3", "7", "10", "100", "-15", " 5 ", "x", ""],
    "bigint": ["0", "-1", "3000000000", "9223372036854775807"],
    "numeric": ["0.5", "1.50", "-2.25", "3.14159", "0.001", "1e3", "12345678901234567890.5", "0.0", "-7.5", "NaN"],
    "extreme numeric": [
        "1",
        "-1",
        "1.0",
        "0.5",
        "1e400",
        "-1e400",
        "1e-400",
        "2147483648",
        "NaN",
        "Infinity",
        "-Infinity",
    ],
    "float": ["0.1", "1e15", "2.5", "-0.0", "1e-5", "123456.789", "NaN", "Infinity", "3", "1e300"],
    "text": [
        "",
        "a",
        "abc",
        "ABC",
        "Hello World",
        "it's",
        "añb",
        "10",
        "9",
        " x ",
        "a,b,c",
        "foo bar",
        "%",
        "a_c",
        "x\\y",
    ],
    "boolean": ["t", "f", "yes", "off", "x"],
    "date": ["2020-02-29", "1999-12-31", "2026-11-22", "0044-03-15 BC", "2000-01-01", "Jan 5, 2021"],
    "timestamp": ["2020-02-29 00:00", "1999-12-31 23:59:59.999999", "2026-11-22 12:34:56.789", "1970-01-01 06:07"],
    "timestamptz": ["2020-02-29 00:00+02", "1999-12-31 23:59:59Z", "2026-11-22 12:34:56.789"],
    "interval": [
        "1 day",
        "1 mon -2 days",
        "36:00",
        "-1 year 3 mons",
        "00:00:01.5",
        "0",
        "1 year 2 mons 3 days 4:05:06",
    ],
    "jsonb": [
        '{"a": 1}',
        '{"a": {"b": [1, "x", null]}, "c": true}',
        '[1, 2.50, "z"]',
        '"text"',
        "7",
        "null",
        "[]",
        "{}",
    ],
    "integers": ["{1,2,3}", "{}", "{1,NULL}", "{-5}"],
    "pattern": [
        "a",
        "^a",
        "b$",
        "[a-z]+",
        "\\d+",
        "\\mfoo",
        "(a|b)c?",
        "o*",
        "l+?",
        "^.{1,3}$",
        "\\w+\\M",
        "[^a]",
        "(?i)ABC",
        "x|y|",
        "(a|ab)(c|bcd)?",
        "(.)(.*?)o",
        "(.*)(o.*)",
        "([a-z]+)[ ,]",
        "(l|o)+",
        "[[:upper:]](.)",
        "(\\w)\\1",
        "(?=b).",
    ],
    "like": ["a%", "%b%", "_", "%", "", "ABC", "a\\_c", "%o_b%", "__%", "%\\"],
    "similar": ["a%", "(a|b)+", "_", "[a-c]*", "%o%", "a|abc", "%(o|b)%", "\\%"],
    "replacement": ["-", "<\\&>", "\\1", "", "\\\\"],
    "separator": [",", " ", "b", ""],
    "key": ["a", "b", "c", "0"],
    "path": ["{a,b}", "{a,b,1}", "{0}", "{}", "{-1}"],
    "date format": [
        "YYYY-MM-DD",
        "FMDay DDth FMMonth",
        "HH12:MI:SS.MS PM",
        "IYYY-IW-ID",
        "Dy D DDD CC J",
        "Q RM Y,YYY BC",
        "HH24 am",
    ],
    "interval format": ["YY MM DD HH24:MI:SS", "FMHH24:FMMI US", "HH12 AM"],
    "number format": [
        "999",
        "0999.99",
        "FM999.99",
        "9,999.9",
        "S99.9",
        "999PR",
        "FM0.999",
        "99MI",
        "9.99",
        "SG0.0",
        "FM9,990.0",
        "0,000",
        "999S",
        "PL99",
        "FM99.99PR",
        "th999th",
        "9 9.9",
        "FMS9.9",
    ],
}

_UNITS = [
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "week",
    "quarter",
    "decade",
    "century",
    "millennium",
    "milliseconds",
]

# Words of which one is taken: `#name` in the grammar.
WORDS: dict[str, list[str]] = {
    "small": ["0", "1", "2", "3", "-1", "5", "-2", "10"],
    "whole": ["0", "1", "-1", "2", "7", "100", "2147483647", "-2147483648"],
    "big": ["3000000000", "9223372036854775807", "0::bigint"],
    "decimal": ["0.5", "1.50", "2.25", "3.14159", "0.001", "100.0", "1e3", "12345678901234567890.5", "0.0"],
    "exponent": ["2", "3", "0.5", "-1", "-2.5", "10", "0"],
    "compare": ["=", "<>", "<", "<=", ">", ">=", "is distinct from", "is not distinct from"],
    "simple compare": ["=", "<>", "<", ">="],
    "arithmetic": ["+", "-", "*", "/", "%"],
    "float arithmetic": ["+", "-", "*", "/"],
    "sum": ["+", "-"],
    "not": ["", "not "],
    "test": ["true", "false", "unknown", "null"],
    "symmetric": ["", "symmetric "],
    "quantifier": ["any", "all"],
    "like": ["like", "ilike", "not like", "not ilike"],
    "match": ["~", "~*", "!~", "!~*"],
    "unit": _UNITS,
    "field": [*_UNITS, "dow", "isodow", "doy", "isoyear", "epoch", "julian", "microseconds"],
    "typmod": ["5,2", "10", "8,3", "3,-1"],
    "number function": ["abs", "ceil", "floor", "round", "trunc", "sign", "sqrt"],
    "text function": ["lower", "upper", "initcap", "reverse", "md5", "btrim", "ltrim", "rtrim"],
    "side": ["both", "leading", "trailing"],
    "pad": ["lpad", "rpad"],
    "end": ["left", "right"],
    "code": ["65", "97", "241", "48"],
}

# `<type>` is an expression of that type; `<any>` of whichever.
GRAMMAR: dict[str, list[str]] = {
    "boolean": [
        "<boolean> and <boolean>",
        "<boolean> or <boolean>",
        "not <boolean>",
        "<boolean> is #not#test",
        "<integer> #compare <integer>",
        "<numeric> #compare <numeric>",
        "<text> #compare <text>",
        "<date> #compare <date>",
        "<float> #compare <float>",
        "<interval> #compare <interval>",
        "<jsonb> #compare <jsonb>",
        "<timestamp> #compare <date>",
        "<timestamptz> #compare <timestamp>",
        "<integers> #compare <integers>",
        "<integer> #compare <numeric>",
        "<float> #compare <bigint>",
        "<any> #compare <any>",
        "<text> #compare @text",
        "<integer> #compare @integer",
        "<numeric> #compare @numeric",
        "<date> #compare @date",
        "<interval> #compare @interval",
        "<integer> #not in (<integer>, @integer, null)",
        "<text> #not in (@text, <text>, @text)",
        "<date> #not in (@date, @date)",
        "<integer> #not in (<numeric>, <float>)",
        "<integer> #not between #symmetric<integer> and <numeric>",
        "<text> #not between #symmetric@text and <text>",
        "<date> between @date and <timestamp>",
        "<integer> #{simple compare} #quantifier (<integers>)",
        "<text> #{simple compare} #quantifier (array[<text>, @text])",
        "<text> #like @like",
        "<text> #match @pattern",
        "<text> #match @pattern",
        "<text> #not similar to @similar",
        "starts_with(<text>, @text)",
        "<text> is #not null",
        "<any> is #not null",
    ],
    "integer": [
        "<integer> #arithmetic <integer>",
        "<integer> #arithmetic <integer>",
        "<integer> #arithmetic @integer",
        "- <integer>",
        "abs(<integer>)",
        "mod(<integer>, <integer>)",
        "length(<text>)",
        "octet_length(<text>)",
        "ascii(<text>)",
        "position(@text in <text>)",
        "strpos(<text>, @text)",
        "<numeric>::int",
        "<float>::int",
        "<bigint>::int",
        "<date> - <date>",
        "width_bucket(<numeric>, 0, 10, 5)",
        "width_bucket(<integer>, <integers>)",
        "<boolean>::int",
        "<text>::int",
        "(<integers>)[#small]",
    ],
    "bigint": [
        "<integer>::bigint",
        "<bigint> #arithmetic <integer>",
        "<bigint> #arithmetic <bigint>",
        "<numeric>::bigint",
        "#big",
    ],
    "numeric": [
        "<numeric> #arithmetic <numeric>",
        "<numeric> #arithmetic <numeric>",
        "<numeric> #arithmetic <integer>",
        "<numeric> / <numeric>",
        "<integer> / <numeric>",
        "#{number function}(<numeric>)",
        "round(<numeric>, #small)",
        "trunc(<numeric>, #small)",
        "mod(<numeric>, <integer>)",
        "power(<numeric>, #exponent::numeric)",
        "- <numeric>",
        "<numeric>::numeric(#typmod)",
        "extract(#field from <date>)",
        "extract(#field from <timestamp>)",
        "extract(#field from <interval>)",
        "extract(#field from <timestamptz>)",
        "<float>::numeric",
        "<jsonb>::numeric",
        "<numeric> ^ <numeric>",
        "<numeric> ^ @{extreme numeric}::numeric",
        "@{extreme numeric}::numeric ^ @{extreme numeric}::numeric",
    ],
    "float": [
        "<float> #{float arithmetic} <float>",
        "<float> #{float arithmetic} <numeric>",
        "<integer> #{float arithmetic} <float>",
        "#{number function}(<float>)",
        "#{number function}(<integer>)",
        "power(<float>, #exponent)",
        "<numeric>::float8",
        "<integer> ^ 2",
        "date_part('#field', <timestamp>)",
        "date_part('#field', <interval>)",
        "- <float>",
        "<float> ^ <float>",
    ],
    "text": [
        "<text> || <text>",
        "<text> || <any>",
        "<any> || @text",
        "#{text function}(<text>)",
        "#{text function}(<text>)",
        "trim(#side @text from <text>)",
        "substring(<text> from #small for #small)",
        "substring(<text> from @pattern)",
        "substring(<text> from @pattern)",
        "#end(<text>, #small)",
        "split_part(<text>, @separator, #small)",
        "replace(<text>, @text, @text)",
        "translate(<text>, @text, @text)",
        "overlay(<text> placing @text from #small for #small)",
        "regexp_replace(<text>, @pattern, @replacement, 'g')",
        "regexp_replace(<text>, @pattern, @replacement)",
        "concat(<text>, <any>, <any>)",
        "concat_ws(@separator, <text>, null, <any>)",
        "#pad(<text>, #small, @text)",
        "repeat(<text>, #small)",
        "chr(#code)",
        "<any>::text",
        "<any>::text",
        "to_char(<timestamp>, @{date format})",
        "to_char(<date>, @{date format})",
        "to_char(<interval>, @{interval format})",
        "to_char(<numeric>, @{number format})",
        "to_char(<integer>, @{number format})",
        "to_char(<float>, @{number format})",
        "<jsonb> ->> @key",
        "<jsonb> ->> #small",
        "<jsonb> #>> @path",
        "(string_to_array(<text>, @separator))[#small]",
    ],
    "date": ["<date> #sum <integer>", "<timestamp>::date", "<timestamptz>::date", "<date> #sum #small"],
    "timestamp": [
        "<timestamp> #sum <interval>",
        "<date> #sum <interval>",
        "date_trunc('#unit', <timestamp>)",
        "<date>::timestamp",
        "<timestamptz>::timestamp",
    ],
    "timestamptz": [
        "<timestamp>::timestamptz",
        "<timestamptz> #sum <interval>",
        "date_trunc('#unit', <date>)",
        "<date>::timestamptz",
    ],
    "interval": [
        "<timestamp> - <timestamp>",
        "<timestamp> - <date>",
        "age(<timestamp>, <timestamp>)",
        "age(<date>, <timestamptz>)",
        "<interval> #sum <interval>",
        "<interval> * #small",
        "<interval> * <float>",
        "<interval> / <numeric>",
        "- <interval>",
        "date_trunc('#unit', <interval>)",
        "#small * <interval>",
    ],
    "jsonb": ["<jsonb> -> @key", "<jsonb> -> #small", "<jsonb> || <jsonb>", "<text>::jsonb"],
    "integers": [
        "array[<integer>, <integer>]",
        "<integers> || <integer>",
        "<integers> || <integers>",
        "array[@integer, <integer>]",
    ],
}

# What works for every type.
WRAPPERS = [
    "case when <boolean> then {0} else {0} end",
    "case when <boolean> then {0} end",
    "case <integer> when <integer> then {0} end",
    "coalesce({0}, {0})",
    "nullif({0}, {0})",
    "greatest({0}, {0})",
    "least({0}, {0})",
    "coalesce(null, {0})",
]

ATOMS: dict[str, list[str]] = {
    "boolean": ["true", "false", "@boolean::boolean"],
    "integer": ["#whole", "#small", "@integer::int"],
    "bigint": ["#big", "@bigint::bigint"],
    "numeric": ["#decimal", "@numeric::numeric"],
    "float": ["@float::float8"],
    "text": ["@text", "@text::text"],
    "date": ["date @date"],
    "timestamp": ["timestamp @timestamp"],
    "timestamptz": ["timestamptz @timestamptz"],
    "interval": ["interval @interval"],
    "jsonb": ["@jsonb::jsonb"],
    "integers": ["@integers::int[]"],
}

_SLOT = re.compile(r"(#>>)|<(\w+)>|#(?:\{([^}]+)\}|(\w+))|@(?:\{([^}]+)\}|(\w+))")
_KINDS = list(GRAMMAR)
PLACEHOLDER_CHANCE = 0.25
PART_CHANCE = 0.2
NULL_CHANCE = 0.03
WRAPPER_CHANCE = 0.1


class Generator:
    """Makes expressions from the grammar, with placeholders and their values here and there."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.values: dict[str, Any] = {}

    def case(self) -> Case:
        """A new expression of any type, a condition more often than not."""
        self.values = {}
        kind = self.random.choice(["boolean"] * len(_KINDS) + _KINDS)
        return Case("generated", self.make(kind, self.random.randint(1, 4)), self.values)

    def make(self, kind: str, depth: int) -> str:
        if kind == "any":
            kind = self.random.choice(_KINDS)
        if self.random.random() < NULL_CHANCE:
            return "null"
        if depth <= 0:
            return self.filled(self.random.choice(ATOMS[kind]), 0)
        if self.random.random() < WRAPPER_CHANCE:
            template = self.random.choice(WRAPPERS).replace("{0}", f"<{kind}>")
        else:
            template = self.random.choice(GRAMMAR[kind])
        return f"({self.filled(template, depth - 1)})"

    def filled(self, template: str, depth: int) -> str:
        def fill(match: re.Match[str]) -> str:
            operator, kind, long_word, word, long_literal, literal = match.groups()
            if operator:
                return operator
            if kind:
                return self.make(kind, depth)
            if literal or long_literal:
                return self.quoted(self.random.choice(QUOTED[literal or long_literal]))
            return self.random.choice(WORDS[word or long_word])

        return _SLOT.sub(fill, template)

    def quoted(self, text: str) -> str:
        """A literal, now and then with a placeholder for all of it or for its end."""
        if self.random.random() >= PLACEHOLDER_CHANCE:
            return "'" + text.replace("'", "''") + "'"
        name = f"v{len(self.values)}"
        kept = 1 if len(text) > 1 and self.random.random() < PART_CHANCE else 0
        self.values[name] = text[kept:]
        return f"'{text[:kept]}{{{{{name}}}}}'"


def generated_cases(seed: int, count: int) -> list[Case]:
    """So many expressions of one seed."""
    generator = Generator(seed)
    return [generator.case() for _ in range(count)]
