"""Messages that come in parts: each is taken once, when it is whole, however its parts come."""

from collections.abc import Callable
from itertools import permutations

import pytest

from botflow.channels.contract import Account, Credentials, Inbound, Part
from botflow.conversations.intake import Intake
from botflow.conversations.parts import JOINED_KEPT_MS, KEPT_MS
from botflow.jobs.parts import clear_parts
from tests.server.at_once import at_once
from tests.server.scenarios import ECHO
from tests.server.world import ADDRESS, World

TEXTS = ("Good ", "morning ", "to you")


class Phone:
    """A contact whose network sends parts."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sender = world.publish(ECHO)
        self.account = Account(self.sender, "", Credentials())

    def part(self, number: int, text: str, reference: str = "8:1", address: str = ADDRESS, name: str = "") -> Part:
        total = len(TEXTS)
        name = name or self.world.ids()
        return Part(self.sender, address, reference, number, total, text.encode("utf-16-be"), "ucs2", name)

    def bring(self, *events: Part | Inbound) -> None:
        Intake(self.world.conversations, lambda: self.world.now).take(self.world.vendor, self.account, events)

    def from_another_process(self, part: Part) -> Callable[[], None]:
        intake = Intake(self.world.conversations, lambda: self.world.now)
        return lambda: intake.take(self.world.vendor, self.account, [part])

    def texts(self) -> list[object]:
        self.world.drain()
        return [entry.content.get("text") for entry in self.world.view(self.sender).entries if entry.direction == "in"]

    def states(self) -> list[str]:
        return [state for _, state in self.world.rows("inbound_message", "sequence", "state")]


@pytest.fixture
def phone(world: World) -> Phone:
    return Phone(world)


@pytest.mark.parametrize("together", [True, False])
def test_parts_in_any_order_some_of_them_twice_make_one_message_that_is_answered_once(
    phone: Phone, together: bool
) -> None:
    for round_, order in enumerate(permutations((1, 2, 3))):
        parts = [phone.part(number, TEXTS[number - 1], f"8:{round_}") for number in [*order, *order]]
        for some in [parts] if together else [[part] for part in parts]:
            phone.bring(*some)
        assert phone.texts() == ["Good morning to you"] * (round_ + 1)
    assert phone.states() == ["handled"] * 6
    assert phone.world.count("turn") == 6


def test_parts_outlive_the_process(phone: Phone) -> None:
    phone.bring(phone.part(1, TEXTS[0]), phone.part(2, TEXTS[1]))
    phone.world.restart()
    assert phone.texts() == []
    phone.bring(phone.part(3, TEXTS[2]))
    assert phone.texts() == ["Good morning to you"]


def test_messages_and_parts_keep_their_order(phone: Phone) -> None:
    parts = [phone.part(number, TEXTS[number - 1]) for number in (1, 2, 3)]
    phone.bring(*parts[:2], Inbound(phone.sender, ADDRESS, "m", text="between"), parts[2])
    assert phone.texts() == ["between", "Good morning to you"]


def test_parts_of_other_contacts_and_references_do_not_meet(phone: Phone) -> None:
    phone.bring(phone.part(1, TEXTS[0]), phone.part(2, TEXTS[1], "8:2"), phone.part(3, TEXTS[2], address="visitor:b"))
    assert phone.world.count("inbound_message") == 0
    assert phone.world.count("inbound_part", "joined_at IS NULL") == 3


def test_last_parts_at_the_same_instant_make_one_message(phone: Phone) -> None:
    for number in range(10):
        first, second, last = (phone.part(place, TEXTS[place - 1], f"8:{number}") for place in (1, 2, 3))
        phone.bring(first)
        at_once(*(phone.from_another_process(part) for part in (second, last, last)))
    assert phone.world.count("inbound_message") == 10
    assert phone.world.count("inbound_part", "joined_at IS NULL") == 0


def test_a_part_again_is_known_for_a_while_and_then_its_rows_go(phone: Phone) -> None:
    phone.bring(*(phone.part(number, TEXTS[number - 1]) for number in (1, 2, 3)))
    phone.world.now += JOINED_KEPT_MS - 1
    clear_parts(phone.world.conversations, lambda: phone.world.now)
    phone.bring(*(phone.part(number, TEXTS[number - 1]) for number in (1, 2, 3)))
    assert phone.texts() == ["Good morning to you"]
    phone.world.now += 1
    clear_parts(phone.world.conversations, lambda: phone.world.now)
    assert phone.world.count("inbound_part") == 0


def test_the_same_message_under_the_same_ids_is_known_for_ever(phone: Phone) -> None:
    parts = [phone.part(number, TEXTS[number - 1]) for number in (1, 2, 3)]
    for _ in range(2):
        phone.bring(*parts)
        phone.world.now += JOINED_KEPT_MS
        clear_parts(phone.world.conversations, lambda: phone.world.now)
    assert phone.texts() == ["Good morning to you"]


@pytest.mark.parametrize(
    ("came", "shown"),
    [((1,), "Good […]"), ((2,), "[…]morning […]"), ((1, 3), "Good […]to you"), ((2, 3), "[…]morning to you")],
)
def test_what_came_of_a_message_is_kept_after_a_day_and_not_answered(
    phone: Phone, came: tuple[int, ...], shown: str
) -> None:
    phone.bring(*(phone.part(number, TEXTS[number - 1]) for number in came))
    phone.world.now += KEPT_MS - 1
    clear_parts(phone.world.conversations, lambda: phone.world.now)
    assert phone.texts() == []
    phone.world.now += 1
    for _ in range(2):
        clear_parts(phone.world.conversations, lambda: phone.world.now)
    assert phone.texts() == [shown]
    assert phone.states() == ["rejected"]
    assert phone.world.count("outbound_message") == 0


def test_a_newer_message_under_the_same_reference_is_whole_and_what_is_left_of_the_older_is_kept(phone: Phone) -> None:
    phone.bring(phone.part(1, "Lost "))
    phone.bring(*(phone.part(number, TEXTS[number - 1]) for number in (1, 2, 3)))
    assert phone.texts() == ["Lost […]", "Good morning to you"]
    assert phone.states() == ["rejected", "handled"]
    assert phone.world.count("turn") == 1
