"""A stand-in for an SMSC (SMPP 3.4), made with smpplib: it keeps what it has to deliver until that is taken."""

from __future__ import annotations

import heapq
import socket
import struct
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from itertools import count
from random import Random
from threading import Condition, Event, Lock, Thread
from time import monotonic, strftime
from typing import Any, Final, Literal

import smsutil
from smpplib import command_codes, consts, exceptions, smpp
from smpplib.client import SimpleSequenceGenerator

from botflow.vendor_sim.contract import Fate, Host, LineVendor, State, Taken

READ: Final = 65_536
LONGEST_PACKET: Final = 70_000
FIRST_ID: Final = 0xABC123
REPEAT_SECONDS: Final = 0.2
"""After which what was not taken is delivered again; real SMSCs wait for minutes."""
_LENGTH: Final = struct.Struct(">L")
_HEADER: Final = struct.Struct(">LLLL")

RECEIPT: Final = 0x04
"""esm_class of a delivery report"""
GSM7: Final = 0
LATIN1: Final = 3
UCS2: Final = 8
_CODECS: Final = {GSM7: "gsm0338", LATIN1: "latin-1", UCS2: "utf-16-be"}

Spelling = Literal["same", "case", "zeros", "decimal", "hex"]
SPELLINGS: Final[Mapping[Spelling, tuple[str, str]]] = {
    "same": ("{:x}", "{:x}"),
    "case": ("{:x}", "{:X}"),
    "zeros": ("{:d}", "{:012d}"),
    "decimal": ("{:X}", "{:010d}"),
    "hex": ("{:d}", "{:08X}"),
}
"""How ids look in the answer to a message, and in its delivery report."""

Receipt = Literal["both", "parameters", "text"]
Header = Literal["udh8", "udh16", "sar"]

_RECEIPTS: Final[Mapping[State, tuple[int, str, int]]] = {
    "sent": (1, "ENROUTE", 0),
    "delivered": (2, "DELIVRD", 0),
    "failed": (5, "UNDELIV", 27),
}
"""message_state, the word for it, and the error. SMS knows no "seen"."""
_REFUSALS: Final[Mapping[Fate, int]] = {
    "throttle": consts.SMPP_ESME_RTHROTTLED,
    "error": consts.SMPP_ESME_RSYSERR,
}
_BINDS: Final = ("bind_receiver", "bind_transmitter", "bind_transceiver")


class _Delivery:
    """A packet that is kept until it is taken: its command, and its body."""

    def __init__(self, command: str, body: bytes) -> None:
        self.command = command
        self.body = body
        self.taken = Event()


