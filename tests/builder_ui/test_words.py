"""The page has words for what the server's adapters ask for, and for each rule that the server judges by (AS-2)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from botflow.channels.http import VendorHttp
from botflow.channels.registry import make_adapters
from botflow.registrations import rules as registration_rules
from botflow.senders.connecting import schema_of
from botflow.templates import conversation_rules
from botflow_runtime import content
from hatch_build import SOURCE

WORDS = Path(__file__).parents[2] / SOURCE / "src" / "i18n"
NO_WORDS = "invalid"
"""What no rule of ours foresaw is told as the server says it."""


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_field_of_credentials_has_words(language: str) -> None:
    text = (WORDS / language / "credentials.ts").read_text()
    said = {
        (adapter, field)
        for adapter, fields in re.findall(r"^  (\w+): \{\n(.*?)^  \},", text, re.MULTILINE | re.DOTALL)
        for field in re.findall(r"^    (\w+): \{ title: ", fields, re.MULTILINE)
    }
    adapters = make_adapters(VendorHttp()).values()
    assert said == {(adapter.name, field) for adapter in adapters for field in schema_of(adapter).get("properties", {})}


def message_rules() -> set[str]:
    """The codes of the rules that a message may break, as their source names them."""
    folder = Path(content.__file__).parent
    trees = [ast.parse(path.read_text()) for path in folder.glob("*.py")]
    return {code for tree in trees for node in ast.walk(tree) for code in _codes(node)}


def _codes(node: ast.AST) -> Iterator[str]:
    found: list[ast.expr] = []
    match node:
        case ast.Call(func=ast.Name(id="Fault")):
            found = node.args[1:2]
        case ast.Call(func=ast.Name(id="fault")):
            found = node.args[:1]
        case ast.keyword(arg="code"):
            found = [node.value]
        case ast.Return(value=ast.Tuple(elts=[first, *_])) | ast.Lambda(body=ast.Tuple(elts=[first, *_])):
            found = [first]  # what pydantic found, as a code and a sentence
    for expression in found:
        if isinstance(expression, ast.Constant) and re.fullmatch(r"[a-z_]+", str(expression.value)):
            yield str(expression.value)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_rule_of_messages_has_words(language: str) -> None:
    codes = message_rules()
    assert codes >= {"blank", "too_many_rows", "bad_url", "wrong_type", "one_file"}, "the search sees each kind"
    known = re.findall(r"^  (\w+?)(?:_one|_other)?: ", (WORDS / language / "contentRules.ts").read_text(), re.MULTILINE)
    assert codes - {NO_WORDS} <= set(known)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("dictionary", "sentences"),
    [
        ("registrations.ts", registration_rules.SENTENCES),
        ("conversationTemplates.ts", conversation_rules.SENTENCES),
    ],
)
def test_every_rule_of_a_form_has_words(language: str, dictionary: str, sentences: dict[str, str]) -> None:
    text = (WORDS / language / dictionary).read_text()
    [rules] = re.findall(r"^  rules: \{\n(.*?)^  \},", text, re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"^    (\w+): ", rules, re.MULTILINE)) == set(sentences)
