"""The way through the product in Firefox: Playwright drives no Firefox but its own, puppeteer drives everybody's."""

from hatch_build import install_packages, npm
from tests.e2e.conftest import FIREFOX, HERE
from tests.e2e.host import PASSWORD
from tests.e2e.workspace import Workspace

STEPS = HERE / "firefox"


def test_a_bot_is_built_published_and_chats_in_firefox(workspace: Workspace) -> None:
    sender = {"id": "foxes", "name": "Foxes", "adapter": "webchat", "status": "active"}
    workspace.ask("POST", "/senders", sender)
    install_packages(STEPS)
    npm(STEPS, "test", "--", FIREFOX, workspace.server.url, "admin", PASSWORD)
