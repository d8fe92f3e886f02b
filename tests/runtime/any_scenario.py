"""Any scenario and anything that can happen to its threads: strategies for the properties of the engine."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from botflow_runtime import Scenario
from tests.runtime.bots import Node, action, bot

CHANNEL = "webchat"
BOTS = ("one", "two")
NODES = tuple("abcdefg")
WORDS = ("a", "b", "x", "ann@example.com", "4111111111111111", "go", "both", "bye", "over", "no thanks", "stop", "")
PATTERNS = ("^a", "^b$", "x", "[[:alpha:]]+@", ".*")
EXPRESSIONS = (
    "true",
    "false",
    "null",
    "'{{v}}' = 'a'",
    "'{{v}}' <= 3",
    "'{{attribute.city}}' = 'Rome' or '{{w.0}}' = ''",
)
TEXTS = ("hi", "{{v}}", "{{w.0}} {{attribute.city}}", "{{contact.name}}{{thread.id}}")

texts = st.sampled_from(TEXTS).map(lambda words: {"type": "text", "text": words})
nexts = st.lists(st.sampled_from(NODES), max_size=3)
variables = st.sampled_from(("v", "w"))
fields = st.sampled_from((None, None, "field"))
maybe = st.booleans()
policies = st.sampled_from(("continue", "end_chat", "failover", "handover", "default"))
timeouts = st.none() | st.builds(
    lambda seconds, act: {"seconds": seconds, "action": act},
    st.integers(1, 90),
    st.sampled_from(("end_chat", "node", "handover")),
)
languages = st.sampled_from(("javascript", "python"))

jumps = st.builds(
    lambda target, kept: {"type": "jump", "scenario": target, "pass_context": kept},
    st.sampled_from((*BOTS, "gone")),
    maybe,
)
resets = st.just({"type": "reset"})
plain_steps = st.one_of(
    st.builds(lambda content: {"type": "static_message", "content": content}, texts),
    st.builds(
        lambda language: {"type": "dynamic_message", "language": language, "source": "return {{v}}"},
        languages,
    ),
    st.builds(
        lambda content, save_as, validation, retry, shown: {
            "type": "ask_question",
            "content": content,
            "save_as": save_as,
            "validation": validation,
            "retry": retry,
            "show_in_report": shown,
        },
        texts,
        variables,
        st.sampled_from(("any", "text", "email", "credit_card")),
        st.sampled_from((0, 1, 2, "until_filled")),
        maybe,
    ),
    st.builds(
        lambda language, save_as: {
            "type": "execute_code",
            "language": language,
            "source": "return {{w}}",
            "save_as": save_as,
        },
        languages,
        st.none() | variables,
    ),
)
steps = st.one_of(
    plain_steps,
    plain_steps,
    jumps,
    resets,
    st.just({"type": "handover", "department": "d"}),
    st.builds(lambda scope: {"type": "opt_out", "scope": scope}, st.sampled_from(("sender", "channel"))),
)
restless_steps = st.one_of(plain_steps, jumps, jumps, resets)
"""Steps that keep a thread going: nothing that ends it or gives it away."""


@st.composite
def actions(draw: st.DrawFn, id: str, role: str, restless: bool = False) -> Node:
    """An action with any step."""
    node = action(id, draw(restless_steps if restless else steps), draw(nexts), role=role)
    node["final"] = not restless and draw(st.sampled_from((False, False, False, True)))
    node["condition"] = draw(st.none() | st.none() | st.sampled_from(EXPRESSIONS))
    node["timeout_seconds"] = draw(st.none() | st.none() | st.integers(1, 60))
    node["report_field"] = draw(fields)
    policy = draw(st.none() | policies)
    node["on_failure"] = {"action": policy} if policy else None
    return node


@st.composite
def conditions(draw: st.DrawFn, id: str, role: str) -> Node:
    """A user-response or an expression condition."""
    kind = draw(st.sampled_from(("user_response", "expression")))
    branches = [
        {"id": f"b{number}", "label": f"B{number}", "next": draw(nexts), "report_field": draw(fields)}
        for number in range(draw(st.integers(0, 3)))
    ]
    for branch in branches:
        if kind == "expression":
            branch["expression"] = draw(st.sampled_from(EXPRESSIONS))
        else:
            branch["patterns"] = draw(st.lists(st.sampled_from(PATTERNS), max_size=2))
    otherwise = {"label": "Else", "next": draw(nexts), "report_field": draw(fields)} if draw(maybe) else None
    return {"id": id, "kind": "condition", "type": kind, "role": role, "branches": branches, "else": otherwise}


ROLES = ("start", "failover", "response_timeout", "stuck_timeout", "opt_out", "regular", "regular")


@st.composite
def chatbots(draw: st.DrawFn, id: str, restless: bool = False) -> Scenario:
    """A chatbot that can be loaded, sensible or not: any links, any settings. A restless one goes on by itself."""
    roles = ["start", *draw(st.permutations(ROLES[1:]))]
    nodes = [
        draw(actions(name, role, restless) if role == "start" or draw(st.integers(0, 2)) else conditions(name, role))
        for name, role in zip(NODES, roles, strict=True)
    ]
    settings: dict[str, Any] = {
        "on_failure": {"action": draw(st.sampled_from(("continue", "end_chat", "failover", "handover")))},
        "response_timeout": {"seconds": 9, "action": "node"} if restless else draw(timeouts),
        "stuck_timeout": {"seconds": 9, "action": "node"} if restless else draw(timeouts),
        "keywords": {"trigger": ["^go$", "^both$"] if id == "one" else ["^both$"]}
        | draw(st.sampled_from(({}, {"stop": ["^bye$"], "reset": ["^over$"], "opt_out": ["^no thanks$"]}))),
    }
    return bot(*nodes, id=id, channel=CHANNEL, **settings)


pairs_of_chatbots = st.tuples(chatbots("one"), chatbots("two"))
restless_pairs = st.tuples(chatbots("one", restless=True), chatbots("two", restless=True))

# --- what happens ----------------------------------------------------------------------------------------------------

values = st.sampled_from((None, "a", 3, [1], {"v": "b", "w": [1]}, {"type": "text", "text": "t"}, {"text": "t"}))
messages = st.builds(
    lambda words, postback, attached, here, answers: (
        "says",
        {
            "text": words,
            "postback": postback,
            "attachments": ("a1",) if attached else (),
            "location": (1.5, 2.0) if here else None,
            "in_reply_to": answers,
        },
    ),
    st.none() | st.sampled_from(WORDS),
    st.none() | st.none() | st.sampled_from(WORDS),
    maybe,
    maybe,
    st.none() | st.just("newest"),
)
code_results = st.builds(
    lambda value, error, changed, removed: (
        "code",
        {"result": value, "error": error, "variables": changed, "removed": removed, "set_attributes": {"city": "Rome"}},
    ),
    values,
    st.none() | st.none() | st.just("it broke"),
    st.sampled_from(({}, {"v": 1})),
    st.sampled_from(((), ("w",))),
)
deliveries = st.builds(
    lambda state, accepted: ("delivery", {"state": state, "accepted": accepted}),
    st.sampled_from(("accepted", "delivered", "seen", "failed")),
    maybe,
)
timers = st.builds(lambda name: ("fires", name), st.sampled_from(("response", "stuck", "step")))
operators = st.sampled_from(
    [("operator", kind) for kind in ("Stopped", "Resumed", "Restarted", "Resolved", "Expired", "ContactActed")]
)
starts = st.builds(
    lambda target, node: ("start", (target, node)), st.sampled_from(BOTS), st.none() | st.sampled_from((*NODES, "gone"))
)
passing = st.builds(lambda seconds: ("passes", seconds), st.integers(1, 10_000))

happening = st.one_of(messages, messages, messages, code_results, deliveries, timers, operators, starts, passing)
happenings = st.lists(happening, max_size=25)

# how code and vendors answer while no contact and no operator is there: in turn, from the beginning again at the end
lists_of_results = st.lists(code_results, min_size=1, max_size=4)
lists_of_deliveries = st.lists(deliveries, min_size=1, max_size=4)
punctuality = st.lists(maybe, min_size=1, max_size=4)
