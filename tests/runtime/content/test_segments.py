"""SMS parts (MS-1): GSM 7-bit 160/153 with the extension table, UCS-2 70/67, nothing cut in two."""

import pytest
import smsutil
from hypothesis import example, given
from hypothesis import strategies as st

from botflow_runtime.content.segments import GSM7, GSM7_BASIC, GSM7_EXTENSION
from botflow_runtime.content.sms import Segments, segments, split

COUNTED: list[tuple[str, str, Segments]] = [
    ("nothing", "", Segments("gsm7", 0, 1, 160, 160)),
    ("one letter", "a", Segments("gsm7", 1, 1, 160, 159)),
    ("full GSM part", "a" * 160, Segments("gsm7", 160, 1, 160, 0)),
    ("one over", "a" * 161, Segments("gsm7", 161, 2, 153, 145)),
    ("two full parts", "a" * 306, Segments("gsm7", 306, 2, 153, 0)),
    ("one over two", "a" * 307, Segments("gsm7", 307, 3, 153, 152)),
    ("extension characters take two septets", "€" * 80, Segments("gsm7", 160, 1, 160, 0)),
    ("81 of them", "€" * 81, Segments("gsm7", 162, 2, 153, 143)),
    ("an escape pair moves whole", "a" * 152 + "€" * 5, Segments("gsm7", 162, 2, 153, 143)),
    ("Spanish that GSM has", "ñ" * 160, Segments("gsm7", 160, 1, 160, 0)),
    ("Spanish that it has not", "á" * 70, Segments("ucs2", 70, 1, 70, 0)),
    ("71 of them", "á" * 71, Segments("ucs2", 71, 2, 67, 63)),
    ("a letter turns all of it", "a" * 69 + "ю", Segments("ucs2", 70, 1, 70, 0)),
    ("an emoji takes two units", "🍕" * 35, Segments("ucs2", 70, 1, 70, 0)),
    ("36 emoji", "🍕" * 36, Segments("ucs2", 72, 2, 67, 61)),
    ("a surrogate pair moves whole", "a" * 66 + "🍕" * 3, Segments("ucs2", 72, 2, 67, 61)),
    ("both kinds of brackets", "[]{}~^|\\", Segments("gsm7", 16, 1, 160, 144)),
    ("the grave accent is not in GSM", "`", Segments("ucs2", 1, 1, 70, 69)),
    ("nor is the escape itself", "\x1b", Segments("ucs2", 1, 1, 70, 69)),
]


@pytest.mark.parametrize(("text", "counted"), [row[1:] for row in COUNTED], ids=[row[0] for row in COUNTED])
def test_parts_are_counted(text: str, counted: Segments) -> None:
    assert segments(text) == counted


def test_pairs_stay_in_one_part() -> None:
    assert split("a" * 152 + "€" * 5) == ["a" * 152, "€" * 5]
    assert split("a" * 66 + "🍕" * 3) == ["a" * 66, "🍕" * 3]


def test_the_alphabet_has_127_characters_and_nine_extensions() -> None:
    # 128 codes less the escape; the extension table with form feed
    assert len(GSM7_BASIC) == 127
    assert len(GSM7_EXTENSION) == 10
    assert not GSM7_BASIC & GSM7_EXTENSION


TEXTS = st.text(
    st.sampled_from(sorted(GSM7 - {"\f"}))
    | st.sampled_from("áю🍕€👩\u200d")
    | st.characters(exclude_characters="\x1b\f", exclude_categories=["Cs"]),
    max_size=400,
)
GSM_TEXTS = st.text(st.sampled_from(sorted(GSM7 - {"\f"})), max_size=500)


def units(text: str, encoding: str) -> int:
    """The length of a part by its definition: what it takes once encoded."""
    if encoding == "ucs2":
        return len(text.encode("utf-16-be")) // 2
    return len(text) + sum(text.count(character) for character in "\f^{}\\[~]|€")


@given(TEXTS | GSM_TEXTS)
@example("€" * 77)
@example("🍕" * 34)
def test_parts_join_to_the_text_and_fit(text: str) -> None:
    counted, parts = segments(text), split(text)
    assert "".join(parts) == text
    assert len(parts) == counted.parts
    assert all(units(part, counted.encoding) <= counted.limit for part in parts)
    assert units(parts[-1], counted.encoding) == counted.limit - counted.remaining
    assert units(text, counted.encoding) == counted.used


@given((TEXTS | GSM_TEXTS).filter(bool))
def test_parts_are_those_of_an_independent_library(text: str) -> None:
    theirs = smsutil.split(text)
    assert split(text) == [part.content for part in theirs.parts]
    assert (segments(text).encoding == "gsm7") == (theirs.encoding == "gsm0338")
