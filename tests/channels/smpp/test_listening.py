"""Listening over SMPP: nothing is acknowledged before it is safe, and what is not acknowledged comes again."""

import subprocess
import sys
import threading
import time
from itertools import cycle
from pathlib import Path

import pytest

from botflow.channels.contract import Accepted, Inbound, Part, Report
from botflow.channels.parts import whole
from botflow.channels.smpp import bind, intake, pdu, status
from botflow.channels.smpp.adapter import Smpp
from botflow.channels.smpp.pool import close
from botflow.vendor_sim.contract import Behaviour
from botflow.vendor_sim.smsc import GSM7, SPELLINGS, UCS2, Header, Receipt, Spelling
from tests.channels.smpp.lines import CONTACT, NUMBER, PATIENCE, Centre, Ears, account, eventually, many, outbound

ROOT = Path(__file__).parents[3]
LISTENING = """
import sys, time
from botflow.channels.http import VendorHttp
from botflow.channels.smpp.adapter import Smpp
from tests.channels.smpp.lines import account

def deliver(events):
    print(events[0].text, flush=True)
    time.sleep(60)

Smpp(VendorHttp(["127.0.0.1"])).listen(account(int(sys.argv[1])), deliver)
time.sleep(60)
"""


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reconnect at once."""
    monkeypatch.setattr(bind, "FIRST_DELAY_SECONDS", 0.005)


def texts(ears: Ears) -> list[str | None]:
    return [event.text for event in ears.events if isinstance(event, Inbound)]


def test_a_message_is_acknowledged_after_it_was_kept(smpp: Smpp, smsc: Centre) -> None:
    may_keep, kept = threading.Event(), Ears()

    def deliver(events: object) -> None:
        assert may_keep.wait(PATIENCE)
        kept(events)  # type: ignore[arg-type] # what it is given

    smpp.listen(account(smsc.port), deliver)
    (taken,) = smsc.message("hello 👍")
    assert not taken.wait(0.1)
    may_keep.set()
    assert taken.wait(PATIENCE)
    (event,) = kept.events
    assert isinstance(event, Inbound)
    assert (event.sender, event.address, event.text) == ("sms-1", CONTACT, "hello 👍")


def test_what_cannot_be_kept_is_sent_again(smpp: Smpp, smsc: Centre, ears: Ears) -> None:
    smpp.listen(account(smsc.port), ears)
    ears.refuses = lambda event: True
    (taken,) = smsc.message("hello")
    eventually(lambda: ears.tried >= 2)
    assert not taken.is_set()
    ears.refuses = lambda event: False
    assert taken.wait(PATIENCE)
    assert texts(ears) == ["hello"]


def test_one_that_cannot_be_kept_holds_up_no_other(smpp: Smpp, smsc: Centre, ears: Ears) -> None:
    ears.refuses = lambda event: isinstance(event, Inbound) and event.text == "poison"
    smpp.listen(account(smsc.port), ears)
    taken = [smsc.message(text)[0] for text in ("one", "poison", "two", "three")]
    ears.wait(3)
    assert [event.wait(0.1) for event in taken] == [True, False, True, True]
    assert sorted(str(text) for text in texts(ears)) == ["one", "three", "two"]


def test_two_equal_messages_are_two(smpp: Smpp, smsc: Centre, ears: Ears) -> None:
    smpp.listen(account(smsc.port), ears)
    for _ in range(2):
        smsc.message("yes")
    events = ears.wait(2)
    assert len({getattr(event, "vendor_id", "") for event in events}) == 2


def test_a_message_that_is_sent_again_after_a_break_is_the_same(smpp: Smpp, smsc: Centre) -> None:
    """The answer to it was lost: the host knows by its id that it has it already."""
    ears, holding = Ears(), threading.Event()

    def deliver(events: object) -> None:
        ears(events)  # type: ignore[arg-type] # what it is given
        holding.wait(PATIENCE)

    smpp.listen(account(smsc.port), deliver)
    (taken,) = smsc.message("yes")
    ears.wait(1)
    smsc.vendor.cut()
    eventually(lambda: not smsc.binds)
    holding.set()
    ears.wait(2)
    assert taken.wait(PATIENCE)
    assert len({getattr(event, "vendor_id", "") for event in ears.events}) == 1


@pytest.mark.parametrize("header", ["udh8", "udh16", "sar"])
@pytest.mark.parametrize(("text", "coding", "octets"), [("long 👍 " * 40, UCS2, 33), ("[5 €] " * 60, GSM7, 101)])
def test_long_messages_come_in_parts_in_any_order(
    smpp: Smpp, smsc: Centre, ears: Ears, header: Header, text: str, coding: int, octets: int
) -> None:
    smpp.listen(account(smsc.port), ears)
    taken = smsc.message(text, header=header, coding=coding, part_octets=octets, order=reversed, reference=200)
    events = ears.wait(len(taken))
    parts = [event for event in events if isinstance(event, Part)]
    assert {(part.sender, part.address) for part in parts} == {("sms-1", CONTACT)}
    assert len({part.reference for part in parts}) == 1
    message = whole(parts)
    assert message is not None
    assert message.text == text


@pytest.mark.parametrize("receipt", ["both", "parameters", "text"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_ids_of_reports_meet_those_of_messages(
    smpp: Smpp, ears: Ears, spelling: Spelling, receipt: Receipt
) -> None:
    behaviour = Behaviour(reports=("sent", "delivered"), report_ms=1, disorder=0.5, duplicates=0.5)
    with Centre(behaviour, spelling=spelling, receipt=receipt) as smsc:
        sender = account(**smsc.vendor.credentials())
        smpp.listen(sender, ears)
        results = smpp.send_batch(sender, many(20))
        names = {result.vendor_ids[0] for result in results if isinstance(result, Accepted)}
        eventually(lambda: {event.vendor_id for event in ears.events if isinstance(event, Report)} == names)
        assert {event.state for event in ears.events if isinstance(event, Report)} == {"delivered"}


def test_a_report_may_come_before_the_answer(smpp: Smpp, ears: Ears) -> None:
    with Centre(Behaviour(reports=("delivered",), report_ms=1, delay_ms=100)) as smsc:
        sender = account(smsc.port)
        smpp.listen(sender, ears)
        call = threading.Thread(target=smpp.send, args=(sender, outbound()))
        call.start()
        ears.wait(1)
        assert call.is_alive()
        call.join()


def test_messages_come_in_and_leave_over_the_same_bind(smpp: Smpp, smsc: Centre, ears: Ears) -> None:
    sender = account(smsc.port)
    smpp.send(sender, outbound())
    assert smsc.binds == ["bind_transmitter"]
    connection = smpp.listen(sender, ears)
    eventually(lambda: smsc.binds == ["bind_transceiver"])
    assert isinstance(smpp.send(sender, outbound()), Accepted)
    assert len(smsc.binds) == 1
    connection.close()
    eventually(lambda: not smsc.binds)
    assert isinstance(smpp.send(sender, outbound()), Accepted)


def test_an_smsc_that_allows_one_bind_is_served_by_one(smpp: Smpp, ears: Ears) -> None:
    with Centre(Behaviour(reports=()), most_binds=1) as smsc:
        sender = account(smsc.port)
        smpp.send(sender, outbound())
        smpp.listen(sender, ears)
        assert isinstance(smpp.send(sender, outbound()), Accepted)


def test_receiver_and_transmitters_may_be_apart(smpp: Smpp, smsc: Centre, ears: Ears) -> None:
    sender = account(smsc.port, bind="separate", binds=2)
    smpp.listen(sender, ears)
    smpp.send(sender, outbound())
    eventually(lambda: sorted(smsc.binds) == ["bind_receiver", "bind_transmitter", "bind_transmitter"])
    smsc.message("hello")
    ears.wait(1)


def test_a_process_that_only_sends_leaves_messages_to_others(smpp: Smpp, smsc: Centre, ears: Ears) -> None:
    sender = account(smsc.port, bind="transceiver_only")
    smpp.send(sender, outbound())
    (taken,) = smsc.message("hello")
    assert not taken.wait(0.1)
    smpp.listen(sender, ears)
    assert taken.wait(PATIENCE)


def test_each_sender_of_an_account_hears_its_own(smpp: Smpp, smsc: Centre) -> None:
    numbers = {"sms-1": "+15550001111", "sms-2": "2222"}
    ears = {sender: Ears() for sender in numbers}
    lines = [smpp.listen(account(smsc.port, sender, number), ears[sender]) for sender, number in numbers.items()]
    eventually(lambda: len(smsc.binds) == 1)
    for sender, number in numbers.items():
        smsc.message(f"for {sender}", to=number)
    for sender in numbers:
        (event,) = ears[sender].wait(1)
        assert isinstance(event, Inbound)
        assert (event.sender, event.text) == (sender, f"for {sender}")
    lines[0].close()
    assert len(smsc.binds) == 1
    smsc.message("again", to="2222")
    ears["sms-2"].wait(2)


def test_data_sm_brings_messages_too(smpp: Smpp, smsc: Centre, ears: Ears) -> None:
    smpp.listen(account(smsc.port), ears)
    body = b"\0\1\1%b\0\1\1%b\0\0\0\0\x04\x24\0\x09over data" % (CONTACT[1:].encode(), NUMBER[1:].encode())
    assert smsc.vendor.deliver_body("data_sm", body).wait(PATIENCE)
    assert texts(ears) == ["over data"]


def test_what_cannot_be_read_is_not_asked_for_again(smpp: Smpp, smsc: Centre, ears: Ears) -> None:
    answered: set[tuple[int, int, int]] = set()

    def hears(command: int, status: int, sequence: int) -> bool:
        answered.add((command, status, sequence))
        return True

    smsc.overhear(hears)
    smpp.listen(account(smsc.port), ears)
    eventually(lambda: smsc.binds)
    (line,) = smsc.vendor._clients
    odd = [
        pdu.packet(pdu.DELIVER_SM, 1, b"\0\1"),
        pdu.packet(pdu.ALERT_NOTIFICATION, 2),
        pdu.packet(0x99, 3),
        pdu.packet(pdu.ENQUIRE_LINK, 4),
    ]
    line.write(b"".join(odd))
    expected = {
        (pdu.BIND_TRANSCEIVER, 0, 1),
        (pdu.DELIVER_SM | pdu.RESPONSE, status.NEVER, 1),
        (pdu.GENERIC_NACK, status.INVALID_COMMAND, 3),
        (pdu.ENQUIRE_LINK | pdu.RESPONSE, 0, 4),
    }
    eventually(lambda: answered >= expected)
    assert answered == expected


def test_what_comes_faster_than_it_can_be_kept_is_handed_over_together(smpp: Smpp, smsc: Centre, ears: Ears) -> None:
    may_keep = threading.Event()

    def deliver(events: object) -> None:
        may_keep.wait(PATIENCE)
        ears(events)  # type: ignore[arg-type] # what it is given

    smpp.listen(account(smsc.port), deliver)
    eventually(lambda: smsc.binds)
    taken = [smsc.message(f"number {number}")[0] for number in range(300)]
    may_keep.set()
    assert all(event.wait(PATIENCE) for event in taken)
    assert texts(ears) == [f"number {number}" for number in range(300)]
    assert len(ears.batches) < 20


def test_more_than_can_be_held_is_left_at_the_smsc(
    smpp: Smpp, smsc: Centre, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOST_WAITING", 5)
    smpp.listen(account(smsc.port), ears)
    taken = [smsc.message(f"number {number}")[0] for number in range(50)]
    assert all(event.wait(PATIENCE) for event in taken)
    assert sorted(str(text) for text in texts(ears)) == sorted(f"number {number}" for number in range(50))


def test_the_line_opens_itself_again_and_again(smpp: Smpp, smsc: Centre, ears: Ears) -> None:
    smpp.listen(account(smsc.port), ears)
    for number, end in zip(range(6), cycle([smsc.vendor.cut, smsc.vendor.unbind]), strict=False):
        (taken,) = smsc.message(f"number {number}")
        assert taken.wait(PATIENCE)
        end()
    by_name = {getattr(event, "vendor_id", ""): getattr(event, "text", "") for event in ears.events}
    assert list(by_name.values()) == [f"number {number}" for number in range(6)]


def test_a_sender_may_listen_anew_before_it_ends_the_old_line(smpp: Smpp, smsc: Centre, ears: Ears) -> None:
    old = smpp.listen(account(smsc.port), Ears())
    smpp.listen(account(smsc.port), ears)
    old.close()
    smsc.message("hello")
    ears.wait(1)


def test_what_a_killed_process_had_is_delivered_to_the_next(smpp: Smpp, smsc: Centre, ears: Ears) -> None:
    """It had the message and had kept nothing of it; no answer had left."""
    (taken,) = smsc.message("hello")
    with subprocess.Popen(
        [sys.executable, "-c", LISTENING, str(smsc.port)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "hello\n"
        process.kill()
    assert not taken.is_set()
    smpp.listen(account(smsc.port), ears)
    assert taken.wait(PATIENCE)
    assert texts(ears) == ["hello"]


def test_a_child_process_opens_lines_of_its_own(smpp: Smpp, smsc: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    smpp.send(account(smsc.port), outbound())
    mine = dict(smpp._sending)
    monkeypatch.setattr("botflow.channels.smpp.adapter.os.getpid", lambda: -1)
    assert isinstance(smpp.send(account(smsc.port), outbound()), Accepted)
    assert len(smsc.binds) == 2
    close(mine.values())


def test_listening_ends_within_a_second_and_leaves_no_thread(smpp: Smpp, smsc: Centre) -> None:
    before = threading.active_count()
    busy, may_end = threading.Event(), threading.Event()

    def slow(events: object) -> None:
        busy.set()
        may_end.wait(PATIENCE)

    connection = smpp.listen(account(smsc.port, binds=3), slow)
    smsc.message("hello")
    assert busy.wait(PATIENCE)
    began = time.monotonic()
    connection.close()
    assert time.monotonic() - began < 1
    may_end.set()
    eventually(lambda: threading.active_count() <= before)
