"""The forms of the channels: which fields there are.

What they may hold is judged by `rules`, so that a draft may be unfinished.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import Field

from botflow.rest.types import Body, Text

MOST_KEPT: Final = 300
"""Items of a list that a draft may have, however many its rules allow."""

Kept = Field(max_length=MOST_KEPT)


class Contact(Body):
    """A way to reach the company, and the text of the button that takes it."""

    value: Text = ""
    label: Text = ""


class SmsForm(Body):
    """What operators ask about a sender of SMS."""

    countries: Annotated[list[Text], Kept] = []
    purpose: Text = ""
    sample: Text = ""
    company: Text = ""


class RcsForm(Body):
    """The profile of an RCS agent. `logo` and `background` are keys of the media library."""

    description: Text = ""
    logo: Text = ""
    background: Text = ""
    color: Text = "#000000"
    contact_name: Text = ""
    phones: Annotated[list[Contact], Kept] = []
    websites: Annotated[list[Contact], Kept] = []
    emails: Annotated[list[Contact], Kept] = []
    privacy_policy: Text = ""
    terms: Text = ""
    webhook: Text = ""


Form = SmsForm | RcsForm

FORMS: Final[Mapping[str, type[SmsForm] | type[RcsForm]]] = {"sms": SmsForm, "rcs": RcsForm}
"""The form of each channel whose sender IDs are registered."""
