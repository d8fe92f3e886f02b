"""Whatever a command is given, it ends with one clear line per problem, never a traceback."""

from pathlib import Path

import pytest

from tests.cli.commands import botflow, written
from tests.runtime.bots import document, say

GOOD = document(say("hello", final=True))

COMMANDS: dict[str, list[str]] = {
    "validate": ["validate"],
    "validate as JSON": ["validate", "--json"],
    "fmt": ["fmt"],
    "fmt, checked": ["fmt", "--check"],
    "diff": ["diff", "good.json"],
    "chat": ["chat"],
    "chat beside another": ["chat", "good.json"],
    "test": ["test"],
    "test with a transcript": ["test", "good.json"],
    "graph": ["graph"],
    "replay": ["replay"],
}

FILES: dict[str, bytes] = {
    "empty": b"",
    "binary": b"\x89PNG\r\n\x1a\n\x00\x01\xff",
    "NUL": b'{"id": "a\0b"}',
    "UTF-16": '{"id": "a"}'.encode("utf-16"),
    "Latin-1": '{"id": "é"}'.encode("latin-1"),
    "truncated": b'{"format": "botflow.scenario/1", "id": ',
    "null": b"null",
    "a list": b"[1, 2]",
    "a number": b"1",
    "an empty object": b"{}",
    "wrong types": b'{"format": 1, "id": [], "name": {}, "channel": null, "nodes": {"a": 1}, "turns": 1}',
    "nodes that are none": b'{"format": "botflow.scenario/1", "id": "a", "name": "a", "channel": "webchat",'
    b' "language": "en", "nodes": [1, null, "a", [], {}, {"id": 1}, {"id": "a", "kind": "x"}]}',
    "nested": b"[" * 100_000,
    "nested object": b'{"x-a": ' * 5_000 + b"1" + b"}" * 5_000,
    "whole number too long": b'{"x-a": ' + b"1" * 10_000 + b"}",
    "number too large": b'{"x-a": 1e999}',
    "no number": b'{"x-a": NaN}',
    "name given twice": b'{"id": "a", "id": "b"}',
    "half a character": b'{"x-a": "\\ud800"}',
    "two values": b"{}{}",
    "copies of copies": b"x-a:\n  - &a0 [x, x]\n"
    + b"\n".join(b"  - &a%d [%s]" % (level, b", ".join([b"*a%d" % (level - 1)] * 10)) for level in range(1, 9)),
    "a circle": b"turns: &a [*a]",
    "unknown fields of a transcript": b"turns:\n  - inn: a\n",
    "control characters": b'{"id": "a", "x\\u001b[31m\\n": 1, "nodes": [{"id": "a\\nb\\u0007"}]}',
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "good.json", GOOD)
    return tmp_path


def assert_clear(said: str) -> None:
    assert said.strip(), "it says something"
    assert "Traceback" not in said
    assert not any(ord(letter) < 32 and letter != "\n" for letter in said), "nothing steers the terminal"
    assert max(map(len, said.splitlines())) < 1000


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_bad_file(folder: Path, command: list[str], content: bytes) -> None:
    written(folder / "bad.json", content)
    result = botflow(*command, "bad.json", stdin="")
    assert result.exit_code in (1, 2)
    assert_clear(result.output)
    assert "bad.json" in result.output
    assert (folder / "bad.json").read_bytes() == content, "it stays as it is"


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_file_that_is_not_there(command: list[str]) -> None:
    result = botflow(*command, "nothing.json", stdin="")
    assert result.exit_code == 2
    assert_clear(result.output)
    assert "nothing.json" in result.output
    assert len(result.output.splitlines()) == 1


@pytest.mark.parametrize("name", ["", ".", "x" * 5000])
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_name_of_no_file(folder: Path, command: list[str], name: str) -> None:
    (folder / "good.json").rename(folder / "good")
    command = ["good" if word == "good.json" else word for word in command]
    result = botflow(*command, name, stdin="")
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1


@pytest.mark.parametrize("character", "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069")
def test_what_turns_a_line_around_is_spelled_out(character: str) -> None:
    written(Path("a.json"), {**GOOD, f"a{character}b": 1})
    for command in ("validate", "fmt"):
        result = botflow(command, "a.json")
        assert result.exit_code == 1
        assert character not in result.output
        assert f"a\\u{ord(character):04x}b" in result.output


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_file_without_an_end(command: list[str]) -> None:
    result = botflow(*command, "/dev/zero", stdin="")
    assert result.exit_code == 2
    assert "larger than" in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["schema", "--out", "good.json"],
        ["schema", "--out", "good.json/below"],
        ["schema", "--out", "/proc/nothing"],
        ["chat", "good.json", "--record", "nowhere/recording.json"],
        ["chat", "good.json", "--record", "."],
        ["chat", "good.json", "--attribute", "tier"],
        ["schema", "nothing"],
        ["diff", "good.json"],
        ["validate"],
        ["fmt", "--nothing", "good.json"],
        ["nothing"],
    ],
    ids=" ".join,
)
def test_wrong_use(arguments: list[str]) -> None:
    result = botflow(*arguments, stdin="")
    assert result.exit_code in (1, 2)
    assert_clear(result.output)
