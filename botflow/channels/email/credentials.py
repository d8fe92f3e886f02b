"""What it takes to send mail for a sender."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field, SecretStr, field_validator

from botflow.channels.contract import Credentials
from botflow.channels.email.mailbox import mailbox

SUBMISSION_PORT: Final = 587
SECRET_LENGTH: Final = 16
"""Least characters of the secret for incoming mail."""


class SmtpCredentials(Credentials):
    """A mail server, and how we log in there."""

    host: str = Field(min_length=1, description="Mail server that takes mail from us, such as smtp.example.com.")
    port: int = Field(SUBMISSION_PORT, ge=1, le=65535, description="Its port: 587 for STARTTLS, 465 for TLS.")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the line is encrypted; `none` only to a host listed in BOTFLOW_VENDOR_HOSTS."
    )
    username: str = Field("", description="User name; empty where the server asks for none.")
    password: SecretStr = Field(SecretStr(""), description="Password of that user.")
    from_name: str = Field("", max_length=200, description="Name beside the sender's address.")
    reply_to: str = Field("", description="Address that replies go to, where it is another one than the sender's.")
    bounce_address: str = Field("", description="Address that bounces go to, where it is another one.")
    delivery_reports: bool = Field(
        False, description="Ask for a report of each delivery too, where the mail server can (RFC 3461)."
    )
    inbound_secret: SecretStr = Field(
        min_length=SECRET_LENGTH,
        description="A random text: signs unsubscribe links, and lets mail and bounces in at the webhook.",
    )

    @field_validator("username")
    @classmethod
    def _is_ascii(cls, value: str) -> str:
        if not value.isascii():
            raise ValueError("letters outside ASCII cannot be used to log in at a mail server")
        return value

    @field_validator("password")
    @classmethod
    def _is_secret_ascii(cls, value: SecretStr) -> SecretStr:
        cls._is_ascii(value.get_secret_value())
        return value

    @field_validator("reply_to", "bounce_address")
    @classmethod
    def _is_mailbox(cls, value: str) -> str:
        found = str(mailbox(value)) if value else ""
        if not found.isascii():
            raise ValueError("this address may have letters outside ASCII behind the @ only")
        return found
