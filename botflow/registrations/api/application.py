"""HTTP: one application for a sender ID: shown, changed, sent in, decided, handed to the vendor (AS-2)."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from botflow.permissions import SENDERS_EDIT, SENDERS_VIEW, Caller
from botflow.registrations.api.views import Details, RegistrationView, ShortText
from botflow.registrations.service import Registrations
from botflow.registrations.statuses import Status
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import Body, Moment, Prose, View


class ApplicationChanges(Body):
    """What is to be changed; what is left out or null stays. Details are replaced as a whole."""

    name: ShortText | None = None
    details: Details | None = None
    seen: Moment | None = Field(
        default=None,
        description="The `updated_at` that the changes are made on: 409 where somebody has changed it since. "
        "Null: whatever is there.",
    )


class Standing(Body):
    """Where an application stands from now on."""

    status: Status
    note: Prose = Field(default="", description="What the vendor or operator said.")
    identity: ShortText | None = Field(
        default=None, description="The sender ID that the vendor gave; null: it stays as it is."
    )


class PictureView(View):
    """A picture of an application."""

    key: str
    name: str
    media_type: str
    bytes: int
    sha256: str
    width: int | None
    height: int | None
    url: str = Field(description="Where anybody who knows it gets the file; a path without BOTFLOW_PUBLIC_URL.")


class ApplicationFile(View):
    """An application as it is handed to a vendor or an operator."""

    id: str
    channel: str
    name: str
    details: dict[str, Any]
    files: list[PictureView]
    updated_at: Moment


def application_api(registrations: Registrations) -> Routes:
    """Routes of one application."""
    routes = Routes("senders", "/sender-registrations/<registration_id>")
    database = registrations.database

    @routes.get("", SENDERS_VIEW)
    def show_sender_registration(caller: Caller, registration_id: str) -> RegistrationView:
        """Show an application, where it stands, and where it may go from there."""
        with database.reading() as work:
            return RegistrationView.model_validate(registrations.find(work, caller, registration_id))

    @routes.get("/application", SENDERS_VIEW)
    def show_registration_application(caller: Caller, registration_id: str) -> Answer[ApplicationFile]:
        """Download an application to hand it to the vendor or operator, with links to its pictures."""
        with database.reading() as work:
            row = registrations.find(work, caller, registration_id)
            found = registrations.files(work, caller, row)
        files = [PictureView.model_validate({**file, "url": url}) for file, url in found.values()]
        named = f'attachment; filename="{row["channel"]}-sender-{row["id"]}.json"'
        return Answer(ApplicationFile.model_validate({**row, "files": files}), headers={"Content-Disposition": named})

    @routes.patch("", SENDERS_EDIT)
    def change_sender_registration(caller: Caller, registration_id: str, body: ApplicationChanges) -> RegistrationView:
        """Change a draft, or what is submitted, done or active: that has to keep every rule."""
        return RegistrationView.model_validate(
            registrations.change(caller, registration_id, body.name, body.details, body.seen)
        )

    @routes.post("/status", SENDERS_EDIT)
    def move_sender_registration(caller: Caller, registration_id: str, body: Standing) -> RegistrationView:
        """Send an application in, call it off, or record what the vendor or operator decided.

        `next` of an application names the statuses that it may be given. One is sent in once it keeps every rule.
        """
        row = registrations.move(caller, registration_id, body.status, body.note, body.identity)
        return RegistrationView.model_validate(row)

    @routes.delete("", SENDERS_EDIT)
    def delete_sender_registration(caller: Caller, registration_id: str) -> None:
        """Delete a draft, or an application that was rejected or canceled."""
        registrations.delete(caller, registration_id)

    return routes
