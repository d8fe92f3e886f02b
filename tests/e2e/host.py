"""Somebody else's site: pages of another origin that put a chat on themselves."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from playwright.sync_api import APIRequestContext, Browser, expect

from tests.e2e.conftest import FIRST_PASSWORD

PASSWORD = "Second-Password-8"
STYLE = """
* { color: red; letter-spacing: 0.5em }  /* none of this is to reach the widget */
body > div { display: none; transform: scale(3); opacity: 0.2 }
main { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; font: 1.1rem/1.6 Georgia, serif }
main, main * { color: #223; letter-spacing: normal }
:root { color-scheme: light dark }
@media (prefers-color-scheme: dark) { body { background: #16181d } main, main * { color: #dde } }
"""
PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Casa Verde</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/site.css">
<main>
<h1>Casa Verde</h1>
<p>Wood-fired pizza since 1987. We are open from noon to eleven, every day but Monday.</p>
<p><a href="/">Menu</a> and <a href="/">directions</a></p>
</main>
{scripts}
"""


class Site:
    """A site at http://localhost, which is another site than the server's http://127.0.0.1."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://localhost:{port}"
        self.page = ""
        self.policy = ""

    def embed(self, server: str, sender: str, attributes: str = "", times: int = 1, language: str = "en") -> None:
        """Have the chat on every page, under the strictest policy that lets it work."""
        script = f'<script src="{server}/widget.js" data-sender="{sender}" {attributes} async></script>\n'
        self.page = PAGE.format(language=language, scripts=script * times)
        self.policy = f"default-src 'none'; style-src 'self'; img-src data:; script-src {server}; frame-src {server}"


@contextmanager
def hosted() -> Iterator[Site]:
    """A site that answers for the length of a `with`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_style = self.path == "/site.css"
            body = (STYLE if is_style else site.page).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if is_style else "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", site.policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(server.server_port)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def signed_in(browser: Browser, url: str) -> Iterator[APIRequestContext]:
    """Requests of the owner, for the length of a `with`."""
    owner = browser.new_context(extra_http_headers={"Origin": url})
    api = f"{url}/api/v1"
    for password in (PASSWORD, FIRST_PASSWORD):
        answer = owner.request.post(f"{api}/session", data={"login": "admin", "password": password})
        if answer.ok:
            break
    assert answer.ok, answer.text()
    if password == FIRST_PASSWORD:
        change = {"current": FIRST_PASSWORD, "new": PASSWORD}
        assert owner.request.put(f"{api}/me/password", data=change).ok
    yield owner.request
    owner.close()


def list_origins(browser: Browser, url: str, sender: str, origins: list[str]) -> None:
    """Have the sender list these origins, as its owner does."""
    with signed_in(browser, url) as owner:
        address = f"{url}/api/v1/senders/{sender}"
        shown = owner.get(address).json()
        wanted = {name: shown[name] for name in ("name", "adapter", "status")} | {"embed_origins": origins}
        expect(owner.put(address, data=wanted)).to_be_ok()


def upload(browser: Browser, url: str, files: Mapping[str, bytes]) -> None:
    """Put files into the media library, by key."""
    with signed_in(browser, url) as owner:
        for key, content in files.items():
            answer = owner.put(
                f"{url}/api/v1/media/{key}", data=content, headers={"Content-Type": "application/octet-stream"}
            )
            expect(answer).to_be_ok()
