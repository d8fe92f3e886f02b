"""The example chatbots: every scenario file of a folder, published, each on a sender of its own to try it on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
import structlog

from botflow.accounts.service import ensure_company
from botflow.chatbots.catalog import CHATBOTS, ENABLED
from botflow.chatbots.service import Chatbots
from botflow.db import Database
from botflow.senders.service import ACTIVE, BLOCKED, ensure_sender, set_status
from botflow_runtime.errors import BotflowError
from botflow_runtime.json_text import JsonTextError, read_json

DEMO_COMPANY: Final = "demo"
DEMO: Final = (DEMO_COMPANY, "Demo")
DEMO_ADAPTER: Final = "webchat"
DEMO_SENDER: Final = "demo-"
"""What the id of an example's sender begins with; the scenario's id follows."""
SCENARIO_FORMAT: Final = "botflow.scenario/"

IS_EXAMPLE: Final = sa.and_(
    CHATBOTS.c.company_id == DEMO_COMPANY, ENABLED.c.sender_id == sa.literal(DEMO_SENDER) + CHATBOTS.c.scenario
)
"""Whether a chatbot runs on a sender as its example does."""

_log = structlog.get_logger()


def publish_examples(database: Database, chatbots: Chatbots, folder: Path, now: int, is_open: bool) -> int:
    """Publish every scenario under `folder`; files that have not changed stay at their version.

    Visitors may write to them where `is_open`, otherwise their senders are blocked. A file that cannot be published is
    logged in one line and left out. Returns how many chatbots there are.
    """
    published = 0
    with database.transaction() as work:
        ensure_company(work, *DEMO, now)
    for path, document in scenario_files(folder):
        try:
            _publish(database, chatbots, document, now, ACTIVE if is_open else BLOCKED)
            published += 1
        except BotflowError as error:
            _log.warning("example left out", file=str(path), problem=str(error))
    return published


def _publish(database: Database, chatbots: Chatbots, document: dict[str, Any], now: int, status: str) -> None:
    with database.transaction() as work:
        version = chatbots.publish(work, DEMO_COMPANY, document)
        scenario = version.scenario
        sender = f"{DEMO_SENDER}{scenario.id}"
        ensure_sender(work, sender, DEMO_COMPANY, scenario.name, scenario.channel, DEMO_ADAPTER, now)
        set_status(work, sender, status)
        chatbots.enable(work, DEMO_COMPANY, version.chatbot_id, sender, is_default=True)


def scenario_files(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every scenario file under a folder; what cannot be read is logged in one line and left out."""
    for path in sorted(folder.rglob("*.json")):
        try:
            document = read_json(path.read_bytes())
        except (OSError, JsonTextError) as error:
            _log.warning("example left out", file=str(path), problem=str(error))
            continue
        if isinstance(document, dict) and str(document.get("format", "")).startswith(SCENARIO_FORMAT):
            yield path, document
