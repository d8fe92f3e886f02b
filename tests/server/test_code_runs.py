"""Code runs outside of any transaction, and its result is taken once."""

from botflow.conversations import code
from botflow.conversations.code import MOST_ATTEMPTS, RETRY_MS
from botflow.conversations.leases import LEASE_MS
from botflow_runtime.sandbox import CodeError, CodeRequest, CodeResult
from tests.server.scenarios import THINKER
from tests.server.world import World


def ask_for_code(world: World) -> str:
    sender = world.publish(THINKER)
    world.write(sender, "hi")
    world.write(sender, "21")
    return sender


def test_the_result_goes_to_the_thread(world: World) -> None:
    sender = ask_for_code(world)
    assert world.wakes.woken["code"] == 1
    world.run_code()
    assert world.shown(sender)[-2:] == ["Twice 21 is 42.", "A number?"]
    assert world.rows("code_run", "state", "attempts") == [("done", 1)]


def test_a_run_that_a_crash_cut_off_is_repeated_with_the_same_id(world: World) -> None:
    sender = ask_for_code(world)
    with world.database.transaction() as work:
        claimed = code.claim(work, world.now)
    assert claimed is not None
    world.restart()
    world.run_code()
    assert world.runs == []
    with world.database.transaction() as work:
        code.release_all(work)
    world.run_code()
    assert [run.run_id for run in world.runs] == [claimed["id"]]
    assert world.shown(sender)[-2] == "Twice 21 is 42."


def test_a_result_that_comes_twice_is_taken_once(world: World) -> None:
    sender = ask_for_code(world)
    with world.database.transaction() as work:
        claimed = code.claim(work, world.now)
    assert claimed is not None
    for value in (1, 2):
        code.finish(world.conversations, claimed, CodeResult(value=value))
    world.drain()
    assert [shown for shown in world.shown(sender) if "Twice" in shown] == ["Twice 21 is 1."]


def test_a_run_that_never_ends_is_given_up(world: World) -> None:
    sender = ask_for_code(world)
    for _ in range(MOST_ATTEMPTS):
        with world.database.transaction() as work:
            assert code.claim(work, world.now) is not None
        world.now += LEASE_MS
    world.run_code()
    assert world.runs == []
    assert world.view(sender).status == "error"


def test_an_error_fails_the_step(world: World) -> None:
    sender = ask_for_code(world)
    world.code = lambda request: CodeResult(error=CodeError("raised", "it broke", 1))
    world.run_code()
    assert world.view(sender).status == "error"
    assert "it broke" in world.rows("turn", "number", "log")[-1][1]


def test_a_failure_on_our_side_is_tried_again_and_stops_nobody_else(world: World) -> None:
    sender = ask_for_code(world)

    def fail(request: CodeRequest) -> CodeResult:
        raise OSError("no more processes")

    world.code = fail
    world.run_code()
    assert len(world.runs) == 1
    world.code = lambda request: CodeResult(value=42)
    world.now += RETRY_MS
    world.run_code()
    assert world.shown(sender)[-2] == "Twice 21 is 42."
