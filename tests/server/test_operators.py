"""People and programs act on threads: once for each request, in one transaction, and it is known who did (TH-2)."""

from collections.abc import Callable
from typing import Any

import pytest

from botflow.conversations import operators
from botflow.conversations.operators import Acted, By
from botflow.errors import ConflictError, NotFoundError
from tests.server.at_once import at_once
from tests.server.scenarios import ECHO, GREETER, THINKER, ask, say, scenario
from tests.server.world import ADDRESS, START, World

HELPER = scenario(
    "helper",
    {"id": "person", "kind": "action", "step": {"type": "handover"}, "next": ["thanks"]},
    say("thanks", "Thanks for waiting."),
)
Action = Callable[[Any, By, str], Acted]


def by(request: str = "r-1", company: str = "acme") -> By:
    return By(company, request, "user-7")


def thread_of(world: World) -> str:
    return str(world.rows("thread", "id")[-1][0])


def act(world: World, action: Action, request: str = "r-1") -> Acted:
    done = action(world.conversations, by(request), thread_of(world))
    world.drain()
    return done


def start(world: World, sender: str, name: str, **fields: Any) -> Acted:
    done = operators.start(world.conversations, fields.pop("by", by()), sender, ADDRESS, name, **fields)
    world.drain()
    return done


def test_stop_ends_the_thread_and_takes_back_what_has_not_left(world: World) -> None:
    nodes = say("one", "One.", "two"), say("two", "Two.", "ask", delay=5000), ask("ask", "Three?", "word", "one")
    sender = world.publish(scenario("slow", *nodes))
    world.write(sender, "hi")
    done = act(world, operators.stop)
    assert (done.status, done.reason) == ("complete", "stopped")
    world.wait(10)
    assert world.shown(sender) == ["> hi", "One."]
    assert world.count("outbound_message", "status = 'withdrawn'") == 2


