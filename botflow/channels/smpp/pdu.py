"""The packets of SMPP 3.4: 16 octets of header, fields in a fixed order, and optional parameters behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from struct import Struct
from typing import Final, NamedTuple, Self

GENERIC_NACK: Final = 0x80000000
BIND_RECEIVER: Final = 0x00000001
BIND_TRANSMITTER: Final = 0x00000002
SUBMIT_SM: Final = 0x00000004
DELIVER_SM: Final = 0x00000005
UNBIND: Final = 0x00000006
BIND_TRANSCEIVER: Final = 0x00000009
ENQUIRE_LINK: Final = 0x00000015
ALERT_NOTIFICATION: Final = 0x00000102
DATA_SM: Final = 0x00000103
RESPONSE: Final = 0x80000000
"""The bit that makes a command its response."""

INTERFACE_VERSION: Final = 0x34
HEADER: Final = Struct(">LLLL")
LONGEST: Final = 70_000
"""Octets of a packet: 64 K of message_payload and all else. What claims to be longer is no SMPP."""
LONGEST_SHORT_MESSAGE: Final = 254
LAST_SEQUENCE: Final = 0x7FFFFFFF

SAR_REFERENCE: Final = 0x020C
SAR_TOTAL: Final = 0x020E
SAR_NUMBER: Final = 0x020F
RECEIPTED_MESSAGE_ID: Final = 0x001E
NETWORK_ERROR: Final = 0x0423
MESSAGE_PAYLOAD: Final = 0x0424
MESSAGE_STATE: Final = 0x0427

_TLV: Final = Struct(">HH")


class BadPduError(ValueError):
    """Octets that are no SMPP."""


class Pdu(NamedTuple):
    """A packet as it came: `body` is not read yet."""

    command: int
    status: int
    sequence: int
    body: bytes


def packet(command: int, sequence: int, body: bytes = b"", status: int = 0) -> bytes:
    """The octets of a packet."""
    return HEADER.pack(len(body) + HEADER.size, command, status, sequence) + body


class Frames:
    """Cuts a stream into packets."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, octets: bytes) -> Iterator[Pdu]:
        """The packets that are whole now. Raises BadPduError where the stream is lost."""
        octets = self._rest + octets
        start, end = 0, len(octets)
        while end - start >= HEADER.size:
            length, command, status, sequence = HEADER.unpack_from(octets, start)
            if not HEADER.size <= length <= LONGEST:
                raise BadPduError(f"a packet of {length:,} octets")
            if end - start < length:
                break
            yield Pdu(command, status, sequence, octets[start + HEADER.size : start + length])
            start += length
        self._rest = octets[start:]


