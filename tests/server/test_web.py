"""HTTP: health, problems as RFC 9457 has them, headers, host names, the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from botflow import web
from botflow.app import create_app, parts_of, prepare
from botflow.config import Settings


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    settings = Settings(data=tmp_path, examples=None, allowed_hosts=("chat.example.com",))
    prepare(settings)
    app = create_app(settings)
    yield app.test_client()
    parts_of(app).stop()


def test_the_server_says_that_it_is_well(client: FlaskClient) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/", 404),
        ("POST", "/api/v1/webchat/chatbots", 405),
        ("DELETE", "/health", 405),
        ("POST", "/", 405),
        ("GET", "/assets/../../config.py", 404),
        ("GET", "/assets/nothing.js", 404),
        ("GET", "/assets/" + "a" * 300, 404),
        ("GET", "/assets/a%00b", 404),
    ],
)
def test_a_problem_is_told_as_rfc_9457_has_it(client: FlaskClient, method: str, path: str, status: int) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == status
    assert set(answer.json) == {"type", "title", "status", "detail"}


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/", "localhost", 200),
        ("/health", "localhost", 200),
        ("/api/v1/nothing", "localhost", 404),
        ("/health", "evil.example", 421),
        ("/socket.io/?EIO=4&transport=nothing", "localhost", 400),
    ],
)
def test_every_answer_carries_the_protective_headers(client: FlaskClient, path: str, host: str, status: int) -> None:
    answer = client.get(path, headers={"Host": host}, buffered=True)
    assert answer.status_code == status
    headers = answer.headers
    assert len(headers.getlist("Content-Security-Policy")) == 1
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer", "hosts of pictures are not told where they are shown"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8080", 200),
        ("localhost", 200),
        ("LOCALHOST:8080", 200),
        ("[::1]:8080", 200),
        ("192.168.1.7", 200),
        ("chat.example.com", 200),
        ("chat.example.com:443", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example:8080", 421),
        ("", 421),
    ],
)
def test_a_name_that_is_not_ours_is_refused(client: FlaskClient, host: str, status: int) -> None:
    assert client.get("/health", headers={"Host": host}).status_code == status


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "page"
    monkeypatch.setattr(web, "PAGE", folder)
    return folder


def test_without_a_built_page_it_is_said_how_to_build_it(client: FlaskClient, page: Path) -> None:
    assert "hatch_build.py" in client.get("/").text


def test_the_page_is_served_with_its_own_addresses_and_files(client: FlaskClient, page: Path) -> None:
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("the page")
    (page / "assets" / "app.js").write_text("the code")
    assert [client.get(path, buffered=True).text for path in ("/", "/chat/demo-pizza", "/assets/app.js")] == [
        "the page",
        "the page",
        "the code",
    ]
    assert client.get("/" + "a" * 300, buffered=True).text == "the page"
    assert "max-age=31536000" in client.get("/assets/app.js", buffered=True).headers["Cache-Control"]
    assert "no-store" in client.get("/", buffered=True).headers["Cache-Control"]


@pytest.mark.parametrize("name", ["secret.key", "nothing.key"])
@pytest.mark.parametrize("way", ["..", "assets/../.."])
def test_nobody_learns_which_files_are_beside_the_page(client: FlaskClient, page: Path, way: str, name: str) -> None:
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("the page")
    (page.parent / "secret.key").write_text("the secret")
    answer = client.get("/", environ_overrides={"PATH_INFO": f"/{way}/{name}"})
    assert (answer.status_code, "the secret" in answer.text) == (404, False)


@pytest.fixture
def script(page: Path) -> Path:
    """A file of the page with its compressed copies."""
    (page / "assets").mkdir(parents=True)
    file = page / "assets" / "app.js"
    for name, text in {"app.js": "the code", "app.js.gz": "gzip of it", "app.js.br": "brotli of it"}.items():
        file.with_name(name).write_text(text)
    return file


@pytest.mark.parametrize(
    ("accepted", "coding", "text"),
    [
        ("gzip, deflate, br, zstd", "br", "brotli of it"),
        ("gzip, deflate", "gzip", "gzip of it"),
        ("br;q=0.1, gzip;q=0.9", "gzip", "gzip of it"),
        ("*", "br", "brotli of it"),
        ("*, br;q=0", "gzip", "gzip of it"),
        ("gzip;q=0", None, "the code"),
        ("identity", None, "the code"),
        ("", None, "the code"),
        (None, None, "the code"),
    ],
)
def test_files_of_the_page_are_sent_as_short_as_the_browser_takes_them(
    client: FlaskClient, script: Path, accepted: str | None, coding: str | None, text: str
) -> None:
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    answer = client.get("/assets/app.js", headers=headers, buffered=True)
    assert (answer.status_code, answer.text) == (200, text)
    assert answer.headers.get("Content-Encoding") == coding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.mimetype == "text/javascript"
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_each_coding_of_a_file_has_a_tag_of_its_own(client: FlaskClient, script: Path) -> None:
    codings = ("br", "gzip", "identity")
    tags = {
        coding: client.get("/assets/app.js", headers={"Accept-Encoding": coding}, buffered=True).headers["ETag"]
        for coding in codings
    }
    assert len(set(tags.values())) == len(codings)
    for coding in codings:
        asked = {"Accept-Encoding": coding, "If-None-Match": tags["gzip"]}
        answer = client.get("/assets/app.js", headers=asked, buffered=True)
        assert answer.status_code == (304 if coding == "gzip" else 200)
        assert answer.headers["Vary"] == "Accept-Encoding"


def test_what_has_no_compressed_copy_is_sent_as_it_is(client: FlaskClient, script: Path) -> None:
    script.with_name("app.js.br").unlink()
    script.with_name("app.js.gz").unlink()
    answer = client.get("/assets/app.js", headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    assert answer.text == "the code"
    assert "Content-Encoding" not in answer.headers


def test_compressed_copies_have_no_addresses_of_their_own(client: FlaskClient, script: Path) -> None:
    assert client.get("/assets/app.js.br").status_code == 404
    assert client.get("/assets/app.js.gz").status_code == 404


def test_a_fault_of_ours_is_a_problem_without_its_inside(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("a secret")

    monkeypatch.setitem(client.application.view_functions, "list_offered_chatbots", broken)
    answer = client.get("/api/v1/webchat/chatbots")
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_the_log_of_a_fault_names_its_route_and_nothing_of_its_address(client: FlaskClient) -> None:
    def broken(rest: str) -> str:
        raise RuntimeError

    client.application.add_url_rule("/broken/<path:rest>", view_func=broken)
    with capture_logs() as logged:
        assert client.get("/broken/" + "b" * 3000).status_code == 500
    (line,) = logged
    assert line["route"] == "/broken/<path:rest>"
    assert "bbb" not in str(line)