class _Client:
    """A connection. Its thread reads; several write."""

    def __init__(self, smsc: Smsc, connection: socket.socket) -> None:
        self._smsc = smsc
        self._socket = connection
        self._writing = Lock()
        self._sequences = count(1)
        self._is_gone = False
        self.bind = ""
        """The command with which it is bound."""
        self.deliveries: dict[int, _Delivery] = {}
        self.thread = Thread(target=self._run, name="smsc-client", daemon=True)

    def write(self, octets: bytes) -> None:
        """Write packets; the connection may be gone."""
        with self._writing, suppress(OSError):
            self._socket.sendall(octets)

    def deliver(self, delivery: _Delivery) -> bool:
        """Hand a message over, and remember it until it is answered; whether the client is still there."""
        sequence = next(self._sequences)
        with self._writing:
            if self._is_gone:
                return False
            self.deliveries[sequence] = delivery
        self.write(_packet(delivery.command, sequence, delivery.body))
        return True

    def unbind(self) -> None:
        """Say goodbye."""
        self.write(_packet("unbind", next(self._sequences)))

    def cut(self) -> None:
        """End the connection without a word."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def leave(self) -> list[_Delivery]:
        """The client is gone; what it did not answer."""
        with self._writing:
            self._is_gone = True
            return list(self.deliveries.values())

    def _run(self) -> None:
        received = b""
        try:
            while octets := self._socket.recv(READ):
                received += octets
                packets, received = _cut(received)
                self.write(b"".join(self._smsc.handle(self, packet) for packet in packets))
        except (OSError, ValueError):
            pass  # the client is gone, or speaks something else
        finally:
            self._socket.close()
            self._smsc.left(self)


class Smsc(LineVendor):
    """An account at an SMSC, and the numbers of one sender. It is honest about what it was not answered.

    `spelling` and `receipt` are its customs in delivery reports; it allows `most_binds` at a time.
    """

    name = "smpp"

    def __init__(
        self,
        identity: str = "15550783881",
        system_id: str = "simulated",
        password: str = "sim-pass",
        spelling: Spelling = "same",
        receipt: Receipt = "both",
        most_binds: int = 100,
        random: Random | None = None,
    ) -> None:
        self.identity = identity
        self.system_id = system_id
        self.password = password
        self.port = 0
        self.refuse: Callable[[Any], int] = lambda message: consts.SMPP_ESME_ROK
        """The status with which a submit_sm is refused; 0: it is taken."""
        self._spelling = SPELLINGS[spelling]
        self._receipt = receipt
        self._most_binds = most_binds
        self._random = random or Random(0)
        self._numbers = count(FIRST_ID)
        self._lock = Lock()
        self._clients: list[_Client] = []
        self._waiting: deque[_Delivery] = deque()

    def start(self, address: str, port: int, host: Host) -> None:
        """Listen. Raises OSError."""
        self._address, self._host = address, host
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._listener = socket.create_server((address, port), family=family)
        self.port = int(self._listener.getsockname()[1])
        self._timetable = _Timetable()
        self._accepting = Thread(target=self._accept, name="smsc", daemon=True)
        self._accepting.start()

    def stop(self) -> None:
        """End everything, as a crash would."""
        if not self.port:
            return
        self.port = 0
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join()
        self._timetable.stop()
        clients = self._now_connected()
        for client in clients:
            client.cut()
        for client in clients:
            client.thread.join()

    def credentials(self) -> Mapping[str, Any]:
        """What the sender's credentials have to be."""
        ids = {SPELLINGS["decimal"]: "decimal_to_hex", SPELLINGS["hex"]: "hex_to_decimal"}
        return {
            "host": self._address,
            "port": self.port,
            "system_id": self.system_id,
            "password": self.password,
            "receipt_ids": ids.get(self._spelling, "as_is"),
        }

    def write(self, contact: str, message_id: str, text: str, **fields: Any) -> None:
        """Send a message of a contact; SMS gives it no id. `to`: another number than the sender's."""
        to = fields.pop("to", self.identity)
        if fields:
            raise ValueError("An SMS is a text.")
        self.message(contact, to, text)

    @property
    def binds(self) -> list[str]:
        """The commands with which clients are bound at the moment."""
        return [client.bind for client in self._now_connected() if client.bind]

    def unbind(self) -> None:
        """Say goodbye to every client."""
        for client in self._now_connected():
            client.unbind()

    def cut(self) -> None:
        """Break every connection."""
        for client in self._now_connected():
            client.cut()

    def message(
        self,
        contact: str,
        to: str,
        text: str,
        header: Header = "udh8",
        coding: int | None = None,
        part_octets: int | None = None,
        reference: int = 7,
        order: Callable[[list[dict[str, Any]]], Iterable[dict[str, Any]]] = iter,
    ) -> list[Event]:
        """A message of a contact, in parts where it is long; each event is set when its part was taken."""
        if coding is None:
            coding = GSM7 if smsutil.is_valid_gsm(text) else UCS2
        data = text.encode(_CODECS[coding], "replace")
        single, most = (160, 152) if coding == GSM7 else (140, 132)
        size = part_octets or (single if len(data) <= single else most)
        chunks = [data[start : start + size] for start in range(0, len(data), size)] or [b""]
        parts = [
            {**_placed(header, chunk, reference, number, len(chunks)), "data_coding": coding}
            for number, chunk in enumerate(chunks, 1)
        ]
        return [self.deliver(contact, to, **part) for part in order(parts)]

    def deliver(self, contact: str, to: str, **fields: Any) -> Event:
        """A deliver_sm with these fields of smpplib, as soon as a client receives; set when it was taken."""
        addresses = {"source_addr": contact.lstrip("+"), "destination_addr": to.lstrip("+")}
        types = dict.fromkeys(("source_addr_ton", "source_addr_npi", "dest_addr_ton", "dest_addr_npi"), 1)
        packet = smpp.make_pdu("deliver_sm", client=_numbering(), **{**types, **addresses, **fields})
        return self.deliver_body("deliver_sm", packet.generate()[_HEADER.size :])

    def deliver_body(self, command: str, body: bytes) -> Event:
        """The same for a body that was made otherwise."""
        delivery = _Delivery(command, body)
        self._deliver(delivery)
        return delivery.taken

    # ---- for its clients ----

    def handle(self, client: _Client, packet: bytes) -> bytes:
        """The answer to a packet, or nothing: it comes later, or never."""
        _, code, status, sequence = _HEADER.unpack_from(packet)
        try:
            command = command_codes.get_command_name(code)
            if command.endswith("_resp") or command == "generic_nack":
                self._answered(client, command, sequence, status)
                return b""
            if command == "submit_sm":
                return self._submit(client, packet, sequence)
            if command in _BINDS:
                return self._bind(client, command, packet, sequence)
            if command in ("enquire_link", "unbind"):
                client.bind = client.bind if command == "enquire_link" else ""
                return _packet(f"{command}_resp", sequence)
        except (exceptions.PDUError, exceptions.UnknownCommandError, struct.error, ValueError, IndexError):
            pass
        return _packet("generic_nack", sequence, status=consts.SMPP_ESME_RINVCMDID)

    def left(self, client: _Client) -> None:
        """A client is gone: what it did not answer is delivered again."""
        with self._lock:
            self._clients.remove(client)
        for delivery in client.leave():
            self._again(delivery)

    # ---- within ----

    def _accept(self) -> None:
        while True:
            try:
                accepted, _ = self._listener.accept()
            except OSError:
                return
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client = _Client(self, accepted)
            with self._lock:
                self._clients.append(client)
            client.thread.start()

    def _now_connected(self) -> list[_Client]:
        with self._lock:
            return list(self._clients)

    def _bind(self, client: _Client, command: str, packet: bytes, sequence: int) -> bytes:
        found = _parse(packet)
        status = consts.SMPP_ESME_ROK
        if found.system_id != self.system_id.encode():
            status = consts.SMPP_ESME_RINVSYSID
        elif found.password != self.password.encode():
            status = consts.SMPP_ESME_RINVPASWD
        elif len(self.binds) >= self._most_binds:
            status = consts.SMPP_ESME_RALYBND
        else:
            client.bind = command
            self._timetable.at(0, self._deliver_waiting)
        return _packet(f"{command}_resp", sequence, b"vendor-sim\0", status)

    def _submit(self, client: _Client, packet: bytes, sequence: int) -> bytes:
        if client.bind not in ("bind_transmitter", "bind_transceiver"):
            return _packet("submit_sm_resp", sequence, status=consts.SMPP_ESME_RINVBNDSTS)
        fate = self._host.fate()
        if fate == "hang":
            return b""
        if fate in _REFUSALS:
            return _packet("submit_sm_resp", sequence, status=_REFUSALS[fate])
        message = _parse(packet)
        if status := self.refuse(message):
            return _packet("submit_sm_resp", sequence, status=status)
        number = next(self._numbers)
        self._take(number, message)
        answer = _packet("submit_sm_resp", sequence, self._spelling[0].format(number).encode() + b"\0")
        delay = self._host.delay_seconds()
        if fate == "lose_answer":
            return b""
        if delay:
            self._timetable.at(delay, partial(client.write, answer))
            return b""
        return answer

    def _take(self, number: int, message: Any) -> None:
        text, fields = _read(message)
        to = message.destination_addr.decode("latin-1")
        self._host.took(Taken(self._spelling[0].format(number), to, text, fields))
        for seconds, state in self._host.reports():
            if state in _RECEIPTS and message.registered_delivery & 3 in (1, 2 if state == "failed" else 1):
                self._timetable.at(seconds, partial(self._report, number, message, state))

    def _report(self, number: int, message: Any, state: State) -> None:
        value, word, error = _RECEIPTS[state]
        name = self._spelling[1].format(number)
        now = strftime("%y%m%d%H%M")
        text = (
            f"id:{name} sub:001 dlvrd:001 submit date:{now} done date:{now} stat:{word} err:{error:03} text:id:0 stat:"
        )
        parameters = {"receipted_message_id": name, "message_state": value}
        self.deliver(
            message.destination_addr.decode("latin-1"),
            message.source_addr.decode("latin-1"),
            esm_class=RECEIPT,
            short_message=b"" if self._receipt == "parameters" else text.encode(),
            **({} if self._receipt == "text" else parameters),
        )

    def _deliver(self, delivery: _Delivery) -> None:
        receiving = [client for client in self._now_connected() if client.bind in ("bind_receiver", "bind_transceiver")]
        if not receiving:
            self._waiting.append(delivery)
        elif not self._random.choice(receiving).deliver(delivery):
            self._again(delivery)

    def _deliver_waiting(self) -> None:
        for _ in range(len(self._waiting)):
            self._deliver(self._waiting.popleft())

    def _answered(self, client: _Client, command: str, sequence: int, status: int) -> None:
        if command == "unbind_resp":
            client.cut()
        delivery = client.deliveries.pop(sequence, None)
        if delivery is None:
            return
        if status == consts.SMPP_ESME_ROK:
            delivery.taken.set()
        else:
            self._again(delivery)

    def _again(self, delivery: _Delivery) -> None:
        self._timetable.at(REPEAT_SECONDS, partial(self._deliver, delivery))


