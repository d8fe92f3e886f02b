"""The simulator over real sockets: calls, faults, webhooks with repeats, and its control side."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from botflow.channels.http import VendorHttp, VendorResponse, VendorUnreachableError
from botflow.errors import StartError
from botflow.vendor_sim.contract import Answer, Behaviour
from botflow.vendor_sim.server import Simulator
from botflow.vendor_sim.whatsapp import WhatsAppCloud
from tests.vendor_sim.receiver import Received, Receiver

NAME = WhatsAppCloud.name
NUMBER = WhatsAppCloud().identity
WAIT_SECONDS = 10.0


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator([WhatsAppCloud()]) as simulator:
        yield simulator


@pytest.fixture
def http(simulator: Simulator) -> Iterator[VendorHttp]:
    http = VendorHttp([simulator.host])
    yield http
    http.close()


def send(simulator: Simulator, http: VendorHttp, text: str = "hi", timeout: float = 5) -> VendorResponse:
    return http.request(
        "POST",
        f"{simulator.url(NAME)}/v23.0/{NUMBER}/messages",
        headers={"Authorization": "Bearer simulated-access-token"},
        json_body={"messaging_product": "whatsapp", "to": "34600000001", "type": "text", "text": {"body": text}},
        timeout=timeout,
    )


def control(simulator: Simulator, http: VendorHttp, method: str, path: str, value: Any = None) -> Any:
    return http.request(method, f"{simulator.url('_sim')}/{path}", json_body=value).json()


def states(received: list[Received]) -> list[str]:
    values = [json.loads(hook.body)["entry"][0]["changes"][0]["value"] for hook in received]
    return [value["statuses"][0]["status"] for value in values if "statuses" in value]


def wait_until_quiet(simulator: Simulator) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while simulator.pending and time.monotonic() < deadline:
        time.sleep(0.005)
    assert simulator.pending == 0


def hand_in(simulator: Simulator, http: VendorHttp, name: str) -> Any:
    account = simulator.credentials(NAME)["business_account_id"]
    components = [{"type": "BODY", "text": "Hello"}]
    return http.request(
        "POST",
        f"{simulator.url(NAME)}/v23.0/{account}/message_templates",
        headers={"Authorization": "Bearer simulated-access-token"},
        json_body={"name": name, "language": "en", "category": "UTILITY", "components": components},
    ).json()


class TestCalls:
    def test_a_message_is_taken(self, simulator: Simulator, http: VendorHttp) -> None:
        answer = send(simulator, http)
        assert answer.status == 200
        (message,) = [taken for _, taken in simulator[NAME].taken]
        assert (message.vendor_id, message.to, message.text) == (
            answer.json()["messages"][0]["id"],
            "34600000001",
            "hi",
        )

    def test_calls_share_a_connection(self, simulator: Simulator) -> None:
        with socket.create_connection((simulator.host, simulator.port), WAIT_SECONDS) as line:
            for _ in range(3):
                line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                assert line.recv(1000).startswith(b"HTTP/1.1 200 OK\r\n")

    def test_calls_may_come_in_pieces_and_together(self, simulator: Simulator) -> None:
        call = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
        with socket.create_connection((simulator.host, simulator.port), WAIT_SECONDS) as line:
            line.sendall(call[:9])
            time.sleep(0.01)
            line.sendall(call[9:] + call)
            received = b""
            while received.count(b"200 OK") < 2:
                received += line.recv(1000)

    @pytest.mark.parametrize(
        "broken",
        [
            b"nonsense\r\n\r\n",
            b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
            b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000,
        ],
    )
    def test_what_is_no_request_is_answered_400_and_the_line_closed(self, simulator: Simulator, broken: bytes) -> None:
        with socket.create_connection((simulator.host, simulator.port), WAIT_SECONDS) as line:
            line.sendall(broken)
            assert line.recv(1000).startswith(b"HTTP/1.1 400 ")

    def test_an_unknown_vendor_is_404(self, simulator: Simulator, http: VendorHttp) -> None:
        assert http.request("GET", simulator.url("nobody")).status == 404

    def test_a_scripted_answer_comes_once(self, simulator: Simulator, http: VendorHttp) -> None:
        simulator[NAME].scripted.append(Answer(418, b"{}"))
        assert [send(simulator, http).status for _ in range(2)] == [418, 200]

    def test_a_vendor_that_breaks_answers_as_broken(
        self, simulator: Simulator, http: VendorHttp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(simulator[NAME].vendor, "handle", lambda _: 1 // 0)
        assert send(simulator, http).status == 500
        assert simulator[NAME].counts["broken"] == 1


class TestFaults:
    def test_delay(self, simulator: Simulator, http: VendorHttp) -> None:
        simulator[NAME].behave({"delay_ms": 80})
        begun = time.monotonic()
        assert send(simulator, http).ok
        assert time.monotonic() - begun >= 0.08

    def test_errors_and_throttling_take_nothing(self, simulator: Simulator, http: VendorHttp) -> None:
        simulator[NAME].behave({"errors": 1})
        assert send(simulator, http).status == 500
        simulator[NAME].behave({"errors": 0, "throttle": 0.001})
        assert [send(simulator, http).status for _ in range(2)] == [429, 429]
        assert simulator[NAME].counts["taken"] == 0

    @pytest.mark.parametrize(("fault", "taken"), [("hang", 0), ("lost_answers", 1)])
    def test_no_answer(self, simulator: Simulator, http: VendorHttp, fault: str, taken: int) -> None:
        simulator[NAME].behave({fault: 1})
        with pytest.raises(VendorUnreachableError):
            send(simulator, http, timeout=0.1)
        assert simulator[NAME].counts["taken"] == taken

    def test_throttling_allows_what_it_says(self, simulator: Simulator, http: VendorHttp) -> None:
        simulator[NAME].behave({"throttle": 20})
        begun = time.monotonic()
        accepted = sum(send(simulator, http).ok for _ in range(60))
        assert accepted <= 20 + (time.monotonic() - begun) * 20


class TestWebhooks:
    def test_templates_are_reviewed_after_they_were_handed_in(self, simulator: Simulator, http: VendorHttp) -> None:
        with Receiver() as receiver:
            simulator[NAME].vendor.webhook_url = receiver.url
            assert hand_in(simulator, http, "order_sent")["status"] == "PENDING"
            receiver.wait_for(1)
            hand_in(simulator, http, "please_reject")
            values = [json.loads(hook.body)["entry"][0]["changes"][0]["value"] for hook in receiver.wait_for(2)]
        found = [(value["message_template_name"], value["event"], value["reason"]) for value in values]
        assert found == [("order_sent", "APPROVED", "NONE"), ("please_reject", "REJECTED", "INVALID_FORMAT")]

    def test_reports_follow_a_message(self, simulator: Simulator, http: VendorHttp) -> None:
        with Receiver() as receiver:
            simulator[NAME].vendor.webhook_url = receiver.url
            send(simulator, http)
            assert states(receiver.wait_for(3)) == ["sent", "delivered", "read"]

    def test_it_is_quiet_when_all_reports_were_answered(self, simulator: Simulator, http: VendorHttp) -> None:
        simulator[NAME].behave({"report_ms": 50})
        with Receiver() as receiver:
            simulator[NAME].vendor.webhook_url = receiver.url
            send(simulator, http)
            wait_until_quiet(simulator)
            assert len(receiver.received) == 3

    def test_a_report_may_come_before_the_answer(self, simulator: Simulator, http: VendorHttp) -> None:
        with Receiver() as receiver:
            simulator[NAME].vendor.webhook_url = receiver.url
            simulator[NAME].behave({"delay_ms": 100, "report_ms": 1})
            send(simulator, http)
            assert len(receiver.received) == 3

    def test_a_webhook_comes_again_until_it_is_answered_2xx(self, simulator: Simulator) -> None:
        answers = iter([(500, b"down"), (403, b"no"), (200, b"")])
        with Receiver(lambda _: next(answers)) as receiver:
            simulator[NAME].behave({"retry_ms": 1})
            simulator[NAME].vendor.webhook_url = receiver.url
            simulator[NAME].write("34600000001", "hello")
            bodies = {hook.body for hook in receiver.wait_for(3)}
            wait_until_quiet(simulator)
        assert len(bodies) == 1
        assert simulator[NAME].counts["hooks_answered"] == 1
        assert simulator[NAME].counts["hooks_repeated"] == 2

    def test_a_server_that_is_down_gets_them_when_it_is_back(self, simulator: Simulator) -> None:
        simulator[NAME].behave({"retry_ms": 20})
        with Receiver() as receiver:
            url = receiver.url
        simulator[NAME].vendor.webhook_url = url
        simulator[NAME].write("34600000001", "hello")
        while not simulator[NAME].counts["hooks_repeated"]:
            time.sleep(0.001)
        with Receiver(port=urlsplit(url).port or 0) as receiver:
            assert b"hello" in receiver.wait_for(1)[0].body

    def test_the_same_seed_gives_the_same_faults(self) -> None:
        def reports(seed: int) -> list[Any]:
            behaviour = Behaviour(loss=0.2, duplicates=0.2, disorder=0.3)
            simulator = Simulator([WhatsAppCloud()], behaviour=behaviour, seed=seed)
            try:
                return [simulator[NAME].reports() for _ in range(100)]
            finally:
                simulator.stop()

        assert reports(1) == reports(1)
        assert reports(1) != reports(2)

    def test_the_vendor_tests_a_new_address(self, simulator: Simulator) -> None:
        def answer(received: Received) -> tuple[int, bytes]:
            assert "hub.verify_token=simulated-verify-token" in received.path
            return 200, received.path.partition("hub.challenge=")[2].partition("&")[0].encode()

        with Receiver(answer) as receiver:
            assert simulator[NAME].connect(receiver.url)
        with Receiver() as receiver:
            assert not simulator[NAME].connect(receiver.url)


class TestControl:
    def test_it_lists_what_to_enter(self, simulator: Simulator, http: VendorHttp) -> None:
        found = control(simulator, http, "GET", "")[NAME]
        assert found["identity"] == NUMBER
        assert found["credentials"]["base_url"] == simulator.url(NAME)

    def test_it_writes_as_a_contact(self, simulator: Simulator, http: VendorHttp) -> None:
        with Receiver() as receiver:
            control(simulator, http, "PUT", f"{NAME}/webhook", {"url": receiver.url})
            control(
                simulator, http, "POST", f"{NAME}/messages", [{"contact": "34600000001", "text": "a", "postback": "b"}]
            )
            hook = receiver.wait_for(2)[1]
        (message,) = json.loads(hook.body)["entry"][0]["changes"][0]["value"]["messages"]
        assert message["interactive"]["button_reply"] == {"id": "b", "title": "a"}

    def test_it_lists_what_was_taken(self, simulator: Simulator, http: VendorHttp) -> None:
        for text in ("one", "two", "three"):
            send(simulator, http, text)
        assert [message["text"] for message in control(simulator, http, "GET", f"{NAME}/messages?last=2")] == [
            "two",
            "three",
        ]

    def test_it_changes_the_behaviour(self, simulator: Simulator, http: VendorHttp) -> None:
        assert control(simulator, http, "PATCH", f"{NAME}/behaviour", {"errors": 1})["errors"] == 1
        assert send(simulator, http).status == 500

    def test_it_scripts_an_answer(self, simulator: Simulator, http: VendorHttp) -> None:
        control(simulator, http, "POST", f"{NAME}/answers", {"status": 400, "body": {"error": {"code": 131047}}})
        assert send(simulator, http).json() == {"error": {"code": 131047}}

    @pytest.mark.parametrize(
        ("method", "path", "value"),
        [
            ("GET", "nobody/messages", None),
            ("DELETE", f"{NAME}/messages", None),
            ("PUT", f"{NAME}/webhook", []),
            ("PUT", f"{NAME}/webhook", {"url": "/webhooks/whatsapp_cloud/KEY"}),
            ("PATCH", f"{NAME}/behaviour", {"speed": 1}),
            ("PATCH", f"{NAME}/behaviour", {"reports": "sent"}),
            ("POST", f"{NAME}/messages", {"text": "to nobody"}),
            ("POST", f"{NAME}/answers", {"status": "ok"}),
        ],
    )
    def test_what_it_cannot_do_is_a_sentence(
        self, simulator: Simulator, http: VendorHttp, method: str, path: str, value: Any
    ) -> None:
        assert control(simulator, http, method, path, value)["error"]

    def test_a_page_of_another_site_cannot_use_it(self, simulator: Simulator, http: VendorHttp) -> None:
        url = f"{simulator.url('_sim')}/{NAME}/messages"
        simple = {"Content-Type": "text/plain"}
        assert http.request("POST", url, headers=simple, body=b'{"contact": "34600000001"}').status == 400


class TestAddress:
    @pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.com"])
    def test_only_this_machine(self, host: str) -> None:
        with pytest.raises(StartError, match="this machine only"):
            Simulator([], host)

    def test_a_taken_port_is_a_sentence(self, simulator: Simulator) -> None:
        with pytest.raises(StartError, match="Cannot listen on"):
            Simulator([], port=simulator.port)

    def test_stopping_leaves_nothing_open(self) -> None:
        with Simulator([WhatsAppCloud()]) as simulator:
            line = socket.create_connection((simulator.host, simulator.port), WAIT_SECONDS)
            simulator[NAME].vendor.webhook_url = "http://127.0.0.1:9/"
            simulator[NAME].write("34600000001", "x")
        with line:
            assert line.recv(1) == b""
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((simulator.host, simulator.port))
