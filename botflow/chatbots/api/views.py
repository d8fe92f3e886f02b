"""What the routes of chatbots show, and how large a file they take."""

from __future__ import annotations

from typing import Annotated, Any, BinaryIO, Final

import sqlalchemy as sa
from flask import Response
from pydantic import Field

from botflow.chatbots.authoring import Saved
from botflow.chatbots.checks import Checked
from botflow.chatbots.rollouts import stayed_of
from botflow.errors import TooLargeError
from botflow.rest.types import Moment, View
from botflow_runtime.scenario import MAX_SCENARIO_BYTES

FILE_BYTES: Final = MAX_SCENARIO_BYTES
REVISION_HEADER: Final = "Botflow-Revision"

Revision = Annotated[int, Field(ge=0, le=2**31 - 1)]
JsonFile = Annotated[dict[str, Any], Field(description="A scenario file (docs/reference/scenario-format.md).")]


class ProblemView(View):
    """One thing that is wrong or doubtful (docs/reference/problems.md)."""

    severity: str
    code: str
    message: str
    node: str | None = None
    field: str = ""
    rule: str = Field(default="", description="Of a message that cannot be sent: the rule it breaks.")
    values: dict[str, int | float | str] = Field(default={}, description="What the message says of this one alone.")


class MissingView(View):
    """Keys that the file names and the company does not have."""

    chatbots: list[str]
    departments: list[str]
    assets: list[str]
    templates: list[str]


class CheckedView(View):
    """Everything that is wrong with a file."""

    problems: list[ProblemView]
    missing: MissingView


class SavedView(CheckedView):
    """A draft after saving."""

    id: str
    revision: int = Field(description="Name it as `revision` when you save on the base of this.")
    created: bool
    changed: bool = Field(description="False: the draft held this content already.")
    has_changes: bool = Field(description="The draft does something else than the newest version.")


class KeywordsView(View):
    """Conditions that start or steer a chat (CB-6)."""

    trigger: list[str] = []
    reset: list[str] = []
    stop: list[str] = []
    opt_out: list[str] = []


class PlaceView(View):
    """A sender that a chatbot runs on."""

    sender: str
    is_default: bool


class ChatbotView(View):
    """A chatbot. Name, channel and keywords are those of the newest version, or of the draft where there is none."""

    id: str
    name: str
    description: str
    language: str
    channel: str
    keywords: KeywordsView
    revision: int = Field(description="That of the draft.")
    newest_version: int = Field(description="0: nothing is published.")
    has_changes: bool = Field(description="The draft does something else than the newest version.")
    senders: list[PlaceView]
    created_at: Moment
    updated_at: Moment
    saved_at: Moment
    saved_by: str | None


class DraftView(CheckedView):
    """A draft, and everything that is wrong with it."""

    id: str
    revision: int
    document: JsonFile
    newest_version: int
    has_changes: bool
    saved_at: Moment
    saved_by: str | None


class VersionView(View):
    """A published version."""

    number: int
    content_hash: str
    note: str
    created_at: Moment
    created_by: str | None


class StayedView(View):
    """Threads that could not be moved, and why."""

    node: str | None
    why: str
    threads: int
    example: str = Field(description="The id of one of them.")


class RolloutView(View):
    """What is done with the threads of older versions."""

    id: str
    choice: str
    below: int = Field(description="Threads of versions below this number.")
    state: str = Field(description="`running`, `done`, or `replaced` by a later one.")
    threads: int = Field(description="Moved or ended so far.")
    stayed: list[StayedView]
    created_at: Moment
    finished_at: Moment | None

    @classmethod
    def of(cls, row: sa.RowMapping) -> RolloutView:
        """From its row."""
        stayed = list(map(StayedView.model_validate, stayed_of(row)))
        return cls.model_validate({**row, "stayed": stayed})


class RunningView(View):
    """Live threads of a version."""

    version: int
    threads: int


class GoneView(View):
    """Live threads at a node that the draft does not have: they cannot be moved."""

    version: int
    node: str
    label: str = Field(description="What the node is called in that version; its id where it has no name.")
    threads: int


class PublishedView(CheckedView):
    """A chatbot after publishing."""

    number: int
    is_new: bool = Field(description="False: the newest version did the same already.")
    content_hash: str
    rollout: RolloutView | None = Field(default=None, description="What is done with threads of older versions.")


class ChangeView(View):
    """One difference. `place` names it as an author would: `node size: step.content.text`."""

    kind: str
    place: str
    before: Any
    after: Any


class ImpactView(CheckedView):
    """What publishing a draft would mean."""

    revision: int
    newest_version: int
    changes: list[ChangeView] | None = Field(
        description="From the newest version; null: the draft does not fit the format yet."
    )
    running: list[RunningView]
    gone: list[GoneView]
    collisions: list[ProblemView] = Field(description="Words that another chatbot, or an opt-out, takes.")
    removed_fields: list[str] = Field(description="Report fields that are written no more.")


class ComparisonView(View):
    """What one version does differently from another."""

    changes: list[ChangeView]
    same_layout: bool


def checked_view(checked: Checked) -> dict[str, Any]:
    """The fields of CheckedView."""
    return {"problems": list(map(ProblemView.model_validate, checked.problems)), "missing": checked.missing}


def saved_view(scenario: str, saved: Saved) -> SavedView:
    """A draft after saving."""
    kept = saved.kept
    return SavedView.model_validate(
        {
            "id": scenario,
            "revision": kept.revision,
            "created": kept.created,
            "changed": kept.changed,
            "has_changes": kept.has_changes,
            **checked_view(saved.checked),
        }
    )


def file_response(scenario: str, text: str, headers: dict[str, str]) -> Response:
    """A scenario file to keep, byte for byte as `botflow fmt` writes it."""
    answer = Response(text.encode(), content_type="application/json", headers=headers)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{scenario}.json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def read_file(body: BinaryIO) -> bytes:
    """A scenario file from a request. Raises TooLargeError."""
    text = body.read(FILE_BYTES + 1)
    if len(text) > FILE_BYTES:
        raise TooLargeError(f"A scenario file may have {FILE_BYTES:,} bytes.")
    return text
