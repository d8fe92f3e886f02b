"""Transcripts as files: YAML as JSON's values, every mistake with its line, nothing without a bound."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from botflow_runtime import TranscriptError
from botflow_runtime.testing import Transcript, load_transcript
from botflow_runtime.testing.yaml_text import MOST_VALUES, YamlTextError, read_yaml


def transcript(folder: Path, text: str | bytes) -> Transcript:
    file = folder / "a.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_transcript(file)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("On", "On"),
        ("12:30", "12:30"),
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z"),
        ("+15550100", "+15550100"),
        ("007", "007"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("<<", "<<"),
        ("1.2.3", "1.2.3"),
        ("1\n", 1),
        ("-5", -5),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("'5'", "5"),
    ],
)
def test_plain_values_are_what_json_reads(written: str, value: object) -> None:
    assert read_yaml(f"- {written}").value == [value]


def test_json_is_yaml_even_with_tabs_and_escaped_pairs() -> None:
    assert read_yaml('{\n\t"turns": ["\\ud83d\\ude00"]\n}').value == {"turns": ["😀"]}
    assert read_yaml("{turns: [a]}").value == {"turns": ["a"]}


def test_an_alias_stands_for_a_copy(tmp_path: Path) -> None:
    turns = transcript(tmp_path, "turns:\n  - &hi {in: hi}\n  - *hi\n").turns
    assert [turn.in_ for turn in turns] == ["hi", "hi"]


DOUBLED = "\n".join(f"  - &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 9))

REFUSED: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "a mapping with `turns`"),
    "a list": ("- in: hi", "a mapping with `turns`"),
    "no YAML": ("turns:\n  - in: a: b", "line 2: this is not YAML"),
    "two documents": ("turns: []\n---\nturns: []", "line 2"),
    "tab": ("turns:\n\t- in: a", "line 2"),
    "unfinished": ("turns: [{in: a}", "line 1"),
    "name given twice": ("turns:\n  - in: a\n    in: b", "line 2: the name 'in' stands twice"),
    "name that is a list": ("? [a]\n: b", "line 1: a name is a text"),
    "name that is a number": ("x-a:\n  1: a", "x-a: Name every member"),
    "tag of Python": ("turns: !!python/object/apply:os.getcwd []", "line 1: remove the tag"),
    "tag of a date": ("now: !!timestamp 2026-01-01", "line 1: remove the tag"),
    "tag of a set": ("x-a: !!set {a}", "line 1: remove the tag"),
    "tag that lies": ("x-a: !!bool maybe", "maybe"),
    "unknown alias": ("turns: *nothing", "line 1: this is not YAML"),
    "circle": ("turns: &a [*a]", "line 1: this holds itself"),
    "wide circle": ("x-a: &a\n  b:\n    - *a", "line 1: this holds itself"),
    "copies of copies": (f"x-a:\n  - &a0 [x, x]\n{DOUBLED}", f"more than {MOST_VALUES:,} values"),
    "nested": ("x-a: " + "[" * 80 + "]" * 80, "deeper than 64 levels"),
    "nested endlessly": ("[" * 100_000, "deeper than 64 levels"),
    "number too large": ("x-a: 1e999", "1e999 is too large"),
    "without turns": ("now: 2026-03-01", "turns: Add `turns`"),
    "no turns": ("turns: []", "1: turns: "),
    "no regular expression": (
        "turns:\n  - in: hi\n    out: ['/(/']",
        "3: turns[0].out[0]: Correct the regular expression /(/: ",
    ),
    "number too long": ("x-a: " + "1" * 5000, "4300 digits"),
    "NUL": (b'turns: ["\0"]', "character 10"),
    "UTF-16": ("turns: []".encode("utf-16"), "UTF-8"),
    "binary": (bytes(range(128, 256)), "UTF-8"),
    "too large": ("x-a: " + "a" * 2_000_000, "2,000,000 bytes"),
    "half a character": ('{"x-a": "\\ud800"}', "x-a: Remove the half character"),
}


@pytest.mark.parametrize(("text", "hint"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_transcript_is_refused_in_one_line(tmp_path: Path, text: str | bytes, hint: str) -> None:
    with pytest.raises(TranscriptError) as refused:
        transcript(tmp_path, text)
    assert hint in str(refused.value)
    assert str(refused.value).startswith(str(tmp_path / "a.yaml"))
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("place", [".", "nothing.yaml", "a\0b"])
def test_a_file_that_cannot_be_read(tmp_path: Path, place: str) -> None:
    with pytest.raises(TranscriptError, match="cannot be read"):
        load_transcript(tmp_path / place)


def test_every_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    text = """\
now: tomorrow
turns:
  - in: 5
    outt: [hi]
  - in: {txt: hi}
  - wait: -1
  - operator: stopp
  - in: hi
    effects: [handover, repport]
  - in: hi
    wait: 3
http:
  - status: 200
"""
    with pytest.raises(TranscriptError) as refused:
        transcript(tmp_path, text)
    said = [line.removeprefix(f"{tmp_path / 'a.yaml'}:") for line in str(refused.value).splitlines()]
    assert said == [
        "3: turns[0].in: Write a text or an object here, not a number.",
        "4: turns[0].outt: There is no field `outt` here: write `out`, or remove it.",
        "5: turns[1].in.txt: There is no field `txt` here: write `text`, or remove it.",
        "6: turns[2].wait: Write 0 or more here.",
        "7: turns[3].operator: There is no `stopp` here (did you mean `stop`?): "
        "write one of `stop`, `resume`, `restart`, `resolve`.",
        "9: turns[4].effects[1]: There is no `repport` here (did you mean `report`?): "
        "write one of `handover`, `opt_out`, `report`, `open_thread`, `set_attribute`.",
        "13: http[0].match: Add `match`: it is required.",
        "1: now: Invalid isoformat string: 'tomorrow'",
        "10: turns[5]: each turn has exactly one of in, wait, fail, operator",
    ]


def test_a_turn_knows_its_line(tmp_path: Path) -> None:
    played = transcript(tmp_path, "turns:\n  - in: a\n\n  - wait: 3\n")
    assert [played.line(turn) for turn in (0, 1, 2, 3)] == [None, 2, 4, None]
    assert load_transcript({"turns": [{"in": "a"}]}).line(1) is None


# PyYAML writes YAML 1.1, where 1e5 is a text that needs no quotes; in 1.2, as in JSON, it is a number
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"])).filter(
    lambda text: not re.fullmatch(r"-?[0-9.]+[eE][-+]?[0-9]+", text)
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text("abc~1é "), below, max_size=4),
    max_leaves=15,
)


@given(VALUES)
def test_what_yaml_writes_is_read_as_it_was(value: object) -> None:
    assert read_yaml(yaml.safe_dump(value, allow_unicode=True)).value == value


@given(st.text(st.sampled_from("-?:[]{}&*a!#|>'\"%@` \n,~1"), max_size=40))
def test_nothing_else_than_a_refusal_is_raised(text: str) -> None:
    with suppress(YamlTextError):
        read_yaml(text)
