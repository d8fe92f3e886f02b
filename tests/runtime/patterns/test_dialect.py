"""The dialect is MySQL's: ICU is its engine, MariaDB agrees wherever no difference is listed (CB-6)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from botflow_runtime.patterns import PatternError, compile_pattern
from tests.runtime.patterns.icu import icu_matches
from tests.runtime.patterns.mariadb import MariaDb
from tests.runtime.patterns.table import AGREED, DIFFERENCES, TEXTS_TO_TRY, Difference

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "patterns.md"
OLDER_MARKERS = ("[[:<:]]", "[[:>:]]")


@pytest.fixture(scope="module")
def mariadb() -> Iterator[MariaDb]:
    connection = MariaDb()
    yield connection
    connection.close()


def ours(pattern: str, text: str) -> bool | None:
    try:
        return compile_pattern(pattern).matches(text)
    except PatternError:
        return None


def icu(pattern: str, text: str) -> bool | None:
    matches = icu_matches(pattern, [text])
    return None if isinstance(matches, int) else matches[0]


def test_the_table_is_large_enough() -> None:
    assert len(AGREED) >= 200
    assert len(TEXTS_TO_TRY) >= 100


@pytest.mark.parametrize("pattern", AGREED)
def test_mariadb_agrees(pattern: str, mariadb: MariaDb) -> None:
    expected = mariadb.matches(pattern, TEXTS_TO_TRY)
    assert expected is not None
    compiled = compile_pattern(pattern)
    assert {text: compiled.matches(text) for text in TEXTS_TO_TRY} == dict(zip(TEXTS_TO_TRY, expected, strict=True))


@pytest.mark.parametrize("pattern", [one for one in AGREED if not any(marker in one for marker in OLDER_MARKERS)])
def test_icu_agrees(pattern: str) -> None:
    expected = icu_matches(pattern, TEXTS_TO_TRY)
    assert isinstance(expected, list), f"ICU refuses it with error {expected}"
    compiled = compile_pattern(pattern)
    assert {text: compiled.matches(text) for text in TEXTS_TO_TRY} == dict(zip(TEXTS_TO_TRY, expected, strict=True))


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.pattern)
def test_each_listed_difference_is_one(difference: Difference, mariadb: MariaDb) -> None:
    answers = mariadb.matches(difference.pattern, [difference.text])
    found = (answers[0] if answers else None, icu(difference.pattern, difference.text))
    assert (*found, ours(difference.pattern, difference.text)) == (
        difference.mariadb,
        difference.mysql,
        difference.ours,
    )


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.pattern)
def test_the_reference_lists_each_difference(difference: Difference) -> None:
    assert difference.row() in REFERENCE.read_text(encoding="utf-8").splitlines()
