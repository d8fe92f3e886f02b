"""Threads and answers over HTTP: looked into, acted on once for each request, exported (TH-2, TH-3, CB-11, ED-6)."""

from typing import Any

import pytest

from botflow.channels.contract import Inbound
from botflow.senders.service import ensure_sender
from botflow_runtime.replay import read_recording, replay
from tests.server.api import EVERYTHING, Api
from tests.server.scenarios import ECHO, ask, say, scenario

POLL = scenario(
    "poll",
    ask("ask", "A colour?", "colour", "thanks"),
    say("thanks", "{{colour}}, then."),
)
POLL["nodes"][0]["step"]["show_in_report"] = True
HELPER = scenario(
    "helper",
    {"id": "person", "kind": "action", "step": {"type": "handover"}, "next": ["thanks"]},
    say("thanks", "Thanks for waiting."),
)


def call(api: Api, method: str, path: str, body: Any = None, status: int = 200, key: str | None = None) -> Any:
    answer = api.call(method, path, body, key=key or api.key("acme"))
    assert answer.status_code == status, answer.text
    return answer.get_json()


@pytest.fixture
def acme(api: Api) -> Api:
    """A company with two senders, on which an echo, a poll and a helper are enabled."""
    caller = api.company("acme")
    with api.database.transaction() as work:
        for sender in ("desk", "page"):
            ensure_sender(work, sender, "acme", sender.title(), "webchat", "webchat", api.now)
    for document in (ECHO, POLL, HELPER):
        call(api, "PUT", f"/chatbots/{document['id']}/draft", document, 201)
        api.parts.authoring.publish(caller, document["id"])
        for sender in ("desk", "page"):
            api.parts.authoring.enable(caller, document["id"], sender, is_default=False)
    return api


def begin(api: Api, chatbot: str = "echo", status: int = 200, **fields: Any) -> Any:
    return call(api, "POST", "/threads", {"sender": "desk", "to": "anna", "chatbot": chatbot, **fields}, status)


def write(api: Api, words: str, address: str = "anna", sender: str = "desk") -> None:
    api.now += 1000
    api.parts.core.conversations.receive("webchat", Inbound(sender, address, f"{address} {api.now}", text=words))


def act(api: Api, thread: str, action: str, status: int = 200, **body: Any) -> Any:
    return call(api, "POST", f"/threads/{thread}/{action}", body, status)


def test_a_thread_is_started_shown_and_told_turn_by_turn(acme: Api) -> None:
    begun = begin(acme, variables={"name": "Anna"})
    assert begun["status"] == "active"
    write(acme, "word")
    shown = call(acme, "GET", f"/threads/{begun['thread']}")
    assert (shown["chatbot"], shown["version"], shown["node"], shown["waits_for"]) == ("echo", 1, "ask", "question")
    assert (shown["sender"], shown["to"], shown["turns"]) == ("desk", "anna", 2)
    assert shown["variables"] | {"name": "Anna", "word": "word"} == shown["variables"]
    turns = call(acme, "GET", f"/threads/{begun['thread']}/turns?limit=1")
    assert [turn["event"] for turn in turns["items"]] == ["Started"]
    rest = call(acme, "GET", f"/threads/{begun['thread']}/turns?limit=1&cursor={turns['next']}")
    assert (rest["items"][0]["nodes"], rest["next"]) == (["answer", "ask"], None)
    assert rest["items"][0]["sent"][0]["content"]["text"] == "You said word."
    assert rest["items"][0]["changed"] == {"word": "word"}


def test_both_sides_of_a_conversation_are_listed(acme: Api) -> None:
    begun = begin(acme)
    write(acme, "word")
    path = f"/conversations/{begun['conversation']}/messages"
    page = call(acme, "GET", f"{path}?sort=at&limit=2")
    rest = call(acme, "GET", f"{path}?sort=at&cursor={page['next']}")
    items = page["items"] + rest["items"]
    assert items[0]["payload"]["text"] == "Say something."
    assert sorted((one["direction"], one["payload"]["text"]) for one in items[1:]) == [
        ("in", "word"),
        ("out", "Say something."),
        ("out", "You said word."),
    ]
    call(acme, "GET", "/conversations/nothing/messages", status=404)


def test_what_is_asked_of_a_thread_happens_once_for_each_request(acme: Api) -> None:
    begun = begin(acme, request="r-1")
    assert begin(acme, request="r-1") == begun
    thread = begun["thread"]
    for action, status in (("stop", "complete"), ("resume", "active"), ("restart", "active")):
        done = act(acme, thread, action, request=f"r-{action}")
        assert done["status"] == status
        turns = call(acme, "GET", f"/threads/{thread}")["turns"]
        assert act(acme, thread, action, request=f"r-{action}") == done
        assert call(acme, "GET", f"/threads/{thread}")["turns"] == turns
    assert act(acme, thread, "resolve", 409)["detail"] == "No person has the thread: it is active."
    waiting = begin(acme, "helper")["thread"]
    assert act(acme, waiting, "resolve")["reason"] == "resolved"


def test_it_is_known_which_person_did_it(acme: Api) -> None:
    thread = begin(acme)["thread"]
    person = acme.person("acme")
    assert acme.call("POST", f"/threads/{thread}/stop", {}, headers=person).status_code == 200
    turns = call(acme, "GET", f"/threads/{thread}/turns")["items"]
    me = acme.call("GET", "/me", headers=person).get_json()["id"]
    assert [turn["user"] for turn in turns] == [None, me]


