"""Parts of a contact's message: in any order, some twice, cut anywhere, they make the text that was written."""

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botflow.channels.contract import Inbound, Part
from botflow.channels.parts import CODINGS, decode, whole
from botflow_runtime.content.segments import GSM7


def part(number: int, data: bytes, total: int = 3, coding: str = "ucs2", name: str = "", at: int | None = None) -> Part:
    return Part("sms-1", "+41791234567", "8:42", number, total, data, coding, name or f"id-{number}", at)


def three() -> list[Part]:
    return [part(number + 1, chunk, coding="latin1") for number, chunk in enumerate([b"one ", b"two ", b"three"])]


def test_parts_in_any_order_make_one_message_and_no_order_makes_another() -> None:
    wholes = {whole(order) for order in permutations(three())}
    assert len(wholes) == 1
    (message,) = wholes
    assert message is not None
    assert (message.sender, message.address, message.text) == ("sms-1", "+41791234567", "one two three")


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_nothing_is_whole_while_a_part_is_missing(missing: int) -> None:
    parts = three()
    del parts[missing]
    assert whole(parts) is None
    assert whole([]) is None


def test_the_same_part_again_changes_nothing() -> None:
    again = part(2, b"two ", coding="latin1", name="repeated")
    assert whole([*three(), again]) == whole(three())


def test_another_part_of_the_same_number_is_of_a_newer_message() -> None:
    stale = part(1, b"old ", coding="latin1", name="stale")
    message = whole([stale, *three()])
    assert message is not None
    assert message.text == "one two three"


def test_other_parts_make_another_message() -> None:
    other = [*three()[:2], part(3, b"three", coding="latin1", name="other")]
    first, second = whole(three()), whole(other)
    assert first is not None
    assert second is not None
    assert first.vendor_id != second.vendor_id


def test_a_message_is_as_old_as_its_last_part() -> None:
    assert whole([part(2, b"\0b", 2, at=7), part(1, b"\0a", 2, at=5)]) == whole(
        [part(1, b"\0a", 2, at=7), part(2, b"\0b", 2)]
    )


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), st.data())
def test_a_text_may_be_cut_within_a_character(text: str, draw: st.DataObject) -> None:
    _comes_whole(text, text.encode("utf-16-be"), "ucs2", draw)


@given(st.text(sorted(GSM7), min_size=1), st.data())
def test_an_extension_character_may_be_cut_too(text: str, draw: st.DataObject) -> None:
    _comes_whole(text, text.encode("gsm0338"), "gsm7", draw)


def _comes_whole(text: str, data: bytes, coding: str, draw: st.DataObject) -> None:
    cuts = sorted(draw.draw(st.lists(st.integers(0, len(data)), max_size=5)))
    chunks = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    parts = [part(index + 1, chunk, len(chunks), coding) for index, chunk in enumerate(chunks)]
    random.Random(len(text)).shuffle(parts)
    message = whole(parts)
    assert isinstance(message, Inbound)
    assert message.text == text


def test_each_part_may_have_its_own_coding() -> None:
    message = whole([part(1, b"100 \x1be ", 2, "gsm7"), part(2, "дома".encode("utf-16-be"), 2)])
    assert message is not None
    assert message.text == "100 € дома"


@pytest.mark.parametrize("coding", CODINGS)
def test_no_bytes_are_too_strange_to_be_read(coding: str) -> None:
    for data in (bytes(range(256)), b"\x1b", b"\xd8", b"\xd8\x34\xdd", b""):
        assert isinstance(decode(data, coding), str)


def test_octets_that_are_no_septets_are_latin_1() -> None:
    assert decode(b"a\x00\x1b<", "gsm7") == "a@["
    assert decode("mañana".encode("latin-1"), "gsm7") == "mañana"
