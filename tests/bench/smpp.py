"""Submits over one bind, to an SMSC that answers at once, beside a plain loop over smpplib's client."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, Final

import msgspec
from smpplib.client import Client
from smpplib.smpp import make_pdu

from botflow.channels.contract import Accepted, Account, Outbound
from botflow.channels.http import VendorHttp
from botflow.channels.smpp.adapter import Smpp
from botflow.channels.smpp.credentials import SmppCredentials
from botflow.channels.smpp.outgoing import bodies
from tests.bench.measure import Figures, Plan, Row, Work, beside, duration, measured, row

NAME: Final = "smpp"
BATCH: Final = 100
WINDOW: Final = 32
LEAST_A_SECOND: Final = 1500
MOST_US: Final = 1e6 / LEAST_A_SECOND
TEXT: Final = "Your code is 482913. It is valid for ten minutes."
HOST: Final = "127.0.0.1"
SENDER: Final = "15550001111"
CONTACT: Final = "41791234567"


def rows(plan: Plan) -> list[Row]:
    """Batches and single messages, ours and smpplib's. Goals are by the wall, with the SMSC on the same core."""
    adapter = Smpp(VendorHttp([HOST]))
    with _smsc() as port, _client(port) as client:
        account = _account(port)
        numbers = count()
        message = _message(0)
        works = {
            "a batch of 100, one bind": _batches(adapter, account, numbers),
            "smpplib's client, window of 32": lambda: _windowed(client),
            "one at a time": lambda: _accepted([adapter.send(account, _message(next(numbers)))]),
            "smpplib's client, one at a time": lambda: _single(client),
            "making the packet": lambda: bodies(account, message),
            "smpplib's packet": lambda: _packet(client),
        }
        found = measured(works, plan)
        adapter.close()
    for name in ("a batch of 100, one bind", "smpplib's client, window of 32"):
        found[name] = _each(found[name])
    return _judged(found)


def _judged(found: dict[str, Figures]) -> list[Row]:
    """Pairs of ours and theirs; the goal is that of the first."""
    names = list(found)
    judged: list[Row] = []
    for ours, theirs in zip(names[::2], names[1::2], strict=True):
        first = row(NAME, ours, found[ours])
        judged += [first, beside(row(NAME, theirs, found[theirs]), first)]
    goal = f"at most {duration(MOST_US)} by the wall"
    judged[0] = msgspec.structs.replace(judged[0], goal=goal, met=judged[0].wall_us <= MOST_US)
    return judged


def _each(batches: Figures) -> Figures:
    """The figures of a message from those of a batch."""
    return Figures([figure / BATCH for figure in batches.cpu], [figure / BATCH for figure in batches.wall])


@contextmanager
def _smsc() -> Iterator[int]:
    """The port of an SMSC in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.smsc"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.kill()


@contextmanager
def _client(port: int) -> Iterator[Any]:
    client = Client(HOST, port, allow_unknown_opt_params=True)
    client.set_message_sent_handler(lambda pdu: None)
    client.connect()
    client.bind_transceiver(system_id="bench", password="bench")
    try:
        yield client
    finally:
        client.unbind()
        client.disconnect()


def _account(port: int) -> Account[SmppCredentials]:
    settings = {"host": HOST, "port": port, "system_id": "bench", "password": "bench", "window": WINDOW}
    return Account("sms", SENDER, SmppCredentials.model_validate(settings))


def _message(number: int) -> Outbound:
    return Outbound(f"m-{number}", "sms", CONTACT, {"type": "text", "text": TEXT})


def _batches(adapter: Smpp, account: Account[SmppCredentials], numbers: Iterator[int]) -> Work:
    def send() -> None:
        _accepted(adapter.send_batch(account, [_message(next(numbers)) for _ in range(BATCH)]))

    return send


def _accepted(results: list[Any]) -> None:
    if not all(isinstance(result, Accepted) for result in results):
        raise RuntimeError(f"the SMSC does not take everything: {results[0]}")


def _fields() -> dict[str, Any]:
    return {
        "source_addr_ton": 1,
        "source_addr_npi": 1,
        "source_addr": SENDER,
        "dest_addr_ton": 1,
        "dest_addr_npi": 1,
        "destination_addr": CONTACT,
        "registered_delivery": 1,
        "short_message": TEXT.encode(),
    }


def _windowed(client: Any) -> None:
    """As many messages as a batch has, with a window as wide as ours."""
    under_way = 0
    for _ in range(BATCH):
        if under_way == WINDOW:
            client.read_once()
            under_way -= 1
        client.send_message(**_fields())
        under_way += 1
    for _ in range(under_way):
        client.read_once()


def _single(client: Any) -> None:
    client.send_message(**_fields())
    client.read_once()


def _packet(client: Any) -> bytes:
    packet: bytes = make_pdu("submit_sm", client=client, **_fields()).generate()
    return packet