def test_a_contact_is_started_anew_at_a_node_with_another_chatbot_or_sender(acme: Api) -> None:
    thread = begin(acme)["thread"]
    at_node = act(acme, thread, "start", node="answer", variables={"word": "chosen"})
    assert at_node["thread"] != thread
    assert call(acme, "GET", f"/threads/{thread}")["status"] == "complete"
    other = act(acme, thread, "start", chatbot="poll")
    assert call(acme, "GET", f"/threads/{other['thread']}")["chatbot"] == "poll"
    elsewhere = act(acme, thread, "start", sender="page")
    assert elsewhere["conversation"] != other["conversation"]
    act(acme, thread, "start", 404, chatbot="nothing")
    act(acme, thread, "start", 404, node="nothing")
    act(acme, thread, "start", 404, sender="nothing")


def test_threads_are_found_by_filter_and_paged(acme: Api) -> None:
    threads = [begin(acme, to=f"reader-{number}")["thread"] for number in range(3)]
    act(acme, threads[1], "stop")

    def found(query: str) -> list[int]:
        return [threads.index(one["id"]) for one in call(acme, "GET", f"/threads?{query}")["items"]]

    assert found("sort=created_at") == [0, 1, 2]
    assert (found("live=false"), found("to=reader-2"), found("status=stuck")) == ([1], [2], [])
    assert found("live=true&node=ask&chatbot=echo&version=1&sender=desk&sort=-created_at") == [2, 0]
    page = call(acme, "GET", "/threads?limit=2&sort=created_at")
    assert found(f"limit=2&sort=created_at&cursor={page['next']}") == [2]


def test_a_recording_replays_to_the_same_end(acme: Api) -> None:
    thread = begin(acme)["thread"]
    write(acme, "word")
    answer = acme.call("GET", f"/threads/{thread}/recording", key=acme.key("acme"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{thread}.json"'
    assert replay(read_recording(answer.data)).differing == []


def test_a_key_acts_through_its_own_senders_only(acme: Api) -> None:
    begun = begin(acme)
    key = acme.key("acme", EVERYTHING, frozenset({"page"}))
    assert call(acme, "GET", "/threads", key=key)["items"] == []
    for path in ("", "/turns", "/recording"):
        call(acme, "GET", f"/threads/{begun['thread']}{path}", status=403, key=key)
    call(acme, "GET", f"/conversations/{begun['conversation']}/messages", status=403, key=key)
    for action, body in (("stop", {}), ("start", {"sender": "page"})):
        call(acme, "POST", f"/threads/{begun['thread']}/{action}", body, 403, key)
    call(acme, "POST", "/threads", {"sender": "desk", "to": "anna", "chatbot": "echo"}, 403, key)


@pytest.fixture
def answered(acme: Api) -> Api:
    """Three contacts were asked for a colour, one of them through the other sender."""
    for address, words, sender in (("a", "red", "desk"), ("b", "blue", "desk"), ("c", "red", "page")):
        begin(acme, "poll", to=address, sender=sender)
        write(acme, words, address, sender)
    return acme


def test_answers_are_a_table_counts_and_csv(answered: Api) -> None:
    page = call(answered, "GET", "/chatbots/poll/answers?limit=2&sort=created_at")
    assert page["fields"] == ["colour"]
    assert [(one["to"], one["answers"], one["version"]) for one in page["items"]] == [
        ("a", {"colour": "red"}, 1),
        ("b", {"colour": "blue"}, 1),
    ]
    rest = call(answered, "GET", f"/chatbots/poll/answers?sort=created_at&cursor={page['next']}")
    assert [one["to"] for one in rest["items"]] == ["c"]
    counts = call(answered, "GET", "/chatbots/poll/answers/counts?field=colour")
    assert counts["counts"] == [{"value": "red", "threads": 2}, {"value": "blue", "threads": 1}]
    answer = answered.call("GET", "/chatbots/poll/answers.csv?where=colour=blue", key=answered.key("acme"))
    assert answer.content_type == "text/csv; charset=utf-8"
    assert [line.split(",")[3] for line in answer.text.splitlines()] == ["address", "b"]
    call(answered, "GET", "/chatbots/nothing/answers", status=404)


def test_answers_are_found_by_what_they_hold(answered: Api) -> None:
    def found(query: str) -> list[str]:
        items = call(answered, "GET", f"/chatbots/poll/answers?sort=created_at&{query}")["items"]
        return [one["to"] for one in items]

    assert found("where=colour=red") == ["a", "c"]
    assert found("where=colour=%22blue%22") == ["b"]
    assert found("sender=page") == ["c"]
    assert found("answered_from=2026-03-01T10:00:03Z") == ["c"]
    for query in ("where=colour", "where=colour=red&where=colour=blue"):
        call(answered, "GET", f"/chatbots/poll/answers?{query}", status=422)


def test_a_key_sees_the_answers_of_its_own_senders_only(answered: Api) -> None:
    key = answered.key("acme", EVERYTHING, frozenset({"page"}))
    assert [one["to"] for one in call(answered, "GET", "/chatbots/poll/answers", key=key)["items"]] == ["c"]
    assert call(answered, "GET", "/chatbots/poll/answers/counts?field=colour", key=key)["threads"] == 1
    assert len(answered.call("GET", "/chatbots/poll/answers.csv", key=key).text.splitlines()) == 2


def test_figures_tell_what_happened_at_the_nodes(answered: Api) -> None:
    begin(answered, "poll", to="d")
    found = call(answered, "GET", "/chatbots/poll/figures")
    assert (found["entered"], found["running"]) == (4, 1)
    ask_node = next(one for one in found["nodes"] if one["node"] == "ask")
    assert (ask_node["visits"], ask_node["waits"], ask_node["running"]) == (4, 3, 1)
    assert call(answered, "GET", "/chatbots/poll/figures?until=2026-02-01T00:00:00Z")["entered"] == 0
    call(answered, "GET", "/chatbots/nothing/figures", status=404)
