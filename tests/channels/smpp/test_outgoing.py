"""A message as submit_sm packets, read back by an independent package: alphabets, parts, addresses, validity."""

from typing import Any

import pytest
import smsutil
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from smpplib import smpp as smpplib
from smpplib.client import SimpleSequenceGenerator
from smpplib.command import SubmitSM

from botflow.channels.contract import Account
from botflow.channels.parts import decode
from botflow.channels.smpp.credentials import SmppCredentials
from botflow.channels.smpp.outgoing import UnsendableError, bodies
from botflow.channels.smpp.pdu import SUBMIT_SM, ShortMessage, packet
from botflow_runtime.content.segments import GSM7, segments
from tests.channels.smpp.lines import account, outbound

TEXTS = st.one_of(
    st.text(sorted(GSM7), min_size=1, max_size=700),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=300),
    st.text("é€👍", min_size=1, max_size=300),
)
LATIN_TEXTS = st.text(st.characters(min_codepoint=1, max_codepoint=0xFF), min_size=1, max_size=700)


def packets(sender: Account[SmppCredentials], text: str) -> list[ShortMessage]:
    return [ShortMessage.read(body) for body in bodies(sender, outbound(text))]


def cut(message: ShortMessage) -> tuple[bytes, bytes]:
    """The user data header, and what follows."""
    end = message.data[0] + 1 if message.esm_class & 0x40 else 0
    return message.data[:end], message.data[end:]


def joined(messages: list[ShortMessage]) -> str:
    """The text as a phone shows it, each part read by itself: none ends within a character."""
    coding = {0: "gsm7", 3: "latin1", 8: "ucs2"}
    return "".join(decode(cut(message)[1], coding[message.data_coding]) for message in messages)


@given(TEXTS)
def test_parts_are_those_that_people_are_shown_and_that_an_independent_package_cuts(text: str) -> None:
    found = packets(account(), text)
    assert joined(found) == text
    assert len(found) == segments(text).parts
    if "\x1b" not in text:  # smsutil takes it for a character
        assert len(found) == len(smsutil.split(text).parts)


@given(TEXTS)
def test_with_a_reference_of_16_bits_parts_are_shorter(text: str) -> None:
    found = packets(account(long_messages="udh16"), text)
    assert joined(found) == text
    for number, message in enumerate(found, 1):
        header, data = cut(message)
        most = 160 if message.data_coding == 0 else 140
        assert len(header) + len(data) <= most
        if len(found) > 1:
            assert header[:3] == b"\x06\x08\x04"
            assert header[5:] == bytes([len(found), number])


@given(LATIN_TEXTS)
def test_latin_1_is_taken_where_it_is_wanted(text: str) -> None:
    found = packets(account(latin1=True), text)
    assert joined(found) == text
    assert {message.data_coding for message in found} == ({0} if GSM7.issuperset(text) else {3})
    assert {message.data_coding for message in packets(account(default_alphabet="latin1"), text)} == {0}


@given(TEXTS)
def test_every_packet_is_one_to_an_independent_package(text: str) -> None:
    for body in bodies(account(), outbound(text)):
        read = smpplib.parse_pdu(
            packet(SUBMIT_SM, 7, body), client=SimpleSequenceGenerator(), allow_unknown_opt_params=True
        )
        assert isinstance(read, SubmitSM)
        mine = ShortMessage.read(body)
        assert (read.sequence, read.esm_class, read.data_coding) == (7, mine.esm_class, mine.data_coding)
        assert (read.source_addr, read.destination_addr) == (b"15550001111", b"41791234567")
        assert (read.source_addr_ton, read.dest_addr_npi, read.registered_delivery) == (1, 1, 1)
        assert read.short_message == mine.data


def test_an_8_bit_header_is_as_the_standard_has_it_and_the_same_for_the_same_message() -> None:
    first, second = packets(account(), "x" * 161)
    assert cut(first)[0][:3] == b"\x05\x00\x03"
    assert cut(first)[0][4:] == b"\x02\x01"
    assert cut(second)[0][4:] == b"\x02\x02"
    assert cut(first)[0][3] == cut(second)[0][3]
    assert packets(account(), "x" * 161) == [first, second]
    assert (len(cut(first)[1]), len(cut(second)[1])) == (153, 8)


