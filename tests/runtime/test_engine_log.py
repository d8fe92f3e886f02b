"""TH-3: the log of a turn tells what came in, which nodes ran, which branch was taken, what went out, what changed."""

from __future__ import annotations

from botflow_runtime.events import Expired, Resolved, Restarted, Resumed, Started, Stopped
from botflow_runtime.variables import MOST_VARIABLE_BYTES
from tests.runtime.bots import ask, bot, code, dynamic, handover, jump, opt_out, reply, reset, say, when
from tests.runtime.chat import Chat

END = say("end", final=True)


def log(chat: Chat) -> list[str]:
    """The log of what happened last, a line each: what, node, branch, detail."""
    return [str(entry) for turn in chat.outcome.turns for entry in turn.log]


def test_a_conversation_from_its_start_to_its_end() -> None:
    nodes = [
        ask("name", ["maybe"], show_in_report=True, report_field="asked"),
        say("maybe", ["w"], condition="'{{answer}}' <= 3"),
        when("w", {"no": ("'{{answer}}' <= 3", []), "ann": ("'{{answer}}' = 'Ann'", ["passed", "r"])}, report="who"),
        when("passed", {"no": ("false", ["end"])}),
        reply("r", {"y": ("^y", ["end"])}, ["r"], report="reply"),
        END,
    ]
    chat = Chat(bot(*nodes)).start(variables={"from": "web"})
    assert log(chat) == [
        'started "keyword"',
        'set {"from":"web"}',
        "ran name",
        'sent name "e1:0"',
        'waits name "question"',
    ]
    lines = log(chat.says("Ann"))
    warnings = [line for line in lines if line.startswith("not_computable")]
    assert len(warnings) == 2
    assert [line for line in lines if line not in warnings] == [
        'received name "reply"',
        'set name {"answer":"Ann"}',
        'reported name {"answer":"Ann"}',
        'reported name {"asked":"NAME"}',
        "skipped maybe",
        'branch w ann "Ann"',
        'reported w {"who":"Ann"}',
        "passed passed",
        'waits r "reply"',
    ]
    assert log(chat.says("hm")) == [
        'received r "reply"',
        'branch r "Else"',
        'reported r {"reply":"hm"}',
        'waits r "reply"',
    ]
    assert log(chat.says("yes")) == [
        'received r "reply"',
        'branch r y "Y"',
        'reported r {"reply":"yes"}',
        "ran end",
        'sent end "e4:1"',
        'ended end {"status":"complete"}',
    ]


def test_a_warning_names_node_and_branch() -> None:
    chat = Chat(bot(say("hi", ["w"]), when("w", {"no": ("'{{v}}' <= 3", [])}, ["end"]), END)).start(
        variables={"v": "x"}
    )
    (warning,) = [entry for entry in chat.turn.log if entry.what == "not_computable"]
    assert (warning.node, warning.branch) == ("w", "no")
    assert warning.detail


def test_a_branch_without_a_label_and_a_set_that_changes_nothing_say_no_more_than_there_is() -> None:
    nodes = [code("c", ["w"]), when("w", {"yes": ("true", ["end"])}), END]
    nodes[1]["branches"][0]["label"] = ""
    chat = Chat(bot(*nodes)).start(variables={"a": 1}).returns({"a": 1})
    assert log(chat) == [
        "code_finished c",
        "branch w yes",
        "ran end",
        'sent end "e2:0"',
        'ended end {"status":"complete"}',
    ]


def test_messages_that_do_not_fit_and_timers() -> None:
    policy = {"seconds": 9, "action": "node"}
    nodes = [say("hi", ["r"]), reply("r", {}), handover("p", role="stuck_timeout", department="d")]
    chat = Chat(bot(*nodes, stuck_timeout=policy, response_timeout=policy), help_words=("help",)).start()
    assert log(chat.says("help")) == ['received r "help"']
    assert log(chat.acts(action="link")) == ['acted r "link"']
    assert log(chat.acts()) == ["acted r"]
    assert log(chat.fires("stuck", "0")) == ['stale_timer "stuck"']
    assert log(chat.says("hm")) == ['received r "stuck"', "stuck r"]
    assert log(chat.fires("stuck")) == [
        'timer r "stuck"',
        "ran p",
        'handed_over p {"department":"d","urgent":false}',
    ]
    assert log(chat.happens(Resumed)) == ["resumed p", "stuck p"]
    silent = Chat(bot(ask("q"), response_timeout={"seconds": 9, "action": "handover", "department": "d"})).start()
    assert log(silent.fires("response")) == [
        'timer q "response"',
        'handed_over q {"department":"d","urgent":true}',
    ]
    again = silent.happens(Resumed).fires("response")
    assert log(again) == ['timer q "response"', 'ended q {"status":"timeout","reason":"response_timeout"}']


