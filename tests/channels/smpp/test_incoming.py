"""What deliver_sm and data_sm bring, read from packets as SMSCs make them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botflow.channels.contract import ChannelEvent, Inbound, Part, Report
from botflow.channels.parts import whole
from botflow.channels.smpp.incoming import read_event
from botflow.channels.smpp.pdu import (
    LONGEST,
    MESSAGE_PAYLOAD,
    MESSAGE_STATE,
    RECEIPTED_MESSAGE_ID,
    SAR_NUMBER,
    SAR_REFERENCE,
    SAR_TOTAL,
    Address,
    BadPduError,
    Frames,
    Pdu,
    ShortMessage,
    packet,
)
from botflow.channels.testing import unstorable
from tests.channels.smpp.lines import account

UDH = 0x40


def event(
    data: bytes = b"hello",
    esm_class: int = 0,
    data_coding: int = 0,
    source: Address = Address("41791234567", 1, 1),  # noqa: B008 -- it is immutable
    parameters: dict[int, bytes] | None = None,
    **settings: Any,
) -> ChannelEvent | None:
    message = ShortMessage(source, Address("1555", 3), data, esm_class, data_coding, parameters=parameters or {})
    read = ShortMessage.read(message.encoded())
    return read_event(read, "sms-1", account(**settings).credentials, lambda: "name")


@pytest.mark.parametrize(
    ("data", "coding", "text"),
    [
        (b"5 \x1be [x]"[:4], 0, "5 €"),
        ("mañana".encode("latin-1"), 0, "mañana"),
        (b"plain", 1, "plain"),
        ("mañana".encode("latin-1"), 3, "mañana"),
        ("привет".encode("iso8859-5"), 6, "привет"),
        ("שלום".encode("iso8859-8"), 7, "שלום"),
        ("hi 👍".encode("utf-16-be"), 8, "hi 👍"),
        ("hi 👍".encode("utf-16-be"), 0x18, "hi 👍"),
        (b"\x00 flash", 0x10, "@ flash"),
        (b"\x00 class 1", 0xF1, "@ class 1"),
        ("안녕".encode("euc-kr"), 0x0E, "안녕"),
        (b"unknown coding", 0xC8, "unknown coding"),
        (b"\x01\x02", 4, None),
        (b"\x01\x02", 0xF5, None),
        (b"", 0, ""),
    ],
)
def test_the_data_coding_tells_the_text(data: bytes, coding: int, text: str | None) -> None:
    assert event(data, data_coding=coding) == Inbound("sms-1", "+41791234567", "name", text=text)


def test_data_coding_0_is_what_the_smsc_takes_it_for() -> None:
    assert event(b"a@b_c", default_alphabet="latin1") == Inbound("sms-1", "+41791234567", "name", text="a@b_c")
    assert event(b"a\x00b\x11c") == Inbound("sms-1", "+41791234567", "name", text="a@b_c")


@pytest.mark.parametrize(
    ("source", "address"),
    [
        (Address("41791234567", 1, 1), "+41791234567"),
        (Address("+41791234567", 1, 1), "+41791234567"),
        (Address("41791234567", 0, 1), "+41791234567"),
        (Address("0791234567", 0, 1), "0791234567"),
        (Address("0791234567", 2, 1), "0791234567"),
        (Address("4040", 0, 0), "4040"),
        (Address("Operator", 5, 0), "Operator"),
    ],
)
def test_a_contact_has_the_address_that_other_channels_know(source: Address, address: str) -> None:
    found = event(source=source)
    assert isinstance(found, Inbound)
    assert found.address == address


def test_numbers_without_a_type_may_be_national() -> None:
    found = event(source=Address("41791234567", 0, 0), international=False)
    assert isinstance(found, Inbound)
    assert found.address == "41791234567"


def test_a_long_text_may_come_whole() -> None:
    found = event(b"", data_coding=8, parameters={MESSAGE_PAYLOAD: ("ñ" * 500).encode("utf-16-be")})
    assert isinstance(found, Inbound)
    assert found.text == "ñ" * 500


def sar(reference: bytes, total: bytes, number: bytes) -> dict[int, bytes]:
    return {SAR_REFERENCE: reference, SAR_TOTAL: total, SAR_NUMBER: number}


@pytest.mark.parametrize(
    ("data", "esm_class", "parameters", "place"),
    [
        (b"\x05\x00\x03\xc8\x03\x02abc", UDH, {}, ("8:200", 2, 3)),
        (b"\x06\x08\x04\x12\x34\x03\x02abc", UDH, {}, ("16:4660", 2, 3)),
        (b"\x0b\x05\x04\x15\x81\x00\x00\x00\x03\xc8\x03\x02abc", UDH, {}, ("8:200", 2, 3)),
        (b"\x05\x00\x03\xc8\x03\x02abc", UDH | 0x80, {}, ("8:200", 2, 3)),
        (b"abc", 0, sar(b"\x12\x34", b"\x03", b"\x02"), ("sar:4660", 2, 3)),
    ],
)
def test_a_part_says_where_it_stands(
    data: bytes, esm_class: int, parameters: dict[int, bytes], place: tuple[str, int, int]
) -> None:
    reference, number, total = place
    expected = Part("sms-1", "+41791234567", reference, number, total, b"abc", "gsm7", "name")
    assert event(data, esm_class, parameters=parameters) == expected


@pytest.mark.parametrize(
    ("data", "esm_class", "parameters", "text"),
    [
        (b"\x05\x00\x03\xc8\x01\x01abc", UDH, {}, "abc"),  # the only part
        (b"\x05\x00\x03\xc8\x00\x01abc", UDH, {}, "abc"),
        (b"\x05\x00\x03\xc8\x02\x03abc", UDH, {}, "abc"),
        (b"\x05\x00\x03\xc8\x02\x00abc", UDH, {}, "abc"),
        (b"\x06\x05\x04\x15\x81\x00\x00abc", UDH, {}, "abc"),  # a port, no part
        (b"\x02\x00\x03abc", UDH, {}, "abc"),  # an element that is cut off
        (b"abc", 0, sar(b"\x01", b"\x00", b"\x01"), "abc"),
        (b"abc", 0, {SAR_REFERENCE: b"\x01"}, "abc"),
        (b"zabc", UDH, {}, "zabc"),  # a header longer than the message is none
        (b"", UDH, {}, ""),
    ],
)
def test_what_is_no_part_stands_for_itself(
    data: bytes, esm_class: int, parameters: dict[int, bytes], text: str
) -> None:
    assert event(data, esm_class, parameters=parameters) == Inbound("sms-1", "+41791234567", "name", text=text)


RECEIPT = b"id:abc stat:DELIVRD"
PARAMETERS = {RECEIPTED_MESSAGE_ID: b"abc\0", MESSAGE_STATE: b"\x02"}


@pytest.mark.parametrize(
    ("esm_class", "parameters", "expected"),
    [
        (0x04, {}, Report("abc", "delivered")),
        (0x04 | UDH, {}, Report("abc", "delivered")),
        (0x00, PARAMETERS, Report("abc", "delivered")),
        (0x00, {}, Inbound("sms-1", "+41791234567", "name", text="id:abc stat:DELIVRD")),  # anybody can write that
        (0x08, {}, None),  # the phone has it
        (0x10, {}, Inbound("sms-1", "+41791234567", "name", text="id:abc stat:DELIVRD")),  # the contact says so
        (0x18, {}, None),  # a conversation was aborted
        (0x20, {}, None),  # on its way
    ],
)
def test_the_class_tells_what_it_is(
    esm_class: int, parameters: dict[int, bytes], expected: ChannelEvent | None
) -> None:
    assert event(RECEIPT, esm_class, parameters=parameters) == expected


def test_a_message_that_the_smsc_names_keeps_that_name() -> None:
    found = event(b"hi", parameters={RECEIPTED_MESSAGE_ID: b"00AB12\0"})
    assert isinstance(found, Inbound)
    assert found.vendor_id == "ab12"


@given(st.binary(max_size=300))
def test_no_body_is_too_strange(body: bytes) -> None:
    for read in (ShortMessage.read, ShortMessage.read_data):
        try:
            message = read(body)
        except BadPduError:
            continue
        read_event(message, "sms-1", account().credentials, lambda: "name")


PARAMETERS_OF_ANY_KIND = st.dictionaries(
    st.sampled_from([MESSAGE_PAYLOAD, MESSAGE_STATE, RECEIPTED_MESSAGE_ID, SAR_NUMBER, SAR_REFERENCE, SAR_TOTAL]),
    st.binary(max_size=300),
)


@given(
    st.binary(max_size=200),
    st.integers(0, 255),
    st.integers(0, 255),
    st.text(st.characters(min_codepoint=1, max_codepoint=0x7F), max_size=100),
    PARAMETERS_OF_ANY_KIND,
)
def test_what_comes_can_be_stored(
    data: bytes, esm_class: int, coding: int, source: str, parameters: dict[int, bytes]
) -> None:
    found = event(data, esm_class, coding, Address(source, 1, 1), parameters)
    if isinstance(found, Part):
        found = whole([replace(found, number=number) for number in range(1, found.total + 1)])
    assert found is None or unstorable(found) == []


@given(st.lists(st.binary(max_size=50), max_size=6), st.data())
def test_packets_come_whole_however_the_stream_is_cut(bodies: list[bytes], draw: st.DataObject) -> None:
    stream = b"".join(packet(5, number, body) for number, body in enumerate(bodies))
    cuts = sorted(draw.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    frames = Frames()
    found: list[Pdu] = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += frames.feed(stream[start:end])
    assert found == [Pdu(5, 0, number, body) for number, body in enumerate(bodies)]


@pytest.mark.parametrize("length", [0, 15, LONGEST + 1, 0x47455420])
def test_what_is_no_smpp_is_not_waited_for(length: int) -> None:
    with pytest.raises(BadPduError):
        list(Frames().feed(length.to_bytes(4) + bytes(12)))