def test_a_long_text_may_leave_whole() -> None:
    (message,) = packets(account(long_messages="payload"), "ñandú 👍" * 100)
    assert message.data == ("ñandú 👍" * 100).encode("utf-16-be")
    assert message.parameters == {0x0424: message.data}


@pytest.mark.parametrize(
    ("identity", "seen"),
    [
        ("+1 (555) 000-1111", ("15550001111", 1, 1)),
        ("15550001111", ("15550001111", 1, 1)),
        ("4040", ("4040", 3, 0)),
        ("Pizzeria", ("Pizzeria", 5, 0)),
        ("Joe's 24/7", ("Joe's 24/7", 5, 0)),
    ],
)
def test_the_look_of_the_sender_tells_its_type(identity: str, seen: tuple[str, int, int]) -> None:
    (message,) = packets(account(identity=identity), "hi")
    assert (message.source.text, message.source.ton, message.source.npi) == seen


def test_types_may_be_set() -> None:
    settings: dict[str, Any] = {
        "source_ton": 6,
        "source_npi": 9,
        "destination_ton": 2,
        "destination_npi": 8,
        "service_type": "CMT",
    }
    (message,) = packets(account(**settings), "hi")
    assert (message.source.ton, message.source.npi) == (6, 9)
    assert (message.destination.ton, message.destination.npi, message.service_type) == (2, 8, "CMT")


@pytest.mark.parametrize(
    ("seconds", "period"),
    [
        (None, ""),
        (0, "000000000001000R"),
        (59, "000000000059000R"),
        (3600, "000000010000000R"),
        (90061, "000001010101000R"),
        (10**9, "000030000000000R"),
    ],
)
def test_a_time_to_live_is_a_relative_validity_period(seconds: int | None, period: str) -> None:
    (body,) = bodies(account(), outbound(ttl=seconds))
    assert ShortMessage.read(body).validity_period == period


@pytest.mark.parametrize(
    ("sender", "message", "sentence"),
    [
        (account(), outbound(""), "needs a text"),
        (account(), outbound(to="somebody"), "no phone number"),
        (account(), outbound(to=""), "no phone number"),
        (account(), outbound(to="+" + "1" * 21), "no phone number"),
        (account(), outbound(to="٤١٧٩١٢٣"), "no phone number"),
        (account(identity=""), outbound(), "set its identity"),
        (account(identity="Müller"), outbound(), "set its identity"),
        (account(identity="Pizza\0ria"), outbound(), "set its identity"),
        (account(identity="x" * 21), outbound(), "longer than 20"),
        (account(), outbound("👍" * 9000), "255 is the most"),
        (account(long_messages="payload"), outbound("👍" * 20_000), "longer than 64,000 octets"),
    ],
)
def test_what_cannot_leave_is_told_in_a_sentence(
    sender: Account[SmppCredentials], message: object, sentence: str
) -> None:
    with pytest.raises(UnsendableError, match=sentence):
        bodies(sender, message)  # type: ignore[arg-type] # outbound makes it


@pytest.mark.parametrize(
    "entered",
    [
        {"password": "pässword"},
        {"password": "pass\0word"},
        {"password": "x" * 65},
        {"host": ""},
        {"host": "a b"},
        {"host": "a\0b"},
        {"system_id": ""},
        {"system_id": "a b"},
        {"service_type": "a\0"},
        {"window": 0},
        {"binds": 21},
        {"port": 0},
        {"response_seconds": 11},
        {"source_ton": 256},
    ],
)
def test_settings_that_no_packet_can_hold_are_refused(entered: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as raised:
        account(**entered)
    assert str(entered.get("password", "nothing of it")) not in str(raised.value)


def test_half_a_surrogate_pair_is_no_reason_to_fail() -> None:
    (message,) = packets(account(), "a\ud83d")
    assert joined([message]) == "a?"