class _Timetable:
    """Does things later, in one thread."""

    def __init__(self) -> None:
        self._due: list[tuple[float, int, Callable[[], Any]]] = []
        self._numbers = count()
        self._changed = Condition()
        self._stopping = False
        self._thread = Thread(target=self._run, name="smsc-timetable", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join()

    def at(self, seconds: float, action: Callable[[], Any]) -> None:
        """Do it after so many seconds."""
        with self._changed:
            heapq.heappush(self._due, (monotonic() + seconds, next(self._numbers), action))
            self._changed.notify()

    def _run(self) -> None:
        while (action := self._next()) is not None:
            action()

    def _next(self) -> Callable[[], Any] | None:
        with self._changed:
            while not self._stopping:
                now = monotonic()
                if self._due and self._due[0][0] <= now:
                    return heapq.heappop(self._due)[2]
                self._changed.wait(self._due[0][0] - now if self._due else None)
        return None


def _cut(octets: bytes) -> tuple[list[bytes], bytes]:
    """The packets that are whole, and the rest. Raises ValueError."""
    packets, start = [], 0
    while len(octets) - start >= _HEADER.size:
        (length,) = _LENGTH.unpack_from(octets, start)
        if not _HEADER.size <= length <= LONGEST_PACKET:
            raise ValueError("no SMPP")
        if len(octets) - start < length:
            break
        packets.append(octets[start : start + length])
        start += length
    return packets, octets[start:]


def _packet(command: str, sequence: int, body: bytes = b"", status: int = 0) -> bytes:
    return _HEADER.pack(_HEADER.size + len(body), command_codes.get_command_code(command), status, sequence) + body


def _parse(packet: bytes) -> Any:
    return smpp.parse_pdu(packet, client=_numbering(), allow_unknown_opt_params=True)


def _numbering() -> SimpleSequenceGenerator:
    """smpplib numbers each packet when it is made; here the clients do."""
    return SimpleSequenceGenerator()


def _placed(header: Header, data: bytes, reference: int, number: int, total: int) -> dict[str, Any]:
    """The fields of a part."""
    if total == 1:
        return {"short_message": data}
    if header == "sar":
        places = {"sar_msg_ref_num": reference, "sar_total_segments": total, "sar_segment_seqnum": number}
        return {"short_message": data, **places}
    element = bytes([0, 3, reference]) if header == "udh8" else b"\x08\x04" + reference.to_bytes(2)
    element += bytes([total, number])
    return {"short_message": bytes([len(element)]) + element + data, "esm_class": consts.SMPP_GSMFEAT_UDHI}


def _read(message: Any) -> tuple[str, dict[str, Any]]:
    """What the contact reads of a submit_sm, and its fields."""
    data: bytes = message.short_message or getattr(message, "message_payload", None) or b""
    header = b""
    if message.esm_class & consts.SMPP_GSMFEAT_UDHI:
        header, data = data[: data[0] + 1], data[data[0] + 1 :]
    fields = {
        "source": message.source_addr.decode("latin-1"),
        "source_ton": message.source_addr_ton,
        "source_npi": message.source_addr_npi,
        "destination_ton": message.dest_addr_ton,
        "destination_npi": message.dest_addr_npi,
        "service_type": (message.service_type or b"").decode("latin-1"),
        "esm_class": message.esm_class,
        "data_coding": message.data_coding,
        "registered_delivery": message.registered_delivery,
        "validity_period": (message.validity_period or b"").decode("latin-1"),
        "header": header.hex(),
    }
    return data.decode(_CODECS.get(message.data_coding, "latin-1"), "replace"), fields
