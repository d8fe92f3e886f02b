"""Lines that messages come in over: open in one process at a time, as the senders are, and after a crash in another."""

from __future__ import annotations

import json

import pytest

from botflow.channels.contract import Account, Connection, Credentials, Deliver, Inbound
from botflow.jobs.lines import Lines
from botflow.senders.lines import LEASE_MS
from botflow.senders.sealing import Seal
from botflow.senders.service import SenderAccounts
from tests.server.at_once import at_once
from tests.server.scenarios import ECHO
from tests.server.world import ADDRESS, Vendor, World


class Key(Credentials):
    key: str = "first"


class Line:
    """An open line."""

    def __init__(self, vendor: LineVendor, account: Account[Credentials], deliver: Deliver) -> None:
        self.vendor, self.account, self.deliver = vendor, account, deliver
        vendor.open.append(self)

    def close(self) -> None:
        self.vendor.open.remove(self)


class LineVendor(Vendor):
    """A vendor with a line, which may refuse it."""

    credentials = Key
    has_line = True

    def __init__(self) -> None:
        super().__init__()
        self.open: list[Line] = []
        self.refuses: set[str] = set()

    def listen(self, account: Account[Credentials], deliver: Deliver) -> Connection:
        if account.sender in self.refuses:
            raise OSError("no")
        return Line(self, account, deliver)


class Office:
    """A world with a line, and the processes that may keep it open."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.vendor = world.vendor = LineVendor()
        self.accounts = world.accounts = SenderAccounts({"webchat": self.vendor}, Seal("of the tests"))
        self.sender = world.publish(ECHO)

    def process(self) -> Lines:
        return Lines(self.world.conversations, self.accounts, lambda: self.world.now)

    def opened(self) -> list[str]:
        return sorted(line.account.sender for line in self.vendor.open)


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def test_what_comes_over_a_line_is_taken(office: Office) -> None:
    office.process().keep()
    (line,) = office.vendor.open
    line.deliver([Inbound(office.sender, ADDRESS, "m", text="hi")])
    office.world.drain()
    assert office.world.shown(office.sender) == ["> hi", "Say something."]


def test_what_cannot_be_kept_is_told_to_the_vendor(office: Office) -> None:
    office.process().keep()
    (line,) = office.vendor.open
    with pytest.raises(Exception, match="There is no sender"):
        line.deliver([Inbound("nobody", ADDRESS, "m", text="hi")])


def test_one_process_keeps_a_line_open_and_another_takes_it_when_that_is_killed(office: Office) -> None:
    first, second = office.process(), office.process()
    first.keep()
    for _ in range(5):
        office.world.now += LEASE_MS // 2
        first.keep()
        second.keep()
        assert office.opened() == [office.sender]
    office.vendor.open.clear()  # the first was killed just after it renewed its claim
    office.world.now += LEASE_MS - 1
    second.keep()
    assert office.opened() == []
    office.world.now += 1
    second.keep()
    assert office.opened() == [office.sender]


def test_of_processes_that_start_at_the_same_instant_one_opens_the_line(office: Office) -> None:
    processes = [office.process() for _ in range(4)]
    at_once(*(process.keep for process in processes))
    assert office.opened() == [office.sender]


def test_one_that_was_stopped_and_goes_on_closes_what_is_no_longer_its_own(office: Office) -> None:
    first, second = office.process(), office.process()
    first.keep()
    office.world.now += LEASE_MS
    second.keep()
    assert len(office.vendor.open) == 2
    first.keep()
    assert office.opened() == [office.sender]


def test_one_that_ends_gives_its_lines_to_others_at_once(office: Office) -> None:
    first, second = office.process(), office.process()
    first.keep()
    first.close()
    assert office.opened() == []
    second.keep()
    assert office.opened() == [office.sender]


def test_lines_follow_the_senders(office: Office) -> None:
    process = office.process()
    other = office.world.sender("another")
    process.keep()
    assert office.opened() == [other, office.sender]
    office.world.change("UPDATE sender SET status = 'blocked' WHERE id = :id", id=other)
    process.keep()
    assert office.opened() == [office.sender]
    office.world.change("UPDATE sender SET status = 'active' WHERE id = :id", id=other)
    process.keep()
    assert office.opened() == [other, office.sender]
    office.world.change("DELETE FROM sender WHERE id = :id", id=other)
    process.keep()
    assert office.opened() == [office.sender]


def test_changed_credentials_open_the_line_anew_and_equal_ones_do_not(office: Office) -> None:
    process = office.process()
    process.keep()
    (line,) = office.vendor.open
    for key, changes in (("first", False), ("second", True)):
        sealed = office.accounts.seal(json.dumps({"key": key}))
        office.world.change("UPDATE sender SET credentials = :sealed", sealed=sealed)
        process.keep()
        (now,) = office.vendor.open
        assert (now is not line) == changes


@pytest.mark.parametrize("problem", ["unreadable", "refused"])
def test_a_line_that_cannot_be_opened_keeps_no_other_from_being_so(office: Office, problem: str) -> None:
    other = office.world.sender("another")
    if problem == "unreadable":
        office.world.change("UPDATE sender SET credentials = 'rubbish' WHERE id = :id", id=other)
    else:
        office.vendor.refuses = {other}
    process = office.process()
    process.keep()
    process.keep()
    assert office.opened() == [office.sender]


def test_who_cannot_renew_its_claim_closes_its_lines_when_it_ends(office: Office) -> None:
    process = office.process()
    process.keep()
    office.world.database.transaction = lambda: 1 / 0  # type: ignore[method-assign,assignment,return-value]  # away
    for milliseconds, lines in ((LEASE_MS, [office.sender]), (1, [])):
        office.world.now += milliseconds
        with pytest.raises(ZeroDivisionError):
            process.keep()
        assert office.opened() == lines
    del office.world.database.transaction
    process.keep()
    assert office.opened() == [office.sender]
