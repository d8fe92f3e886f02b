"""The grammar of an expression: PostgreSQL's `a_expr`, with its precedences, less what reads tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NoReturn

from botflow_runtime.expressions.equivalents import refuse_operator
from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.lexer import Token, tokenize
from botflow_runtime.expressions.limits import MAX_DEPTH, MAX_EXPRESSION_CHARACTERS
from botflow_runtime.expressions.syntax import (
    Array,
    Call,
    Case,
    Cast,
    Choice,
    Distinct,
    In,
    Is,
    Keyword,
    Literal,
    Logical,
    Node,
    Not,
    Number,
    Operation,
    Quantified,
    Subscript,
)

# PostgreSQL's precedences, lowest first.
OR, AND, NOT, IS, COMPARISON, MEMBERSHIP, OTHER, SUM, PRODUCT, POWER, SIGN, INDEX, CAST = range(1, 14)

_POWERS: Final = {
    **dict.fromkeys(("<", ">", "=", "<=", ">=", "<>"), COMPARISON),
    **dict.fromkeys("+-", SUM),
    **dict.fromkeys("*/%", PRODUCT),
    "^": POWER,
}
_LIKE: Final = {"like": ("~~", "!~~"), "ilike": ("~~*", "!~~*"), "similar": ("~", "!~")}
_WORD_POWERS: Final = {"or": OR, "and": AND, "is": IS, "isnull": IS, "notnull": IS}
_TWO_WORD_TYPES: Final = {"double": "precision", "character": "varying", "char": "varying", "bit": "varying"}
_NO_ARGUMENT: Final = frozenset({"true", "false", "null", "current_date", "current_timestamp", "localtimestamp"})
_CHOICES: Final = frozenset({"coalesce", "greatest", "least", "nullif"})
_QUANTIFIERS: Final = frozenset({"any", "some", "all"})
_STATEMENT_WORDS: Final = frozenset({"select", "with", "values", "table", "exists", "from", "where"})
_AFTER_CALL: Final = frozenset({"over", "filter", "within"})
_TYPED_LITERALS: Final = frozenset(
    [
        "int",
        "int4",
        "integer",
        "bigint",
        "int8",
        "numeric",
        "decimal",
        "dec",
        "float",
        "float8",
        "double",
        "text",
        "bool",
        "boolean",
        "date",
        "timestamp",
        "timestamptz",
        "interval",
        "jsonb",
        "json",
        "varchar",
        "char",
        "character",
        "bpchar",
        "smallint",
        "int2",
        "real",
        "float4",
        "time",
        "timetz",
        "bytea",
        "uuid",
        "money",
    ]
)


def parse(text: str) -> Node:
    """Build the tree of one expression. Raises ExpressionError with the place of the first mistake."""
    if len(text) > MAX_EXPRESSION_CHARACTERS:
        raise ExpressionError(f"An expression has at most {MAX_EXPRESSION_CHARACTERS} characters: split it.")
    return Parser(tokenize(text)).whole()


class Parser:
    """A precedence-climbing parser over the tokens of one expression."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.index = 0
        self.token = tokens[0]
        self.depth = 0

    def whole(self) -> Node:
        if self.token.kind == "end":
            raise ExpressionError("The expression is empty: write a condition.", 0)
        node = self.expression()
        if self.token.kind != "end":
            self.refuse_rest()
        return node

    # tokens

    def advance(self) -> Token:
        token = self.token
        if token.kind != "end":
            self.index += 1
            self.token = self.tokens[self.index]
        return token

    def following(self) -> Token:
        return self.tokens[min(self.index + 1, len(self.tokens) - 1)]

    def at(self, text: str) -> bool:
        return self.token.text == text and self.token.kind in ("word", "operator", "punctuation")

    def accept(self, text: str) -> bool:
        if self.at(text):
            self.advance()
            return True
        return False

    def expect(self, text: str, opened: Token | None = None) -> Token:
        if self.at(text):
            return self.advance()
        if text == ")" and opened is not None and self.token.kind == "end":
            raise ExpressionError("A parenthesis is not closed: add ) where it ends.", opened.position)
        raise ExpressionError(f"Expected {text} {self.before()}.", self.token.position)

    def before(self) -> str:
        return "at the end" if self.token.kind == "end" else f"before {self.token.text or 'the quoted text'}"

    def refuse_rest(self) -> NoReturn:
        token = self.token
        if token.text == ";":
            raise ExpressionError(
                "An expression is one condition, not a statement: remove the semicolon.", token.position
            )
        if token.text == ")":
            raise ExpressionError("A parenthesis is closed that was never opened: remove it.", token.position)
        if token.text in _STATEMENT_WORDS:
            raise ExpressionError(
                f"{token.text.upper()} reads tables, which an expression cannot: use a placeholder, '{{{{name}}}}'.",
                token.position,
            )
        if token.text in ("collate", "at"):
            what = "COLLATE" if token.text == "collate" else "AT TIME ZONE"
            raise ExpressionError(f"{what} is not supported: remove it.", token.position)
        raise ExpressionError(f"An operator (AND, OR, = ...) is missing {self.before()}.", token.position)

    # operators

    def expression(self, minimum: int = OR) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(
                f"The expression is nested more than {MAX_DEPTH} deep: split it.", self.token.position
            )
        left = self.prefix()
        unchainable = 0
        while (power := self.power()) >= minimum:
            if power == unchainable:
                raise ExpressionError(
                    "Comparisons cannot be chained: join them with AND, or use parentheses.", self.token.position
                )
            left, unchainable = self.infix(left, power)
        self.depth -= 1
        return left

    def power(self) -> int:
        kind, text = self.token.kind, self.token.text
        if kind == "operator":
            return _POWERS.get(text, OTHER)
        if kind == "punctuation":
            return CAST if text == "::" else INDEX if text == "[" else 0
        return self.word_power(text) if kind == "word" else 0

    def word_power(self, text: str) -> int:
        if text in _WORD_POWERS:
            return _WORD_POWERS[text]
        if text == "not":
            text = self.following().text
        if text == "similar":
            return MEMBERSHIP if self.tokens[self.index + (2 if self.at("not") else 1)].text == "to" else 0
        return MEMBERSHIP if text in ("like", "ilike", "in", "between") else 0

    def infix(self, left: Node, power: int) -> tuple[Node, int]:
        """The operation that begins at this token, and the power at which no other may follow it."""
        token = self.advance()
        if power <= AND:
            return self.chain(left, token, power), 0
        if power == IS:
            return self.is_test(left, token)
        if power == MEMBERSHIP:
            return self.membership(left, token)
        if power == CAST:
            return Cast(token.position, left, *self.type_name()), 0
        if power == INDEX:
            return self.subscript(left, token), 0
        # before its operands are read: && binds more tightly than the comparisons that its writer meant to join
        refuse_operator(token.text, token.position)
        return self.operation(left, token, token.text, power), COMPARISON if power == COMPARISON else 0

    def chain(self, left: Node, token: Token, power: int) -> Node:
        right = self.expression(power + 1)
        if isinstance(left, Logical) and left.operator == token.text and left.position >= 0:
            left.operands.append(right)
            return left
        return Logical(token.position, token.text, [left, right])

    def operation(self, left: Node, token: Token, operator: str, power: int) -> Node:
        if self.token.text in _QUANTIFIERS and self.token.kind == "word" and self.following().text == "(":
            return self.quantified(left, token, operator)
        return Operation(token.position, operator, [left, self.expression(power + 1)])

    def quantified(self, left: Node, token: Token, operator: str) -> Node:
        every = self.advance().text == "all"
        opened = self.advance()
        self.refuse_subquery()
        array = self.expression()
        self.expect(")", opened)
        return Quantified(token.position, left, operator, every, array)

    def subscript(self, left: Node, token: Token) -> Node:
        index = self.expression()
        self.expect("]")
        return Subscript(token.position, left, index)

    def is_test(self, left: Node, token: Token) -> tuple[Node, int]:
        if token.text in ("isnull", "notnull"):
            return Is(token.position, left, "null", token.text == "notnull"), 0
        negated = self.accept("not")
        if self.accept("distinct"):
            self.expect("from")
            return Distinct(token.position, left, self.expression(COMPARISON), negated), IS
        for test in ("null", "true", "false", "unknown"):
            if self.accept(test):
                return Is(token.position, left, test, negated), 0
        raise ExpressionError("After IS comes [NOT] NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM.", self.token.position)

    def membership(self, left: Node, token: Token) -> tuple[Node, int]:
        negated = token.text == "not"
        word = self.advance() if negated else token
        if word.text == "in":
            return self.in_list(left, token, negated), 0
        if word.text == "between":
            return self.between(left, token, negated), MEMBERSHIP
        return self.like(left, token, word.text, negated), MEMBERSHIP

    def in_list(self, left: Node, token: Token, negated: bool) -> Node:
        opened = self.expect("(")
        self.refuse_subquery()
        return In(token.position, left, self.list_until_close(opened), negated)

    def list_until_close(self, opened: Token) -> list[Node]:
        items = [self.expression()]
        while self.accept(","):
            items.append(self.expression())
        self.expect(")", opened)
        return items

    def between(self, left: Node, token: Token, negated: bool) -> Node:
        symmetric = self.accept("symmetric")
        if not symmetric:
            self.accept("asymmetric")
        low = self.expression(OTHER)
        self.expect("and")
        high = self.expression(OTHER)
        position = token.position

        def within(lower: Node, upper: Node) -> Node:
            first, second = ("<", ">") if negated else (">=", "<=")
            bounds: list[Node] = [
                Operation(position, first, [left, lower]),
                Operation(position, second, [left, upper]),
            ]
            return Logical(-1, "or" if negated else "and", bounds)

        if not symmetric:
            return within(low, high)
        return Logical(-1, "and" if negated else "or", [within(low, high), within(high, low)])

    def like(self, left: Node, token: Token, word: str, negated: bool) -> Node:
        operator = _LIKE[word][negated]
        if word == "similar":
            self.expect("to")
        if self.token.text in _QUANTIFIERS and word != "similar":
            return self.quantified(left, token, operator)
        pattern = self.expression(OTHER)
        escape = [self.expression(OTHER)] if self.accept("escape") else []
        if word == "similar":
            pattern = Call(token.position, "similar_to_escape", [pattern, *escape])
        elif escape:
            pattern = Call(token.position, "like_escape", [pattern, *escape])
        return Operation(token.position, operator, [left, pattern])

    # operands

    def prefix(self) -> Node:
        token = self.token
        if token.kind == "literal":
            return Literal(self.advance().position, token.parts)
        if token.kind == "number":
            return Number(self.advance().position, token.text)
        if token.kind == "word":
            return self.word()
        if token.kind == "operator":
            return self.signed()
        if self.at("("):
            return self.parenthesised()
        if token.kind == "name":
            return self.name()
        raise ExpressionError(f"A value is missing {self.before()}.", token.position)

    def signed(self) -> Node:
        token = self.advance()
        power = SIGN if token.text in ("+", "-") else OTHER
        operand = self.expression(power)
        if token.text == "-" and isinstance(operand, Number):
            # PostgreSQL's grammar negates a bare number itself, so -2147483648 is an integer.
            return Number(token.position, operand.text[1:] if operand.text.startswith("-") else f"-{operand.text}")
        return Operation(token.position, token.text, [operand])

    def parenthesised(self) -> Node:
        opened = self.advance()
        self.refuse_subquery()
        node = self.expression()
        if self.at(","):
            raise ExpressionError("Rows are not supported: compare each value, joined with AND.", opened.position)
        self.expect(")", opened)
        if isinstance(node, Number):
            # (5) is no longer a bare number: -(5) is an operation.
            return Cast(node.position, node, "", ())
        if isinstance(node, Logical):
            # A chain in parentheses is an operand of its own.
            return Logical(-1, node.operator, node.operands)
        return node

    def refuse_subquery(self) -> None:
        if self.token.kind == "word" and self.token.text in ("select", "with", "values", "table"):
            raise ExpressionError(
                "Sub-queries are not supported: an expression knows only placeholders such as '{{name}}'.",
                self.token.position,
            )

    def name(self) -> Node:
        token = self.advance()
        if self.at("("):
            return self.call(token)
        quoted = token.text.replace("'", "''")
        raise ExpressionError(
            f"Double quotes name a column, and an expression has none: write '{quoted}' for text.", token.position
        )

    def word(self) -> Node:
        token = self.token
        special = _SPECIAL_FORMS.get(token.text)
        if special is not None:
            return special(self)
        if token.text in _NO_ARGUMENT:
            return self.keyword()
        if token.text in _TYPED_LITERALS and (typed := self.typed_literal()) is not None:
            return typed
        if self.following().text == "(" and self.following().kind == "punctuation":
            return self.call(self.advance())
        if token.text in _STATEMENT_WORDS:
            self.refuse_rest()
        raise ExpressionError(
            f"{token.text} is not known: put text in quotes, '{token.text}', or name a variable, "
            f"'{{{{{token.text}}}}}'.",
            token.position,
        )

    def keyword(self) -> Node:
        token = self.advance()
        if self.at("("):
            raise ExpressionError(f"{token.text} takes no parentheses: remove them.", self.token.position)
        return Keyword(token.position, token.text)

    def typed_literal(self) -> Node | None:
        """`date '2026-03-01'`: a literal whose type is written before it."""
        start = self.index
        position = self.token.position
        if self.following().text not in ("(", "precision", "varying", "with", "without") and (
            self.following().kind != "literal"
        ):
            return None
        if self.following().text == "(" and self.token.text not in ("numeric", "decimal", "dec", "timestamp"):
            return None
        name, modifiers = self.type_name()
        if self.token.kind == "literal":
            literal = self.advance()
            if self.token.kind == "word" and self.token.text in _INTERVAL_FIELDS:
                raise ExpressionError(
                    f"Write the unit inside the quotes: interval '1 {self.token.text}'.", self.token.position
                )
            return Cast(position, Literal(literal.position, literal.parts), name, modifiers)
        self.index = start
        self.token = self.tokens[start]
        return None

    def call(self, name: Token) -> Node:
        opened = self.expect("(")
        if self.token.text in ("distinct", "variadic") or self.at("*"):
            raise ExpressionError(
                f"{self.token.text} is not supported in a call: list the values.", self.token.position
            )
        arguments = [] if self.accept(")") else self.list_until_close(opened)
        if self.token.kind == "word" and self.token.text in _AFTER_CALL:
            raise ExpressionError(f"{self.token.text.upper()} is not supported: remove it.", self.token.position)
        return Call(name.position, name.text, arguments)

    # types

    def type_name(self) -> tuple[str, tuple[int, ...]]:
        """A type's name as written, in lower case (`timestamp with time zone`, `integer[]`), and its modifiers."""
        if self.token.kind != "word":
            raise ExpressionError(f"A type's name is missing {self.before()}.", self.token.position)
        name = self.advance().text
        if _TWO_WORD_TYPES.get(name) == self.token.text:
            name = f"{name} {self.advance().text}"
        modifiers = self.modifiers()
        if name in ("timestamp", "time") and self.token.text in ("with", "without"):
            name = f"{name} {self.advance().text} time zone"
            self.expect("time")
            self.expect("zone")
        return name + self.array_suffix(), modifiers

    def modifiers(self) -> tuple[int, ...]:
        if not self.at("("):
            return ()
        opened = self.advance()
        numbers = [self.modifier()]
        while self.accept(","):
            numbers.append(self.modifier())
        self.expect(")", opened)
        return tuple(numbers)

    def modifier(self) -> int:
        sign = -1 if self.accept("-") else 1
        if self.token.kind != "number" or not self.token.text.isdigit():
            raise ExpressionError("A whole number is expected in a type's parentheses.", self.token.position)
        return sign * int(self.advance().text)

    def array_suffix(self) -> str:
        suffix = "[]" if self.accept("array") else ""
        while self.accept("["):
            if self.token.kind == "number":
                self.advance()
            self.expect("]")
            suffix = "[]"
        return suffix


