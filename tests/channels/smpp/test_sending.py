"""Sending over SMPP, to an SMSC over real sockets: pipelined within the window, and honest about what is not sure."""

import re
import socket
import threading
import time
from contextlib import suppress
from datetime import timedelta

import pytest

from botflow.channels import addresses
from botflow.channels.contract import SEND_SECONDS, Accepted, Refused, RetryLater
from botflow.channels.http import VendorHttp
from botflow.channels.smpp import bind, pdu, pool, session, status
from botflow.channels.smpp.adapter import Smpp
from botflow.channels.smpp.credentials import LONGEST_RESPONSE_SECONDS
from botflow.vendor_sim.contract import Behaviour
from tests.channels.smpp.lines import CONTACT, Centre, account, eventually, many, outbound


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reconnect at once."""
    monkeypatch.setattr(bind, "FIRST_DELAY_SECONDS", 0.005)


def test_a_message_is_submitted_and_named_by_the_smsc(smpp: Smpp, smsc: Centre) -> None:
    result = smpp.send(account(smsc.port), outbound("Grüezi, 5 €"))
    (taken,) = smsc.taken
    assert result == Accepted((taken.vendor_id,))
    assert taken.text == "Grüezi, 5 €"
    assert (taken.to, taken.content["source"]) == (CONTACT[1:], "15550001111")


def test_a_batch_is_answered_in_its_order(smpp: Smpp, smsc: Centre) -> None:
    results = smpp.send_batch(account(smsc.port, window=7), many(200))
    texts = {taken.vendor_id: taken.text for taken in smsc.taken}
    named = [texts[result.vendor_ids[0]] for result in results if isinstance(result, Accepted)]
    assert named == [f"Hello {number}" for number in range(200)]


def test_each_part_of_a_long_message_has_its_id(smpp: Smpp, smsc: Centre) -> None:
    result = smpp.send(account(smsc.port), outbound("long 👍 " * 40))
    assert isinstance(result, Accepted)
    assert list(result.vendor_ids) == [taken.vendor_id for taken in smsc.taken]
    assert "".join(taken.text for taken in smsc.taken) == "long 👍 " * 40


def test_answers_are_matched_by_number_whatever_their_order(smpp: Smpp) -> None:
    with Centre(Behaviour(reports=(), delay_ms=5)) as smsc:
        results = smpp.send_batch(account(smsc.port, binds=3, window=10), many(100))
    assert all(isinstance(result, Accepted) for result in results)
    assert len({result.vendor_ids for result in results if isinstance(result, Accepted)}) == 100


def test_the_window_bounds_what_is_under_way(smpp: Smpp) -> None:
    with Centre(Behaviour(reports=(), delay_ms=50)) as smsc:
        began = time.monotonic()
        smpp.send_batch(account(smsc.port, window=10), many(40))
        assert time.monotonic() - began >= 4 * 0.05


def test_all_binds_share_the_work(smpp: Smpp) -> None:
    with Centre(Behaviour(reports=(), delay_ms=50)) as smsc:
        sender = account(smsc.port, binds=4, window=10)
        smpp.send(sender, outbound())
        eventually(lambda: len(smsc.binds) == 4)
        began = time.monotonic()
        smpp.send_batch(sender, many(40))
        assert time.monotonic() - began < 4 * 0.05
        assert smsc.binds == ["bind_transmitter"] * 4


def test_a_throttled_bind_slows_down_and_loses_nothing(smpp: Smpp) -> None:
    with Centre(Behaviour(reports=(), throttle=40)) as smsc:
        results = smpp.send_batch(account(smsc.port), many(70))
        assert [type(result) for result in results] == [Accepted] * 70
        assert len(smsc.taken) == 70
        assert smsc.calls < 250


def test_what_the_smsc_does_not_take_in_time_is_for_later(
    smpp: Smpp, smsc: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "TAKEN_SECONDS", 0.2)
    smsc.vendor.refuse = lambda message: status.QUEUE_FULL
    result = smpp.send(account(smsc.port), outbound())
    assert isinstance(result, RetryLater)


REFUSALS = [
    (0x0B, Refused, "permanent", "does not take the contact's number"),
    (0x0A, Refused, "permanent", "does not take the sender's number or name"),
    (0x08, RetryLater, "", "an error of its own"),
    (0x64, RetryLater, "", "an error for a moment"),
    (0x0E, Refused, "credentials", "password is wrong"),
    (0x401, RetryLater, "", "for a reason of its own"),
    (0x402, Refused, "opted_out", "for a reason of its own"),
    (0x499, Refused, "permanent", r"for a reason of its own \(0x499\)"),
]


@pytest.mark.parametrize(("code", "kind_of_result", "kind", "reason"), REFUSALS)
def test_a_refusal_is_told_by_its_status(
    smpp: Smpp, smsc: Centre, code: int, kind_of_result: type, kind: str, reason: str
) -> None:
    smsc.vendor.refuse = lambda message: code
    sender = account(smsc.port, later_statuses=[0x401], opted_out_statuses=[0x402])
    result = smpp.send(sender, outbound())
    assert isinstance(result, kind_of_result)
    assert getattr(result, "kind", "") == kind
    assert re.search(reason, getattr(result, "reason", ""))


def test_a_refused_part_refuses_the_message_and_spares_the_parts_behind_it(smpp: Smpp, smsc: Centre) -> None:
    smsc.vendor.refuse = lambda message: 0x0B if message.short_message[5] == 2 else 0
    result = smpp.send(account(smsc.port, window=1), outbound("x" * 1000))
    assert isinstance(result, Refused)
    assert len(smsc.taken) == 1


@pytest.mark.parametrize("password", ["wrong", "sim-pass"])
def test_wrong_credentials_are_told_as_such(smpp: Smpp, smsc: Centre, password: str) -> None:
    sender = account(smsc.port, password=password, system_id="nobody" if password == "sim-pass" else "simulated")
    for _ in range(2):
        result = smpp.send(sender, outbound())
        assert isinstance(result, Refused)
        assert result.kind == "credentials"
        assert password not in result.reason.removesuffix("(0x0E).").replace("password is wrong", "")
    assert not smpp.check(sender).works


def test_an_smsc_that_is_away_is_told_at_once(smpp: Smpp) -> None:
    with Centre() as smsc:
        port = smsc.port
    began = time.monotonic()
    result = smpp.send(account(port), outbound())
    assert isinstance(result, RetryLater)
    assert "cannot be reached: Connection refused" in result.reason
    assert time.monotonic() - began < 1


NOTHING: bytes = b""
STRANGE = [
    NOTHING,
    b"HTTP/1.1 400 Bad Request\r\n\r\n",
    bytes(16),
    pdu.packet(pdu.BIND_TRANSMITTER | pdu.RESPONSE, 1, b"x\0") + b"\xff" * 100,
    pdu.packet(pdu.BIND_TRANSMITTER | pdu.RESPONSE, 1, b"x\0") + pdu.packet(pdu.SUBMIT_SM | pdu.RESPONSE, 99, b"x"),
    pdu.packet(pdu.GENERIC_NACK, 1, status=3),
    pdu.packet(pdu.DELIVER_SM, 1),
]


@pytest.mark.parametrize("greeting", STRANGE)
def test_whoever_answers_in_place_of_an_smsc_does_no_harm(
    greeting: bytes, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "TAKEN_SECONDS", 0.5)
    before = threading.active_count()
    adapter = Smpp(VendorHttp(["127.0.0.1"]))
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            with suppress(OSError):
                while True:
                    line, _ = listener.accept()
                    with line:
                        line.recv(1000)
                        line.sendall(greeting)

        greeter = threading.Thread(target=greet)
        greeter.start()
        for _ in range(3):
            assert isinstance(adapter.send(account(listener.getsockname()[1]), outbound()), RetryLater)
        adapter.close()
        listener.shutdown(socket.SHUT_RDWR)
        greeter.join()
    eventually(lambda: threading.active_count() == before)


def test_an_smsc_that_does_not_answer_the_bind_is_told(smpp: Smpp) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        sender = account(listener.getsockname()[1], response_seconds=1)
        result = smpp.send(sender, outbound())
    assert isinstance(result, RetryLater)
    assert "does not answer the bind" in result.reason


def test_an_smsc_inside_the_network_is_not_called_unless_it_is_listed(smsc: Centre) -> None:
    adapter = Smpp(VendorHttp())
    try:
        result = adapter.send(account(smsc.port), outbound())
        assert isinstance(result, Refused)
        assert "BOTFLOW_VENDOR_HOSTS" in result.reason
    finally:
        adapter.close()


def test_what_was_under_way_when_the_line_broke_is_for_later(smpp: Smpp, quick: None) -> None:
    with Centre(Behaviour(reports=(), hang=1)) as smsc:
        sender = account(smsc.port, window=3)
        threading.Timer(0.1, smsc.vendor.cut).start()
        result = smpp.send(sender, outbound())
        assert result == session._IN_DOUBT
        smsc.behave(hang=0)
        assert isinstance(smpp.send(sender, outbound()), Accepted)


def test_what_waits_for_room_when_the_line_breaks_leaves_over_the_next_one(smpp: Smpp, quick: None) -> None:
    with Centre(Behaviour(reports=(), delay_ms=20)) as smsc:
        sender = account(smsc.port, window=5)
        smpp.send(sender, outbound())
        threading.Timer(0.05, smsc.vendor.cut).start()
        results = smpp.send_batch(sender, many(100))
        in_doubt = [result for result in results if result == session._IN_DOUBT]
        assert 1 <= len(in_doubt) <= 5
        assert [type(result) for result in results].count(Accepted) == 100 - len(in_doubt)


def test_an_smsc_may_say_goodbye_in_the_middle(smpp: Smpp, quick: None) -> None:
    with Centre(Behaviour(reports=(), delay_ms=20)) as smsc:
        sender = account(smsc.port, window=5)
        smpp.send(sender, outbound())
        threading.Timer(0.05, smsc.vendor.unbind).start()
        results = smpp.send_batch(sender, many(60))
        assert all(isinstance(result, Accepted) for result in results)
        assert len(smsc.taken) == 61


def test_an_answer_that_does_not_come_is_not_waited_for_for_ever(smpp: Smpp) -> None:
    with Centre(Behaviour(reports=(), hang=1)) as smsc:
        began = time.monotonic()
        results = smpp.send_batch(account(smsc.port, window=2, response_seconds=1), many(2))
        assert results == [session._UNANSWERED] * 2
        assert time.monotonic() - began < 2


def test_no_call_takes_longer_than_the_contract_allows() -> None:
    assert pool.TAKEN_SECONDS + LONGEST_RESPONSE_SECONDS + pool.SPARE_SECONDS < SEND_SECONDS


def test_a_silent_line_is_tried_and_given_up(smpp: Smpp, quick: None) -> None:
    with Centre(Behaviour(reports=())) as smsc:
        sender = account(smsc.port, enquire_seconds=1, response_seconds=1)
        smpp.send(sender, outbound())
        asked: list[int] = []

        def hears(command: int, status: int, sequence: int) -> bool:
            asked.append(command)
            return command != pdu.ENQUIRE_LINK

        smsc.overhear(hears)
        eventually(lambda: pdu.ENQUIRE_LINK in asked and pdu.BIND_TRANSMITTER in asked)


def test_binds_end_within_a_second_whatever_they_do() -> None:
    adapter = Smpp(VendorHttp(["127.0.0.1"]))
    before = threading.active_count()
    with Centre(Behaviour(reports=(), hang=1)) as hanging, Centre() as away:
        away_port = away.port
        away.vendor.stop()
        calls = [
            threading.Thread(target=adapter.send, args=(account(port, binds=3), outbound()))
            for port in (hanging.port, away_port)
        ]
        for call in calls:
            call.start()
        eventually(lambda: hanging.calls)
        began = time.monotonic()
        adapter.close()
        assert timedelta(seconds=time.monotonic() - began) < timedelta(seconds=1)
        for call in calls:
            call.join(1)
            assert not call.is_alive()
    eventually(lambda: threading.active_count() == before)


def test_binds_that_nobody_uses_are_closed_and_opened_again(
    smpp: Smpp, smsc: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = account(smsc.port, enquire_seconds=1)
    smpp.send(sender, outbound())
    monkeypatch.setattr(pool, "UNUSED_SECONDS", 0.1)
    eventually(lambda: not smsc.binds)
    monkeypatch.setattr(pool, "UNUSED_SECONDS", 60)
    assert isinstance(smpp.send(sender, outbound()), Accepted)


def test_senders_of_one_account_share_its_binds(smpp: Smpp, smsc: Centre) -> None:
    for number in range(3):
        smpp.send(account(smsc.port, f"sms-{number}", f"+1555000{number}000"), outbound())
    assert len(smsc.binds) == 1
    assert [taken.content["source"] for taken in smsc.taken] == [f"1555000{number}000" for number in range(3)]


def test_several_threads_may_send_at_once(smpp: Smpp, smsc: Centre) -> None:
    sender = account(smsc.port, window=4)
    found: list[object] = []
    calls = [threading.Thread(target=lambda: found.extend(smpp.send_batch(sender, many(50)))) for _ in range(8)]
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    assert [type(result) for result in found] == [Accepted] * 400
    assert len(smsc.taken) == 400


def test_the_connection_can_be_tried(smpp: Smpp, smsc: Centre) -> None:
    assert smpp.check(account(smsc.port)).works
    assert smsc.binds == []
    assert not smpp.check(account(smsc.port, identity="")).works
    smpp.send(account(smsc.port), outbound())
    assert smpp.check(account(smsc.port)).message == "Connected: 1 of 1 binds are up."


def test_a_line_that_others_can_read_is_warned_of(smsc: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "_is_public", lambda address: True)
    adapter = Smpp(VendorHttp())
    try:
        assert "is not encrypted" in adapter.check(account(smsc.port)).message
        adapter.send(account(smsc.port), outbound())
        checked = adapter.check(account(smsc.port))
        assert checked.works
        assert checked.message.startswith("Connected: 1 of 1 binds are up. The line is not encrypted")
    finally:
        adapter.close()


def test_what_was_refused_is_taken_once_the_smsc_lets_the_account_in(smpp: Smpp, smsc: Centre) -> None:
    sender = account(smsc.port, password="new")
    assert isinstance(smpp.send(sender, outbound()), Refused)
    smsc.vendor.password = "new"
    assert smpp.check(sender).works
    assert isinstance(smpp.send(sender, outbound()), Accepted)
