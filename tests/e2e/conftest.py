"""A real server with the scenarios beside this file, and a real browser that looks at it."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

if TYPE_CHECKING:
    from tests.e2e.builder import Builder
    from tests.e2e.workspace import NewWorkspace, Workspace

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
BOTFLOW = Path(sys.executable).with_name("botflow")
CHROMIUM = os.environ.get("BOTFLOW_TEST_CHROMIUM", "/usr/bin/chromium")
FIREFOX = os.environ.get("BOTFLOW_TEST_FIREFOX", "/usr/bin/firefox-esr")
# a browser of its own, that calls nobody
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # as people have it: a frame keeps its storage, apart for each site around it; Playwright's own list takes that away
    "--disable-features=Translate",
]
FIRST_PASSWORD = "First-Password-7"
START_SECONDS = 90
WAIT_MS = 15_000

expect.set_options(timeout=WAIT_MS)

DESKTOP = (1280, 800)
PHONE = (360, 740)


class Server:
    """`botflow serve` as a process of its own, on a port and a data folder that outlive it."""

    def __init__(self, data: Path, examples: Path | None) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._data = data
        self._environment = os.environ | {
            "BOTFLOW_EXAMPLES": str(examples or ""),
            "BOTFLOW_ADMIN_PASSWORD": FIRST_PASSWORD,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [str(BOTFLOW), "serve", "--port", str(self.port), "--data", str(self._data)]
        with (self._data.parent / f"{self._data.name}.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, self._log()
            assert time.monotonic() < deadline, self._log()
            time.sleep(0.1)

    def kill(self) -> None:
        """End it at once, as a crash would; its children go with it."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=2) as response:
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _log(self) -> str:
        return (self._data.parent / f"{self._data.name}.log").read_text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(data: Path, examples: Path | None) -> Iterator[Server]:
    """A server that is ended in the end."""
    server = Server(data, examples)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@pytest.fixture(scope="session")
def page_is_built() -> None:
    """Build the page as `make run` does; nothing happens when it is up to date."""
    script = ROOT / "hatch_build.py"
    with script.open() as lock:  # test processes that run side by side build it one after the other
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run([sys.executable, str(script)], check=True, capture_output=True)


@pytest.fixture(scope="session")
def server(page_is_built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that most tests share; every browser context is a visitor of its own."""
    with running(tmp_path_factory.mktemp("server") / "data", HERE / "scenarios") as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Make browser contexts: each is a person who was never here. The test fails when the page's own code did."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def new(
        size: tuple[int, int] = DESKTOP, theme: str = "light", language: str = "en-GB", *, is_touched: bool = False
    ) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if theme == "dark" else "light",
            locale=language,
            reduced_motion="reduce",
            has_touch=is_touched,
            is_mobile=is_touched,
        )
        context.set_default_timeout(WAIT_MS)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("console", lambda message: errors.extend(refused_by_policy(message.text)))
        contexts.append(context)
        return context

    yield new
    for context in contexts:
        context.close()
    assert errors == []


def refused_by_policy(text: str) -> list[str]:
    """What the browser would not load or run because the server's policy forbids it."""
    return [text] if "Content Security Policy" in text else []


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """A page of a new person."""
    return new_context().new_page()


@pytest.fixture(scope="session")
def owned_server(server: Server, browser: Browser) -> Server:
    """The shared server, whose admin has chosen a password."""
    from tests.e2e.host import signed_in  # which needs what is above

    with signed_in(browser, server.url):
        return server


@pytest.fixture
def new_workspace(new_context: NewContext, owned_server: Server) -> "NewWorkspace":
    """Make pages of people who are signed in, each in a browser of their own."""
    from tests.e2e.workspace import Workspace, sign_in

    def new(**person: Any) -> Workspace:
        context = new_context(**person)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        sign_in(context, owned_server)
        return Workspace(context.new_page(), owned_server)

    return new


@pytest.fixture
def workspace(new_workspace: "NewWorkspace") -> "Workspace":
    """A page of the admin."""
    return new_workspace()


@pytest.fixture
def builder(workspace: "Workspace") -> "Builder":
    """The visual builder of the admin."""
    from tests.e2e.builder import Builder

    return Builder(workspace.page, workspace.server)