# Forms with a grammar of their own


def _not(parser: Parser) -> Node:
    return Not(parser.advance().position, parser.expression(NOT))


def _case(parser: Parser) -> Node:
    position = parser.advance().position
    operand = None if parser.at("when") else parser.expression()
    branches = []
    while parser.accept("when"):
        condition = parser.expression()
        parser.expect("then")
        branches.append((condition, parser.expression()))
    default = parser.expression() if parser.accept("else") else None
    if not branches:
        raise ExpressionError("CASE needs at least one WHEN ... THEN.", position)
    parser.expect("end")
    return Case(position, operand, branches, default)


def _cast(parser: Parser) -> Node:
    position = parser.advance().position
    opened = parser.expect("(")
    operand = parser.expression()
    parser.expect("as")
    name, modifiers = parser.type_name()
    parser.expect(")", opened)
    return Cast(position, operand, name, modifiers)


def _choice(parser: Parser) -> Node:
    token = parser.advance()
    opened = parser.expect("(")
    arguments = parser.list_until_close(opened)
    if token.text == "nullif" and len(arguments) != 2:
        raise ExpressionError("NULLIF takes two values.", token.position)
    return Choice(token.position, token.text, arguments)


def _array(parser: Parser) -> Node:
    position = parser.advance().position
    if parser.at("("):
        parser.advance()
        parser.refuse_subquery()
    parser.expect("[")
    items: list[Node] = []
    while not parser.at("]"):
        items.append(parser.expression())
        if not parser.accept(","):
            break
    parser.expect("]")
    return Array(position, items)


