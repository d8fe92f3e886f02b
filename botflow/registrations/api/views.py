"""Applications for sender IDs as they come in, and as they are shown."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, computed_field

from botflow.registrations.statuses import DELETABLE, EDITABLE, TRANSITIONS, Status
from botflow.rest.types import NAME_LENGTH, Body, Line, Moment, View, examples

Channel = Literal["sms", "rcs"]
ShortText = Annotated[Line, Field(max_length=NAME_LENGTH)]
Details = Annotated[
    dict[str, Any],
    Field(
        description="Of `sms`: `countries` (ISO 3166 codes), `purpose`, `sample`, `company`. Of `rcs`: `description`, "
        "`logo` and `background` (keys of the media library), `color`, `contact_name`, `phones`, `websites` and "
        "`emails` (lists of `value` and `label`), `privacy_policy`, `terms`, `webhook`. What is left out is empty."
    ),
]


class Application(Body):
    """An application as it is being written."""

    model_config = {
        "json_schema_extra": examples(
            {
                "channel": "sms",
                "name": "Tansy",
                "details": {
                    "countries": ["ES"],
                    "purpose": "Confirms orders.",
                    "sample": "Your order 81 has left.",
                    "company": "Tansy Pancakes S.L.",
                },
            }
        )
    }

    channel: Channel
    name: ShortText = ""
    details: Details = {}


class RegistrationEntry(View):
    """An application for a sender ID, as lists show it."""

    id: str
    channel: Channel
    name: str
    status: Status
    identity: str = Field(description="The sender ID that the vendor gave; empty: none yet.")
    note: str = Field(description="What was said with the last status.")
    created_at: Moment
    updated_at: Moment

    @computed_field(description="The statuses that it may be given from here.")  # type: ignore[prop-decorator]  # pydantic's way
    @property
    def next(self) -> list[Status]:
        """By the table of transitions."""
        return list(TRANSITIONS[self.status])

    @computed_field(description="Whether the form may be changed.")  # type: ignore[prop-decorator]  # pydantic's way
    @property
    def editable(self) -> bool:
        """By its status."""
        return self.status in EDITABLE

    @computed_field(description="Whether it may be deleted.")  # type: ignore[prop-decorator]  # pydantic's way
    @property
    def deletable(self) -> bool:
        """By its status."""
        return self.status in DELETABLE


class RegistrationView(RegistrationEntry):
    """An application for a sender ID."""

    details: dict[str, Any]
