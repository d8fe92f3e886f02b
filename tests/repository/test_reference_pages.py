"""The reference pages of the formats name every field of the types, and nothing else."""

import re

import pytest

from scripts.format_meanings import MEANINGS, SCENARIO_PARTS, TRANSCRIPT_PARTS
from scripts.format_reference import models, scenario_format, transcripts


def test_every_type_has_a_section() -> None:
    assert {*SCENARIO_PARTS, *TRANSCRIPT_PARTS} == set(MEANINGS) == set(models())


@pytest.mark.parametrize("name", sorted(models()))
def test_every_field_has_a_meaning_and_every_meaning_a_field(name: str) -> None:
    assert list(MEANINGS[name]) == list(models()[name]["properties"])


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        (
            scenario_format,
            ["| `save_as` | text | required |", "| `retry` | whole number, from 0 to 5 or `until_filled` |"],
        ),
        (
            transcripts,
            ["| `status` | `active` `complete` `timeout` `stuck` `error` `handedover` |", "| `in` | text or object"],
        ),
    ],
    ids=["scenario-format", "transcripts"],
)
def test_values_are_told_in_words(page: object, rows: list[str]) -> None:
    text = page() if callable(page) else ""
    assert [row for row in rows if row not in text] == []
    assert re.findall(r"\| *\|\n", text) == []
