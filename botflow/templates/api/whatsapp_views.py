"""WhatsApp templates as they come in, and as they are shown."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, computed_field

from botflow.rest.types import Moment, View
from botflow.templates.approval import has_media, variables_in

Category = Literal["marketing", "utility", "authentication"]
Components = Annotated[
    list[dict[str, Any]],
    Field(description="Header, body, footer, buttons, carousel and offer, as WhatsApp's Graph API has them."),
]


class WhatsAppTemplateView(View):
    """A template that WhatsApp approves."""

    id: str
    sender: str = Field(validation_alias="sender_id")
    name: str
    language: str
    category: str
    components: list[dict[str, Any]]
    status: str = Field(
        description="`draft`, `submitted`, or WhatsApp's: `pending`, `approved`, `rejected`, `paused`, `disabled`, ..."
    )
    reason: str | None = Field(description="Why WhatsApp did not take or approve it.")
    vendor_id: str | None = Field(description="WhatsApp's id of it.")
    created_at: Moment
    updated_at: Moment

    @computed_field(description="Names of its variables: what a message made of it has to fill.")  # type: ignore[prop-decorator]  # pydantic's way
    @property
    def variables(self) -> list[str]:
        """As content calls them (MS-6)."""
        return variables_in(self.components)

    @computed_field(description="Whether a message made of it has media for its header.")  # type: ignore[prop-decorator]  # pydantic's way
    @property
    def wants_media(self) -> bool:
        """By the format of its header."""
        return has_media(self.components)
