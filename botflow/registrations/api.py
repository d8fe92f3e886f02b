"""HTTP: applications for sender IDs (AS-2)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Final, Literal

from pydantic import Field, computed_field

from botflow.db import of_company
from botflow.permissions import SENDERS_EDIT, SENDERS_VIEW, Caller, check_whole_company
from botflow.registrations import rules
from botflow.registrations.service import REGISTRATIONS, Registrations
from botflow.registrations.statuses import DELETABLE, EDITABLE, TRANSITIONS, Status
from botflow.rest.pages import PageQuery, Sorts
from botflow.rest.problems import Place, places
from botflow.rest.routes import Answer, Routes
from botflow.rest.types import NAME_LENGTH, TEXT_LENGTH, Body, Line, Moment, Page, Prose, View, examples

SORTS: Final = Sorts(
    REGISTRATIONS.c.id,
    {
        "name": REGISTRATIONS.c.name,
        "created_at": REGISTRATIONS.c.created_at,
        "updated_at": REGISTRATIONS.c.updated_at,
    },
    "name",
)
LISTED: Final = [column for column in REGISTRATIONS.c if column.name != "details"]

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


class CheckedApplicationView(View):
    """What has to be mended before it can be sent in."""

    errors: list[Place] = Field(description="The first hundred at the most; empty: it can be sent in.")


class PictureLimitView(View):
    """What a picture has to be: its pixels, and the most bytes."""

    width: int
    height: int
    most_bytes: int


class RegistrationLimitsView(View):
    """The numbers in the rules, for pages that count while somebody writes; lengths are in characters."""

    sms_name: int
    purpose: int
    sample: int
    company: int
    rcs_name: int
    description: int
    contact_name: int
    phone: int
    url: int
    email: int
    label: int = Field(description="Text of a button.")
    contacts: int = Field(description="Numbers, websites and e-mail addresses, of each.")
    logo: PictureLimitView
    background: PictureLimitView
    countries: list[str] = Field(description="Where a sender of SMS can be registered (ISO 3166).")


LIMITS: Final = RegistrationLimitsView(
    sms_name=rules.SMS_NAME_LENGTH,
    purpose=rules.PURPOSE_LENGTH,
    sample=rules.SAMPLE_LENGTH,
    company=rules.COMPANY_LENGTH,
    rcs_name=rules.RCS_NAME_LENGTH,
    description=rules.DESCRIPTION_LENGTH,
    contact_name=rules.CONTACT_NAME_LENGTH,
    phone=rules.PHONE_LENGTH,
    url=TEXT_LENGTH,
    email=rules.EMAIL_LENGTH,
    label=rules.LABEL_LENGTH,
    contacts=rules.MOST_CONTACTS,
    logo=PictureLimitView.model_validate(rules.LOGO),
    background=PictureLimitView.model_validate(rules.BACKGROUND),
    countries=list(rules.COUNTRIES),
)


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


class RegistrationQuery(PageQuery):
    """Which applications."""

    channel: Channel | None = None
    status: Status | None = None


def registrations_api(registrations: Registrations) -> Routes:
    """Routes under /sender-registrations."""
    routes = Routes("senders", "/sender-registrations")
    database = registrations.database

    @routes.get("", SENDERS_VIEW)
    def list_sender_registrations(caller: Caller, query: RegistrationQuery) -> Page[RegistrationEntry]:
        """List the applications for sender IDs, without their details. A key of some senders sees none of them."""
        check_whole_company(caller)
        chosen = of_company(REGISTRATIONS, caller.company).with_only_columns(*LISTED)
        for column, value in ((REGISTRATIONS.c.channel, query.channel), (REGISTRATIONS.c.status, query.status)):
            chosen = chosen if value is None else chosen.where(column == value)
        with database.reading() as work:
            rows, following = SORTS.page(work, chosen, query)
        return Page(items=[RegistrationEntry.model_validate(row) for row in rows], next=following)

    @routes.post("", SENDERS_EDIT, statuses=[HTTPStatus.CREATED])
    def create_sender_registration(caller: Caller, body: Application) -> Answer[RegistrationView]:
        """Keep a draft of an application; it may be unfinished."""
        row = registrations.make(caller, body.channel, body.name, body.details)
        return Answer(RegistrationView.model_validate(row), HTTPStatus.CREATED)

    @routes.post("/check", SENDERS_VIEW)
    def check_sender_registration(caller: Caller, body: Application) -> CheckedApplicationView:
        """Say every rule that an application breaks, without keeping it."""
        return CheckedApplicationView(errors=places(registrations.check(caller, body.channel, body.name, body.details)))

    @routes.get("/limits", SENDERS_VIEW)
    def show_registration_limits(caller: Caller) -> RegistrationLimitsView:
        """Tell how long and how many the parts of an application may be."""
        return LIMITS

    @routes.get("/<registration_id>", SENDERS_VIEW)
    def show_sender_registration(caller: Caller, registration_id: str) -> RegistrationView:
        """Show an application, where it stands, and where it may go from there."""
        with database.reading() as work:
            return RegistrationView.model_validate(registrations.find(work, caller, registration_id))

    @routes.get("/<registration_id>/application", SENDERS_VIEW)
    def show_registration_application(caller: Caller, registration_id: str) -> Answer[ApplicationFile]:
        """Download an application to hand it to the vendor or operator, with links to its pictures."""
        with database.reading() as work:
            row = registrations.find(work, caller, registration_id)
            found = registrations.files(work, caller, row)
        files = [PictureView.model_validate({**file, "url": url}) for file, url in found.values()]
        named = f'attachment; filename="{row["channel"]}-sender-{row["id"]}.json"'
        return Answer(ApplicationFile.model_validate({**row, "files": files}), headers={"Content-Disposition": named})

    @routes.patch("/<registration_id>", SENDERS_EDIT)
    def change_sender_registration(caller: Caller, registration_id: str, body: ApplicationChanges) -> RegistrationView:
        """Change a draft, or what is submitted, done or active: that has to keep every rule."""
        return RegistrationView.model_validate(
            registrations.change(caller, registration_id, body.name, body.details, body.seen)
        )

    @routes.post("/<registration_id>/status", SENDERS_EDIT)
    def move_sender_registration(caller: Caller, registration_id: str, body: Standing) -> RegistrationView:
        """Send an application in, call it off, or record what the vendor or operator decided.

        `next` of an application names the statuses that it may be given. One is sent in once it keeps every rule.
        """
        row = registrations.move(caller, registration_id, body.status, body.note, body.identity)
        return RegistrationView.model_validate(row)

    @routes.delete("/<registration_id>", SENDERS_EDIT)
    def delete_sender_registration(caller: Caller, registration_id: str) -> None:
        """Delete a draft, or an application that was rejected or canceled."""
        registrations.delete(caller, registration_id)

    return routes
