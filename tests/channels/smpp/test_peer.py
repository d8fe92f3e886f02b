"""An SMSC that this project did not write (npm `smpp`, over real sockets) understands us, and we it."""

from __future__ import annotations

import json
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from botflow.channels.contract import Accepted, Inbound, Part, Refused, Report
from botflow.channels.http import VendorHttp
from botflow.channels.parts import whole
from botflow.channels.smpp import bind
from botflow.channels.smpp.adapter import Smpp
from tests.bench.peers.install import from_npm, node_command
from tests.channels.smpp.lines import CONTACT, NUMBER, PATIENCE, Ears, account, eventually, many, outbound

HERE = Path(__file__).parent


class Peer:
    """The process, and what it says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._said: Queue[dict[str, Any]] = Queue()
        Thread(target=self._listen, daemon=True).start()
        self.port: int = self.next("port")["port"]

    def next(self, kind: str) -> dict[str, Any]:
        """What it says next of this kind."""
        while True:
            said = self._said.get(timeout=PATIENCE)
            if kind in said:
                return said

    def do(self, **action: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(action) + "\n")
        self._process.stdin.flush()

    def deliver(self, **fields: Any) -> None:
        addresses = {"source_addr": CONTACT[1:], "source_addr_ton": 1, "destination_addr": NUMBER[1:]}
        self.do(deliver={**addresses, **fields})
        assert self.next("answered") == {"answered": "deliver_sm_resp", "status": 0}

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._said.put(json.loads(line))


@contextmanager
def peer_with(*options: str) -> Iterator[Peer]:
    command = [*node_command(), str(from_npm(HERE / "smpp_peer") / "smsc.mjs"), "sim-pass", *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Peer(process)
        finally:
            process.kill()


@pytest.fixture(scope="module")
def running() -> Iterator[Peer]:
    with peer_with() as peer:
        yield peer


@pytest.fixture
def peer(running: Peer, smpp: Smpp, monkeypatch: pytest.MonkeyPatch) -> Peer:
    """The peer, to which nobody is bound."""
    monkeypatch.setattr(bind, "FIRST_DELAY_SECONDS", 0.005)
    return running


@pytest.fixture
def ears(peer: Peer, smpp: Smpp) -> Iterator[Ears]:
    """Somebody who listens to it, over one bind."""
    ears = Ears()
    connection = smpp.listen(account(peer.port), ears)
    bound = {"bind": "simulated", "command": "bind_transceiver", "version": 0x34}
    eventually(lambda: peer.next("bind") == bound)
    yield ears
    connection.close()
    peer.next("unbound")


def test_it_takes_a_message_and_reports_its_delivery(peer: Peer, smpp: Smpp, ears: Ears) -> None:
    result = smpp.send(account(peer.port), outbound("Grüezi, 5 € [x]", ttl=3600))
    taken = peer.next("submit")
    until = datetime.fromisoformat(taken.pop("validity")) - datetime.now(UTC)
    assert timedelta(minutes=59) < until <= timedelta(hours=1)
    assert taken == {
        "submit": taken["submit"],
        "text": "Grüezi, 5 € [x]",
        "udh": [],
        "source": [1, 1, "15550001111"],
        "destination": [1, 1, "41791234567"],
        "coding": 0,
        "esm": 0,
        "registered": 1,
    }
    assert result == Accepted((taken["submit"].lower(),))
    assert ears.wait(1) == [Report(taken["submit"].lower(), "delivered")]


@pytest.mark.parametrize(("text", "coding"), [("[ñandù] " * 50, 0), ("ça va 👍 " * 40, 8)])
def test_it_reads_every_part_of_a_long_message(peer: Peer, smpp: Smpp, ears: Ears, text: str, coding: int) -> None:
    result = smpp.send(account(peer.port), outbound(text))
    assert isinstance(result, Accepted)
    taken = [peer.next("submit") for _ in result.vendor_ids]
    assert "".join(part["text"] for part in taken) == text
    assert {part["coding"] for part in taken} == {coding}
    references = {part["udh"][0][4:6] for part in taken}
    assert len(references) == 1
    places = [f"0003{references.copy().pop()}{len(taken):02x}{number:02x}" for number in range(1, len(taken) + 1)]
    assert [part["udh"] for part in taken] == [[place] for place in places]


def test_it_reads_a_message_that_leaves_whole(peer: Peer, smpp: Smpp) -> None:
    sender = account(peer.port, long_messages="payload")
    assert isinstance(smpp.send(sender, outbound("ça va 👍 " * 40)), Accepted)
    assert peer.next("submit")["text"] == "ça va 👍 " * 40


def test_it_is_sent_hundreds_at_once(peer: Peer, smpp: Smpp) -> None:
    results = smpp.send_batch(account(peer.port), many(500))
    assert [type(result) for result in results] == [Accepted] * 500
    assert len({result.vendor_ids for result in results if isinstance(result, Accepted)}) == 500


def test_its_refusals_are_understood(peer: Peer, smpp: Smpp) -> None:
    refused = smpp.send(account(peer.port), outbound(to="+41799999999"))
    assert isinstance(refused, Refused)
    assert "(0x0B)" in refused.reason
    let_out = smpp.send(account(peer.port, password="wrong"), outbound())
    assert isinstance(let_out, Refused)
    assert let_out.kind == "credentials"


@pytest.mark.parametrize(("text", "coding"), [("5 € and [more]", 0), ("mañana, ça va", 3), ("ça va 👍", 8)])
def test_its_messages_are_read(peer: Peer, ears: Ears, text: str, coding: int) -> None:
    peer.deliver(text=text, data_coding=coding)
    (event,) = ears.events
    assert isinstance(event, Inbound)
    assert (event.address, event.text) == (CONTACT, text)


def test_its_parts_make_a_whole(peer: Peer, ears: Ears) -> None:
    data = "ça va 👍".encode("utf-16-be").hex()
    halves = {1: data[:26], 2: data[26:]}  # within the surrogate pair
    for number in (2, 1):
        header = f"0500032a02{number:02x}"
        peer.deliver(udh=header, data=halves[number], data_coding=8, esm_class=0x40)
    message = whole([event for event in ears.events if isinstance(event, Part)])
    assert message is not None
    assert message.text == "ça va 👍"


def test_its_sar_parameters_are_read(peer: Peer, ears: Ears) -> None:
    for number, text in ((1, "one "), (2, "two")):
        peer.deliver(text=text, sar_msg_ref_num=4660, sar_total_segments=2, sar_segment_seqnum=number)
    message = whole([event for event in ears.events if isinstance(event, Part)])
    assert message is not None
    assert message.text == "one two"


def test_a_broken_line_is_opened_again(peer: Peer, smpp: Smpp, ears: Ears) -> None:
    peer.do(cut=True)
    assert peer.next("bind")["command"] == "bind_transceiver"
    peer.deliver(text="after")
    assert isinstance(ears.wait(1)[0], Inbound)


def test_the_line_may_be_encrypted_and_the_certificate_is_checked(tmp_path: Path) -> None:
    certificate, key = _certificate(tmp_path)
    trust = ssl.create_default_context(cafile=certificate)
    trusting, careful = Smpp(VendorHttp(["localhost"], trust)), Smpp(VendorHttp(["localhost"]))
    try:
        with peer_with(str(certificate), str(key)) as peer:
            sender = account(peer.port, host="localhost", tls=True)
            results = trusting.send_batch(sender, many(300, "encrypted"))
            assert [type(result) for result in results] == [Accepted] * 300
            refused = careful.send(sender, outbound())
            assert isinstance(refused, Refused)
            assert "The certificate of localhost is not valid" in refused.reason
            trusting.close()
            eventually(lambda: peer.next("unbound"))
    finally:
        trusting.close()
        careful.close()


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of localhost that nobody knows, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files
