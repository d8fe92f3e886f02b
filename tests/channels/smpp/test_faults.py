"""An SMSC that breaks lines and says goodbye all the time, and a database that fails: nothing is lost.

What contacts write comes at least once, and always under the name that it had first. What we send arrives, twice only
where the answer was in doubt, and each message that was accepted is reported.
"""

from __future__ import annotations

import threading
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from random import Random

import pytest

from botflow.channels.contract import Accepted, Account, ChannelEvent, Inbound, Report
from botflow.channels.smpp import bind, session
from botflow.channels.smpp.adapter import Smpp
from botflow.channels.smpp.credentials import SmppCredentials
from botflow.vendor_sim.contract import Behaviour
from tests.channels.smpp.lines import Centre, account, eventually, many

IN_DOUBT = {session._IN_DOUBT, session._UNANSWERED}
BATCH = 100
SECONDS = 120


class Host:
    """Keeps events, fails sometimes, and sometimes when they are kept already."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        self.reported: set[str] = set()

    def __call__(self, events: Sequence[ChannelEvent]) -> None:
        if self._random.random() < 0.1:
            raise ConnectionError
        for event in events:
            if isinstance(event, Inbound):
                self.names[event.text or ""].add(event.vendor_id)
            elif isinstance(event, Report):
                self.reported.add(event.vendor_id)
        if self._random.random() < 0.05:
            raise ConnectionError


@pytest.mark.parametrize(
    ("messages", "pause"), [(500, 0.1), pytest.param(5_000, 0.3, marks=pytest.mark.soak)], ids=["short", "long"]
)
def test_nothing_is_lost(messages: int, pause: float, smpp: Smpp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bind, "FIRST_DELAY_SECONDS", 0.01)
    random, over = Random(messages), threading.Event()
    host = Host(random)
    behaviour = Behaviour(reports=("delivered",), report_ms=2, delay_ms=5, duplicates=0.2)
    with Centre(behaviour) as smsc:
        sender = account(smsc.port, binds=2)
        smpp.listen(sender, host)

        def break_lines() -> None:
            while not over.wait(random.uniform(pause / 2, pause)):
                random.choice([smsc.vendor.cut, smsc.vendor.unbind])()

        breaking = threading.Thread(target=break_lines)
        breaking.start()
        taken = [smsc.message(f"message {number}")[0] for number in range(messages)]
        names, doubted = _send_all(smpp, sender, messages)
        over.set()
        breaking.join()
        eventually(lambda: all(event.is_set() for event in taken), SECONDS)
        eventually(lambda: names <= host.reported, SECONDS)
        assert {text: len(found) for text, found in host.names.items()} == {
            f"message {number}": 1 for number in range(messages)
        }
        arrived = Counter(message.to for message in smsc.taken)
        assert len(arrived) == messages
        assert {to for to, times in arrived.items() if times > 1} <= doubted


def _send_all(smpp: Smpp, sender: Account[SmppCredentials], count: int) -> tuple[set[str], set[str]]:
    """Send until all is accepted: the names of the messages, and the numbers whose answer was in doubt once."""
    waiting, names, doubted = deque(many(count)), set[str](), set[str]()
    while waiting:
        batch = [waiting.popleft() for _ in range(min(BATCH, len(waiting)))]
        for message, result in zip(batch, smpp.send_batch(sender, batch), strict=True):
            if isinstance(result, Accepted):
                names.update(result.vendor_ids)
                continue
            waiting.append(message)
            if result in IN_DOUBT:
                doubted.add(message.address.removeprefix("+"))
    return names, doubted
