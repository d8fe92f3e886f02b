"""A web chat on pages of other sites: which may show it (MS-11)."""

from typing import Any

import pytest

from botflow.senders.embedding import MOST_ORIGINS, origin_of
from tests.server.api import Api
from tests.server.scenarios import GREETER

SITE = "https://www.example.com"
SHOP = "https://shop.example.com:8443"
OFFERED = "/webchat/chatbots"
CHAT = {"name": "Chat", "adapter": "webchat"}


def put(api: Api, origins: list[Any], status: int = 200, **changes: Any) -> dict[str, Any]:
    body = CHAT | {"embed_origins": origins} | changes
    answer = api.call("PUT", "/senders/chat", body, key=api.key("acme"))
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def framing(api: Api, path: str) -> tuple[int, str, str | None]:
    """The status, who may frame the answer, and X-Frame-Options."""
    with api.client().get(path, buffered=True) as answer:
        (policy,) = answer.headers.getlist("Content-Security-Policy")
        return answer.status_code, policy.partition("frame-ancestors ")[2], answer.headers.get("X-Frame-Options")


def test_the_pages_that_a_sender_lists_may_frame_its_chat(api: Api) -> None:
    put(api, [SITE, SHOP], 201)
    assert framing(api, "/embed/chat") == (200, f"{SITE} {SHOP}", None)
    assert framing(api, "/embed/chat?language=es") == (200, f"{SITE} {SHOP}", None)


@pytest.mark.parametrize("path", ["/embed/chat", "/embed/nobody", "/embed/a%00b", f"/embed/{'a' * 5000}"])
def test_without_a_listed_page_the_chat_refuses_to_be_framed_and_says_so(api: Api, path: str) -> None:
    put(api, [], 201)
    assert framing(api, path) == (403, "'none'", "DENY")
    assert "cannot be put on a page yet" in api.client().get(path).text


@pytest.mark.parametrize(
    "path", ["/", "/chat/chat", "/embed", "/embed/chat/", "/embed/chat/x", "/api/v1/me", "/health"]
)
def test_nothing_else_may_be_framed(api: Api, path: str) -> None:
    put(api, [SITE], 201)
    assert framing(api, path)[1:] == ("'none'", "DENY")


def test_the_list_is_changed_and_emptied_at_once(api: Api) -> None:
    put(api, [SITE], 201)
    put(api, [SHOP])
    assert framing(api, "/embed/chat")[1] == SHOP
    assert put(api, [])["embed_origins"] == []
    assert framing(api, "/embed/chat")[0] == 403
    entries = api.call("GET", "/audit?action=sender.updated", key=api.key("acme")).get_json()["items"]
    assert [(one["old"]["embed_origins"], one["new"]["embed_origins"]) for one in entries] == [
        ([SHOP], []),
        ([SITE], [SHOP]),
    ]


def test_an_origin_is_kept_once_and_as_browsers_write_it(small_api: Api) -> None:
    made = put(small_api, ["HTTPS://WWW.Example.com:443/", SITE, "http://localhost:80", "http://127.0.0.1:8080"], 201)
    assert made["embed_origins"] == [SITE, "http://localhost", "http://127.0.0.1:8080"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "*",
        "null",
        "'self'",
        "www.example.com",
        "ftp://www.example.com",
        "https://",
        "https://*.example.com",
        "https://www.example.com/chat",
        "https://www.example.com?x",
        "https://me@www.example.com",
        "https://www.example.com:0",
        "https://www.example.com:65536",
        "https://www.example.com; script-src *",
        "https://www.example.com https://evil.example",
        "https://www.example.com,https://evil.example",
        "https://www.example.com\r\nX-Evil: 1",
        "https://-a.example",
        "https://a..example",
        "https://ñ.example",
        "https://[::1]",
    ],
)
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"write a site as https://www\.example\.com"):
        origin_of(text)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"embed_origins": [SITE, "*"]}, "/embed_origins/1"),
        ({"embed_origins": [f"https://{n}.example.com" for n in range(MOST_ORIGINS + 1)]}, "/embed_origins"),
        ({"embed_origins": SITE}, "/embed_origins"),
        ({"embed_origins": [SITE], "adapter": "http_voice", "credentials": {}}, "/embed_origins"),
    ],
)
def test_a_wrong_list_is_refused_by_its_field(small_api: Api, changes: dict[str, Any], pointer: str) -> None:
    answer = put(small_api, **{"origins": [], "status": 422, **changes})
    assert answer["errors"][0]["pointer"] == pointer


def test_a_companys_chats_are_known_to_those_only_who_know_the_sender(api: Api) -> None:
    key = api.key("demo")  # the company of the examples, and of whoever tries them
    for sender in ("chat", "demo-other"):
        assert api.call("PUT", f"/senders/{sender}", CHAT, key=key).status_code == 201
        api.call("PUT", "/chatbots/greeter/draft", GREETER, key=key)
        api.call("POST", "/chatbots/greeter/versions", {}, key=key)
        enabled = api.call("PUT", f"/chatbots/greeter/senders/{sender}", {"is_default": True}, key=key)
        assert enabled.status_code == 200, enabled.text
    assert api.call("GET", OFFERED).get_json() == {"chatbots": [], "sender": None}
    offered = api.call("GET", f"{OFFERED}?sender=chat").get_json()
    assert offered["sender"] == {"name": "Chat", "answers": True}
    (one,) = offered["chatbots"]
    assert (one["id"], one["sender"]) == ("greeter", "chat")
    assert api.call("GET", f"{OFFERED}?sender=nobody").get_json() == {"chatbots": [], "sender": None}
    assert api.call("GET", f"{OFFERED}?sender=a%00b").status_code == 422


@pytest.mark.parametrize(("words", "answers"), [({}, False), ({"keywords": {"trigger": ["^hello$"]}}, True)])
def test_a_chat_without_a_default_chatbot_has_a_name_and_tells_whether_words_begin_one(
    api: Api, words: dict[str, Any], answers: bool
) -> None:
    key = api.key("demo")
    api.call("PUT", "/senders/chat", CHAT, key=key)
    api.call("PUT", "/chatbots/greeter/draft", GREETER | {"settings": words}, key=key)
    api.call("POST", "/chatbots/greeter/versions", {}, key=key)
    assert api.call("PUT", "/chatbots/greeter/senders/chat", {"is_default": False}, key=key).status_code == 200
    offered = api.call("GET", f"{OFFERED}?sender=chat").get_json()
    assert offered == {"chatbots": [], "sender": {"name": "Chat", "answers": answers}}
