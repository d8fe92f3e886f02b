"""Delivery reports in every spelling and disorder: the message that they are about is found, and its fate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botflow.channels.contract import Report
from botflow.channels.smpp.pdu import MESSAGE_STATE, NETWORK_ERROR, RECEIPTED_MESSAGE_ID, Address, ShortMessage
from botflow.channels.smpp.receipts import ReceiptIds, id_in_receipt, id_in_response, read_receipt


def receipt(text: str = "", **parameters: bytes) -> ShortMessage:
    tags = {"id": RECEIPTED_MESSAGE_ID, "state": MESSAGE_STATE, "error": NETWORK_ERROR}
    given = {tags[name]: value for name, value in parameters.items()}
    return ShortMessage(Address("41791234567"), Address("1555"), text.encode("latin-1"), 0x04, parameters=given)


def read(text: str = "", **parameters: bytes) -> Report | None:
    return read_receipt(receipt(text, **parameters), "as_is")


FULL = "id:abc123 sub:001 dlvrd:001 submit date:2611271200 done date:2611271201 stat:{} err:{} text:Hello"


@pytest.mark.parametrize(
    "text",
    [
        FULL.format("DELIVRD", "000"),
        "id:ABC123 sub:001 dlvrd:001 submit date:261127120000 done date:261127120100 stat:DELIVRD err:000 Text:Hi",
        "stat:DELIVRD err:0 id:000abc123",
        "ID: abc123 STAT: delivrd ERR: 000",
        "id=abc123, stat=DELIVERED, err=0",
        "id:abc123;stat:DELIVRD;",
        "dlvrd:001 id:abc123 done date:2611271201 stat:DELIVRD.",
        "err:000 stat:DELIVRD id:abc123 text:id:999 stat:UNDELIV err:099",
        "id:abc123\nstat:DELIVRD",
        "text:thank you id:abc123 stat:DELIVRD",
    ],
)
def test_a_text_is_read_whatever_its_order_and_spelling(text: str) -> None:
    assert read(text) == Report("abc123", "delivered")


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("EXPIRED", "it expired before it could be delivered"),
        ("DELETED", "it was deleted"),
        ("UNDELIV", "it could not be delivered"),
        ("Failed", "it could not be delivered"),
        ("REJECTD", "it was rejected"),
    ],
)
def test_a_message_that_was_not_delivered_failed_for_a_reason(word: str, reason: str) -> None:
    report = read(FULL.format(word, "027"))
    assert report is not None
    assert (report.state, report.kind) == ("failed", "permanent")
    assert report.reason == f"The SMSC reports that {reason} (error 027)."


@pytest.mark.parametrize("word", ["ENROUTE", "ACCEPTD", "UNKNOWN", "BUFFERED", "SCHEDULED", ""])
def test_what_is_on_its_way_has_not_failed(word: str) -> None:
    assert read(FULL.format(word, "000")) is None


@pytest.mark.parametrize("state", [0, 1, 6, 7, 200])
def test_nor_has_what_a_parameter_says_is_on_its_way(state: int) -> None:
    assert read("id:abc123 stat:UNDELIV", id=b"abc123\0", state=bytes([state])) is None


def test_parameters_count_before_the_text() -> None:
    text = "id:999 stat:DELIVRD err:000"
    report = read(text, id=b"ABC123\0", state=b"\x05", error=b"\x03\x00\x1b")
    assert report == Report("abc123", "failed", reason="The SMSC reports that it could not be delivered (error 27).")
    assert read(text, id=b"abc123") == Report("abc123", "delivered")
    assert read("", id=b"abc123\0", state=b"\x02") == Report("abc123", "delivered")


@pytest.mark.parametrize("text", ["", "hello", "stat:DELIVRD", "id: stat:", "id:abc123", "\0\1\2", "text:id:1 stat:x"])
def test_what_names_no_message_tells_nothing(text: str) -> None:
    assert read(text) is None


@given(st.binary(max_size=200), st.dictionaries(st.sampled_from(["id", "state", "error"]), st.binary(max_size=10)))
def test_no_receipt_is_too_strange(data: bytes, parameters: dict[str, bytes]) -> None:
    report = read(data.decode("latin-1"), **parameters)
    assert report is None or report.vendor_id


@pytest.mark.parametrize(
    ("setting", "in_response", "in_receipt"),
    [
        ("as_is", "1A2B", "1a2b"),
        ("as_is", "0012345", "12345"),
        ("as_is", "12345", "00000012345"),
        ("as_is", "0000", "0"),
        ("as_is", "c4b1e0f2-7d1c-4c54-8d0e-6a1a3d9f2b11", "C4B1E0F2-7D1C-4C54-8D0E-6A1A3D9F2B11"),
        ("decimal_to_hex", "1A2B", "6699"),
        ("decimal_to_hex", "00001a2b", "0000006699"),
        ("hex_to_decimal", "6699", "1A2B"),
        ("hex_to_decimal", "0000006699", "00001a2b"),
        ("hex_to_decimal", "not-a-number", "NOT-A-NUMBER"),
        ("decimal_to_hex", "1a2b", "1A2B"),
    ],
)
def test_ids_meet(setting: ReceiptIds, in_response: str, in_receipt: str) -> None:
    assert id_in_response(in_response) == id_in_receipt(in_receipt, setting)
