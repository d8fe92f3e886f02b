"""Where it happens: a real server with the built page, a bare page beside it, and a browser as the tests have it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final, NamedTuple

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.bench.builder.graph import bare_graph
from tests.e2e.conftest import CHROMIUM, CHROMIUM_ARGUMENTS, DESKTOP, ROOT, Server, running
from tests.e2e.host import signed_in
from tests.e2e.workspace import sign_in

BARE: Final = ROOT / ".bench" / "bare"
WAIT_MS: Final = 60_000


class Stage(NamedTuple):
    """A server, a browser, and the address of the bare page."""

    server: Server
    browser: Browser
    bare: str

    def put(self, identity: str, scenario: dict[str, Any]) -> None:
        """Have a scenario on the server under this id, and its graph on the bare page."""
        with signed_in(self.browser, self.server.url) as owner:
            body = {"file": scenario, "id": identity, "overwrite": True}
            answer = owner.post(f"{self.server.url}/api/v1/chatbots/import", data=body)
            if not answer.ok:
                raise RuntimeError(answer.text())
        (BARE / "graph.json").write_text(json.dumps(bare_graph(scenario)))

    @contextmanager
    def visit(self, is_signed_in: bool) -> Iterator[BrowserContext]:
        """A browser of its own, for the length of a `with`."""
        context = self.browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, locale="en-GB")
        context.set_default_timeout(WAIT_MS)
        if is_signed_in:
            sign_in(context, self.server)
        yield context
        context.close()


@contextmanager
def stage() -> Iterator[Stage]:
    """All of it, for the length of a `with`."""
    for arguments in ([], ["bench"]):
        command = [sys.executable, str(ROOT / "hatch_build.py"), *arguments]
        subprocess.run(command, check=True, stdout=sys.stderr)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "data", None) as server,
        _served(partial(_Quiet, directory=str(BARE))) as bare,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        with signed_in(browser, server.url):  # who has a password of their own from then on
            yield Stage(server, browser, bare)
        browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _served(handler: Callable[..., SimpleHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()
    thread.join()