class _Reader:
    """Reads the fields of a body one after the other. Raises BadPduError where it is too short."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.position = 0

    def text(self) -> str:
        """A C-Octet String. A last one that lacks its end is taken as it is: some SMSCs forget it."""
        end = self.body.find(b"\0", self.position)
        end = len(self.body) if end < 0 else end
        found = self.body[self.position : end]
        self.position = end + 1
        return found.decode("latin-1")

    def number(self) -> int:
        """One octet."""
        return self.octets(1)[0]

    def octets(self, count: int) -> bytes:
        """That many octets."""
        found = self.body[self.position : self.position + count]
        if len(found) < count:
            raise BadPduError("a packet that ends too early")
        self.position += count
        return found

    def parameters(self) -> dict[int, bytes]:
        """All optional parameters; what is left when one is cut off is let go."""
        found = {}
        while self.position + _TLV.size <= len(self.body):
            tag, length = _TLV.unpack_from(self.body, self.position)
            start = self.position + _TLV.size
            found[tag] = self.body[start : start + length]
            self.position = start + length
        return found


@dataclass(frozen=True, slots=True)
class Address:
    """A number or a name, with its type and its numbering plan (5.2.5, 5.2.6)."""

    text: str
    ton: int = 0
    npi: int = 0

    def encoded(self) -> bytes:
        """As a packet has it. Raises UnicodeEncodeError."""
        return b"%c%c%b\0" % (self.ton, self.npi, self.text.encode("ascii"))


@dataclass(frozen=True, slots=True)
class ShortMessage:
    """The body of submit_sm, deliver_sm (4.4.1) and data_sm (4.7.1).

    `data` is short_message, or message_payload where that is empty.
    """

    source: Address
    destination: Address
    data: bytes = b""
    esm_class: int = 0
    data_coding: int = 0
    registered_delivery: int = 0
    service_type: str = ""
    validity_period: str = ""
    parameters: Mapping[int, bytes] = field(default_factory=dict)

    def encoded(self) -> bytes:
        """As the body of submit_sm or deliver_sm; what is too long for short_message is message_payload.

        Raises UnicodeEncodeError.
        """
        short, parameters = self.data, self.parameters
        if len(short) > LONGEST_SHORT_MESSAGE:
            short, parameters = b"", {**parameters, MESSAGE_PAYLOAD: short}
        body = b"%b\0%b%b%c\0\0\0%b\0%c\0%c\0%c%b" % (
            self.service_type.encode("ascii"),
            self.source.encoded(),
            self.destination.encoded(),
            self.esm_class,
            self.validity_period.encode("ascii"),
            self.registered_delivery,
            self.data_coding,
            len(short),
            short,
        )
        return body + encoded_parameters(parameters) if parameters else body

    @classmethod
    def read(cls, body: bytes) -> Self:
        """From the body of submit_sm or deliver_sm. Raises BadPduError."""
        reader = _Reader(body)
        service_type, source, destination = reader.text(), _address(reader), _address(reader)
        esm_class, _protocol, _priority = reader.octets(3)
        _schedule, validity_period = reader.text(), reader.text()
        registered_delivery, _replace, data_coding, _default = reader.octets(4)
        data = reader.octets(reader.number())
        parameters = reader.parameters()
        data = data or parameters.get(MESSAGE_PAYLOAD, b"")
        return cls(
            source,
            destination,
            data,
            esm_class,
            data_coding,
            registered_delivery,
            service_type,
            validity_period,
            parameters,
        )

    @classmethod
    def read_data(cls, body: bytes) -> Self:
        """From the body of data_sm. Raises BadPduError."""
        reader = _Reader(body)
        service_type, source, destination = reader.text(), _address(reader), _address(reader)
        esm_class, registered_delivery, data_coding = reader.octets(3)
        parameters = reader.parameters()
        return cls(
            source,
            destination,
            parameters.get(MESSAGE_PAYLOAD, b""),
            esm_class,
            data_coding,
            registered_delivery,
            service_type,
            parameters=parameters,
        )


def _address(reader: _Reader) -> Address:
    ton, npi = reader.octets(2)
    return Address(reader.text(), ton, npi)


def encoded_parameters(parameters: Mapping[int, bytes]) -> bytes:
    """Optional parameters as a packet has them (5.3)."""
    return b"".join(_TLV.pack(tag, len(value)) + value for tag, value in parameters.items())


class Binding(NamedTuple):
    """The body of the three bind commands (4.1)."""

    system_id: str
    password: str
    system_type: str = ""

    def encoded(self) -> bytes:
        """As a packet has it. Raises UnicodeEncodeError."""
        texts = b"".join(text.encode("ascii") + b"\0" for text in self)
        return texts + bytes([INTERFACE_VERSION, 0, 0, 0])

    @classmethod
    def read(cls, body: bytes) -> Self:
        """From the body of a bind command."""
        reader = _Reader(body)
        return cls(reader.text(), reader.text(), reader.text())


def read_id(body: bytes) -> str:
    """The message id of submit_sm_resp; empty where there is none."""
    return body.partition(b"\0")[0].decode("latin-1")


def encoded_id(message_id: str) -> bytes:
    """The same the other way round."""
    return message_id.encode("latin-1") + b"\0"