def _extract(parser: Parser) -> Node:
    position = parser.advance().position
    opened = parser.expect("(")
    field = parser.advance()
    if field.kind not in ("word", "literal", "name"):
        raise ExpressionError("EXTRACT takes a field: extract(year from ...).", field.position)
    parts = field.parts if field.kind == "literal" else (field.text,)
    parser.expect("from")
    source = parser.expression()
    parser.expect(")", opened)
    return Call(position, "extract", [Literal(field.position, parts), source])


def _position(parser: Parser) -> Node:
    position = parser.advance().position
    opened = parser.expect("(")
    needle = parser.expression(OTHER)
    parser.expect("in")
    text = parser.expression(OTHER)
    parser.expect(")", opened)
    return Call(position, "position", [text, needle])


def _substring(parser: Parser) -> Node:
    name = parser.advance()
    opened = parser.expect("(")
    arguments = [parser.expression()]
    if parser.accept("similar"):
        arguments.append(parser.expression(OTHER))
        parser.expect("escape")
        arguments.append(parser.expression())
    elif parser.at("from") or parser.at("for"):
        arguments += _from_for(parser)
    else:
        while parser.accept(","):
            arguments.append(parser.expression())
    parser.expect(")", opened)
    return Call(name.position, "substring", arguments)


def _from_for(parser: Parser) -> list[Node]:
    """`FROM start FOR count`, in either order, the start 1 when it is not written."""
    found: dict[str, Node] = {}
    position = parser.token.position
    while (word := parser.token.text) in ("from", "for") and word not in found:
        parser.advance()
        found[word] = parser.expression()
    if "from" not in found:
        return [Number(position, "1"), Cast(position, found["for"], "int4", ())]
    return [found[word] for word in ("from", "for") if word in found]


