"""A RunCode effect as a request of the sandbox, and what its result becomes (engine.md 12)."""

from botflow_runtime.code_runs import code_finished, request_of
from botflow_runtime.effects import RunCode
from botflow_runtime.sandbox import CodeError, CodeResult, CodeRunner
from botflow_runtime.sandbox.limits import LONGEST_WALL_SECONDS, WALL_SECONDS
from tests.runtime.bots import bot, code, say
from tests.runtime.chat import Chat


def effect(timeout_seconds: float | None, source: str = "return 1") -> RunCode:
    return RunCode("e:0", "node", "javascript", source, {}, {}, {}, None, timeout_seconds)


def test_a_run_has_the_sandbox_s_time_unless_the_step_says_otherwise() -> None:
    assert request_of(effect(None)).limits.wall_seconds == WALL_SECONDS
    assert request_of(effect(0.3)).limits.wall_seconds == 0.3
    assert request_of(effect(86_400)).limits.wall_seconds == LONGEST_WALL_SECONDS


def test_a_script_ends_with_its_step_s_time() -> None:
    with CodeRunner() as runner:
        result = runner.run(request_of(effect(0.3, "await new Promise((done) => setTimeout(done, 15000))")))
    assert result.error is not None
    assert result.error.kind == "timeout"
    assert result.duration_ms < 5000


def test_running_out_of_the_step_s_time_is_a_step_timeout_whoever_tells_first() -> None:
    by_sandbox = Chat(bot(code("slow", timeout_seconds=2))).start()
    by_sandbox.returns(None, error="longer than 2 s", error_kind="timeout")
    by_timer = Chat(bot(code("slow", timeout_seconds=2))).start().fires("step")
    assert by_sandbox.status == by_timer.status == ("complete", "step_timeout")


def test_running_out_of_the_sandbox_s_time_is_a_failure_of_the_code() -> None:
    talk = Chat(bot(code("slow", ["end"]), say("end", final=True))).start()
    assert talk.returns(None, error="longer than 10 s", error_kind="timeout").status == ("error", "code")


def test_a_result_answers_its_run_with_all_that_it_brought() -> None:
    result = CodeResult(
        error=CodeError("raised", "no"), vars={"a": 1}, removed=("b",), attributes={"c": 2}, log=("line",)
    )
    event = code_finished(effect(None), result, {"id": "e", "at": 5})
    assert (event.run, event.error, event.error_kind) == ("e:0", "no", "raised")
    assert (event.variables, event.removed, event.set_attributes, event.log) == ({"a": 1}, ("b",), {"c": 2}, ("line",))