def test_code_and_its_failures() -> None:
    nodes = [code("c", ["d"], on_failure={"action": "continue"}), dynamic("d", ["end"]), END]
    chat = Chat(bot(*nodes)).start()
    assert log(chat) == ['started "keyword"', "ran c", 'code_started c "e1:0"']
    assert log(chat.returns(error="no", log=("a",), http=({"url": "u"},))) == [
        'code_finished c {"error":"no","log":["a"],"http":[{"url":"u"}]}',
        'failed c {"kind":"code","message":"no"}',
        "repeated c",
        'code_started c "e2:0"',
    ]
    assert log(chat.returns({"a": 1}, set_attributes={"city": "Rome"})) == [
        "code_finished c",
        'set c {"a":1}',
        'set_attribute {"city":"Rome"}',
        "ran d",
        'code_started d "e3:1"',
    ]
    assert log(chat.returns(run="other")) == ['stale_code "other"']
    content = Chat(bot(dynamic("d"))).start().returns({"type": "text"})
    assert [line.split('"message"')[0] for line in log(content)] == [
        "code_finished d",
        'failed d {"kind":"content",',
        'ended d {"status":"error","reason":"content"}',
    ]


def test_deliveries() -> None:
    chat = Chat(bot(say("hi", timeout_seconds=5))).start()
    assert log(chat.reports("failed", error="gone")) == [
        'delivery {"message":"e1:0","state":"failed"}',
        'failed hi {"kind":"delivery","message":"gone"}',
        'ended hi {"status":"complete","reason":"delivery"}',
    ]
    assert log(chat.reports("seen")) == ['delivery {"message":"e1:0","state":"seen"}']


def test_answers_that_are_not_valid_or_too_large() -> None:
    chat = Chat(bot(ask("mail", ["end"], validation="email", retry=1), END)).start()
    assert log(chat.says("x")) == [
        'received mail "reply"',
        "invalid_answer mail",
        'sent mail "e2:0"',
        'waits mail "question"',
    ]
    full = Chat(bot(ask("q", ["end"]), END)).start(variables={"big": "x" * (MOST_VARIABLE_BYTES - 20)}).says("hello")
    assert log(full)[:2] == [
        'received q "reply"',
        'warning q "the variables take 256,007 bytes as JSON; a thread keeps at most 256,000"',
    ]


def test_jumps_resets_and_opt_outs() -> None:
    there = bot(ask("q", ["over"]), reset("over"), id="there", keywords={"opt_out": ["^no$"], "reset": ["^again$"]})
    here = bot(opt_out("o", ["go"], "channel"), jump("go", "there", True), id="here")
    chat = Chat(here, there).start()
    assert log(chat) == [
        'started "keyword"',
        "ran o",
        'opted_out o "channel"',
        "ran go",
        'jumped {"scenario":"there","version":1}',
        "ran q",
        'sent q "e1:1"',
        'waits q "question"',
    ]
    assert log(chat.says("Ann"))[2:5] == ["ran over", "reset", "ran q"]
    assert log(chat.says("again"))[:4] == ['received q "reset"', "withdrew", "reset", "ran q"]
    assert log(chat.says("no")) == [
        'received q "opt_out"',
        'opted_out q "chatbot"',
        'ended q {"status":"complete","reason":"opted_out"}',
    ]
    apart = Chat(bot(jump("go", "there")), there).start()
    assert log(apart)[:5] == [
        'started "keyword"',
        "ran go",
        'ended go {"status":"complete","reason":"jumped"}',
        'opened_thread {"scenario":"there"}',
        'started "jump"',
    ]


def test_loops() -> None:
    assert log(Chat(bot(say("a", ["a"]))).start())[-2:] == [
        'loop a "messages"',
        'ended a {"status":"error","reason":"loop"}',
    ]
    skipping = Chat(bot(say("a", ["b"], condition="false"), say("b", ["a"], condition="false"))).start()
    assert skipping.detail("loop") == "nodes"
    here, there = bot(jump("go", "there", True), id="here"), bot(jump("go", "here", True), id="there")
    assert Chat(here, there).start().detail("loop") == "jumps"
    assert Chat(bot(reset("z"))).start().detail("loop") == "resets"


def test_operators() -> None:
    chat = Chat(bot(ask("q"))).start()
    assert log(chat.happens(Resumed)) == ['ignored "the thread is active"']
    assert log(chat.happens(Resolved)) == ['ignored "the thread is active"']
    assert log(chat.happens(Stopped)) == ['ended q {"status":"complete","reason":"stopped"}', "withdrew"]
    assert log(chat.happens(Stopped)) == ['ignored "the thread is over"']
    assert log(chat.happens(Expired)) == ['ignored "the thread is over"']
    assert log(chat.happens(Resumed)) == ["resumed q"]
    assert log(chat.happens(Restarted))[:2] == ['restarted {"version":1}', "ran q"]
    assert log(chat.happens(Expired)) == ['ended q {"status":"timeout","reason":"expired"}']
    person = Chat(bot(handover("p"))).start()
    assert log(person.happens(Started)) == ['ignored "the thread is handedover"']
    assert log(person.happens(Resolved)) == ['ended p {"status":"complete","reason":"resolved"}']
    replaced = Chat(bot(ask("q"))).start().start()
    assert log(replaced)[0] == 'ended q {"status":"complete","reason":"replaced"}'