def _overlay(parser: Parser) -> Node:
    name = parser.advance()
    opened = parser.expect("(")
    arguments = [parser.expression()]
    if parser.accept("placing"):
        arguments.append(parser.expression())
        parser.expect("from")
        arguments.append(parser.expression())
        if parser.accept("for"):
            arguments.append(parser.expression())
    else:
        while parser.accept(","):
            arguments.append(parser.expression())
    parser.expect(")", opened)
    return Call(name.position, "overlay", arguments)


_TRIMS: Final = {"both": "btrim", "leading": "ltrim", "trailing": "rtrim"}


def _trim(parser: Parser) -> Node:
    position = parser.advance().position
    opened = parser.expect("(")
    name = _TRIMS[parser.advance().text] if parser.token.text in _TRIMS else "btrim"
    arguments: list[Node] = []
    if not parser.accept("from"):
        arguments.append(parser.expression())
        if parser.accept("from"):
            arguments.insert(0, parser.expression())
        while parser.accept(","):
            arguments.append(parser.expression())
    else:
        arguments.append(parser.expression())
    parser.expect(")", opened)
    return Call(position, name, arguments)


def _row(parser: Parser) -> Node:
    raise ExpressionError("Rows are not supported: compare each value, joined with AND.", parser.token.position)


_INTERVAL_FIELDS: Final = frozenset({"year", "month", "day", "hour", "minute", "second"})

_SPECIAL_FORMS: Final[dict[str, Callable[[Parser], Node]]] = {
    "not": _not,
    "case": _case,
    "cast": _cast,
    "array": _array,
    "extract": _extract,
    "position": _position,
    "substring": _substring,
    "overlay": _overlay,
    "trim": _trim,
    "row": _row,
    **dict.fromkeys(_CHOICES, _choice),
}