def test_resume_lets_a_stopped_thread_go_on_where_it_waited(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    act(world, operators.stop)
    assert act(world, operators.resume, "r-2").status == "active"
    world.write(sender, "word")
    assert world.shown(sender) == ["> hi", "Say something.", "> word", "You said word.", "Say something."]


def test_resume_gives_a_conversation_back_to_the_chatbot_and_resolve_ends_it(world: World) -> None:
    sender = world.publish(HELPER)
    world.write(sender, "hi")
    world.write(sender, "are you there?")
    assert act(world, operators.resume).status == "complete"
    assert world.shown(sender)[-1] == "Thanks for waiting."
    world.write(sender, "again")
    assert act(world, operators.resolve, "r-2").reason == "resolved"


def test_restart_begins_anew_in_the_newest_version(world: World) -> None:
    sender = world.publish(GREETER)
    world.write(sender, "hi")
    world.publish(scenario("greeter", say("hello", "Hello again!")))
    act(world, operators.restart)
    assert world.shown(sender) == ["> hi", "Hello!", "Hello again!"]
    assert world.rows("thread", "version", "turns") == [(2, 2)]


def test_expire_ends_a_thread_that_nobody_will_answer(world: World) -> None:
    world.write(world.publish(ECHO), "hi")
    assert act(world, operators.expire).reason == "expired"


@pytest.mark.parametrize("action", ["stop", "resume", "restart", "resolve", "expire"])
def test_the_same_request_again_changes_nothing_also_at_the_same_instant(world: World, action: str) -> None:
    sender = world.publish(HELPER if action in ("resume", "resolve") else ECHO)
    world.write(sender, "hi")
    thread = thread_of(world)
    asked = [lambda: operators.ACTIONS[action](world.conversations, by(), thread)] * 2
    first, second = at_once(*asked)
    assert first == second
    assert world.rows("turn", "number", "user_id") == [(1, None), (2, "user-7")]


@pytest.mark.parametrize(
    ("document", "action", "why"),
    [
        (GREETER, "stop", "The thread is over: it is complete."),
        (GREETER, "resume", "Only a stopped or handed-over thread can be resumed, and this one is complete."),
        (GREETER, "expire", "The thread is over: it is complete."),
        (ECHO, "resume", "Only a stopped or handed-over thread can be resumed, and this one is active."),
        (ECHO, "resolve", "No person has the thread: it is active."),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    world: World, document: dict[str, Any], action: str, why: str
) -> None:
    world.write(world.publish(document), "hi")
    with pytest.raises(ConflictError) as refused:
        act(world, operators.ACTIONS[action])
    assert str(refused.value) == why
    assert world.count("turn") == 1


def test_only_the_newest_stopped_thread_is_resumed_and_never_beside_a_live_one(world: World) -> None:
    sender = world.publish(ECHO)
    threads = []
    for number in range(2):
        world.write(sender, "hi")
        threads.append(thread_of(world))
        act(world, operators.stop, f"stop {number}")
    with pytest.raises(ConflictError, match="A newer thread"):
        operators.resume(world.conversations, by("a"), threads[0])
    world.write(sender, "hi")
    for action in (operators.resume, operators.restart):
        with pytest.raises(ConflictError, match="Another thread of the conversation is live"):
            action(world.conversations, by("b"), threads[1])
    assert world.count("thread", "status = 'active'") == 1


def test_a_page_restarts_the_thread_that_is_live_though_a_newer_one_is_over(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    first = thread_of(world)
    act(world, operators.stop)
    world.publish(GREETER)
    with world.database.transaction() as work:
        (chatbot,) = [row[0] for row in world.rows("chatbot", "id", "scenario") if row[1] == "greeter"]
        world.chatbots.enable(work, "acme", chatbot, sender, is_default=False)
    start(world, sender, "greeter", by=by("g"))
    operators.resume(world.conversations, by("r-2"), first)
    assert world.view(sender).status == "active"
    world.conversations.restart("webchat", sender, ADDRESS, "page")
    assert world.count("thread", "status = 'active'") == 1


def test_start_reaches_somebody_who_never_wrote(world: World) -> None:
    sender = world.publish(ECHO)
    done = start(world, sender, "echo", variables={"word": "x"}, origin="api")
    assert done.status == "active"
    assert world.shown(sender) == ["Say something."]
    assert world.count("contact", f"address = '{ADDRESS}'") == 1
    assert world.rows("turn", "user_id") == [("user-7",)]


def test_start_again_with_the_same_request_starts_nothing_also_at_the_same_instant(world: World) -> None:
    sender = world.publish(ECHO)
    asked = [lambda: operators.start(world.conversations, by(), sender, ADDRESS, "echo")] * 2
    first, second = at_once(*asked)
    assert first == second
    assert world.count("thread") == 1


def test_start_at_a_node_ends_the_live_thread_as_replaced(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    start(world, sender, "echo", node="answer", variables={"word": "chosen"})
    assert world.shown(sender)[-2:] == ["You said chosen.", "Say something."]
    assert [row[1:] for row in world.rows("thread", "id", "status", "reason")] == [
        ("complete", "replaced"),
        ("active", ""),
    ]


def test_a_program_leaves_a_conversation_to_the_person_who_has_it_and_an_operator_does_not(world: World) -> None:
    sender = world.publish(HELPER)
    world.write(sender, "hi")
    assert start(world, sender, "helper", origin="api").thread_id is None
    assert start(world, sender, "helper", by=by("r-2"), node="thanks").status == "complete"
    assert world.shown(sender)[-1] == "Thanks for waiting."


@pytest.mark.parametrize(
    ("name", "fields", "error", "why"),
    [
        ("nothing", {}, NotFoundError, "There is no published chatbot 'nothing'."),
        ("echo", {"node": "gone"}, NotFoundError, "There is no node 'gone' in version 1 of 'echo', the newest."),
        ("thinker", {}, ConflictError, "'thinker' is not enabled on the sender 'sender-echo'"),
    ],
)
def test_what_cannot_start_is_said_and_leaves_no_contact(
    world: World, name: str, fields: dict[str, Any], error: type[Exception], why: str
) -> None:
    sender = world.publish(ECHO)
    world.publish(THINKER)
    with pytest.raises(error, match=why):
        start(world, sender, name, **fields)
    assert world.count("contact") == world.count("conversation") == 0


def test_another_companys_threads_and_senders_are_not_there(world: World) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hi")
    for action in operators.ACTIONS.values():
        with pytest.raises(NotFoundError):
            action(world.conversations, by(company="other"), thread_of(world))
    with pytest.raises(NotFoundError):
        start(world, sender, "echo", by=by(company="other"))
    assert world.count("turn") == 1
    assert world.now == START
