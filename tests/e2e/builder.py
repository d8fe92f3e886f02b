"""The visual builder, as somebody at it sees it."""

import json
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import BOTFLOW, ROOT
from tests.e2e.workspace import Workspace

EXAMPLE = ROOT / "examples" / "pizza-order.json"


class Builder(Workspace):
    """The canvas and its panel, as somebody at them sees them."""

    def node(self, name: str) -> Locator:
        """The node with this name."""
        return self.page.locator(".react-flow__node").filter(has=self.page.get_by_text(name, exact=True))

    def drag_to_canvas(self, what: str, left: int, top: int) -> None:
        """Drag something from the palette to a place of the canvas."""
        target = self.page.locator(".react-flow__pane")
        self.page.get_by_role("button", name=what).drag_to(target, target_position={"x": left, "y": top})

    def connect(self, source: Locator, handle: str, target: Locator) -> None:
        """Draw a link from an outlet to another node's header."""
        source.locator(f".source[data-handleid='{handle}']").hover()
        self.page.mouse.down()
        target.locator(".target").hover()
        target.locator(".target").hover()
        self.page.mouse.up()

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("complementary")

    def is_saved(self) -> None:
        expect(self.page.get_by_role("status").get_by_text("Saved", exact=True)).to_be_visible()

    def draft(self, identity: str) -> Any:
        """The document on the server."""
        return self.ask("GET", f"/chatbots/{identity}/draft")["document"]

    def import_example(self, identity: str) -> None:
        file = json.loads(EXAMPLE.read_text())
        self.ask("POST", "/chatbots/import", {"file": file, "id": identity, "overwrite": True})


def save_chat_as_test(builder: Builder, name: str) -> None:
    """Keep the chat with the draft as a test, by mouse."""
    builder.press("Save as test")
    builder.dialog.get_by_label("Name of the test").fill(name)
    builder.press("Save")
    expect(builder.dialog).to_have_count(0)
    builder.is_saved()


def is_run_by_the_command(builder: Builder, identity: str, tests: list[str], folder: Path) -> None:
    """The exported file is sound, is as `fmt` writes it, and `botflow test` finds in it what the test chat found."""
    file = folder / f"{identity}.json"
    file.write_bytes(builder.page.request.get(f"{builder.server.url}/api/v1/chatbots/{identity}/file").body())
    for command in (["validate", str(file)], ["fmt", "--check", str(file)], ["test", str(file), "--json"]):
        answer = subprocess.run([str(BOTFLOW), *command], capture_output=True, text=True, check=False)
        assert answer.returncode == 0, f"{command}: {answer.stdout}{answer.stderr}"
    played = [(one["transcript"], one["passed"]) for one in json.loads(answer.stdout)]
    assert played == [(f"{file}: {name}", True) for name in tests]


def web_chat(builder: Builder, identity: str) -> None:
    """A sender that visitors can write to."""
    builder.ask("POST", "/senders", {"id": identity, "name": "Front desk", "adapter": "webchat", "status": "active"})


def new_chatbot(builder: Builder, name: str) -> None:
    builder.open("/chatbots", "Chatbots")
    make_chatbot(builder, name)


def make_chatbot(builder: Builder, name: str) -> None:
    """A chatbot from nothing, at the page of all of them."""
    builder.page.get_by_role("button", name="New chatbot").first.click()
    builder.dialog.get_by_label("Name").fill(name)
    builder.press("Make it")
    expect(builder.page.get_by_role("heading", name=name, level=1)).to_be_visible()
    expect(builder.node("Greet")).to_be_visible()
