"""Where an application stands, and where it may go from there (AS-2). A status more is a line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

Status: TypeAlias = Literal[
    "draft", "submitted", "in_progress", "testing", "done", "active", "blocked", "rejected", "canceled"
]

DRAFT: Final = "draft"
SUBMITTED: Final = "submitted"

TRANSITIONS: Final[Mapping[str, tuple[Status, ...]]] = {
    "draft": ("submitted",),
    "submitted": ("in_progress", "testing", "done", "active", "rejected", "canceled"),
    "in_progress": ("testing", "done", "active", "rejected", "canceled"),
    "testing": ("done", "active", "rejected", "canceled"),
    "done": ("testing", "active", "blocked", "rejected", "canceled"),
    "active": ("blocked", "canceled"),
    "blocked": ("active", "canceled"),
    # what was refused or called off is mended and sent in anew
    "rejected": ("draft",),
    "canceled": ("draft",),
}

EDITABLE: Final = frozenset({"draft", "submitted", "done", "active"})
"""Where the form may be changed; but for a draft, it has to keep every rule."""
GIVEN_UP: Final = frozenset({"rejected", "canceled"})
"""What was refused or called off."""
DELETABLE: Final = GIVEN_UP | {DRAFT}
"""Where nobody waits for it, and nothing stands on it."""
