"""How a sender reaches its SMSC, and in which of the customs of SMSCs that one differs."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, SecretStr, StringConstraints

from botflow.channels.contract import Credentials

MOST_BINDS: Final = 20
MOST_WINDOW: Final = 1000
LONGEST_PASSWORD: Final = 64
"""The standard says 8, and SMSCs take more."""
LONGEST_RESPONSE_SECONDS: Final = 10.0

_Ascii = StringConstraints(pattern=r"^[!-~]*$")
_Host = StringConstraints(pattern=r"^[A-Za-z0-9._:\[\]-]+$", max_length=253)
Octet = Annotated[int, Field(ge=0, le=255)]


def _plain(password: SecretStr) -> SecretStr:
    text = password.get_secret_value()
    if not (text.isascii() and text.isprintable() and len(text) <= LONGEST_PASSWORD):
        raise ValueError(f"a password has visible characters of ASCII, {LONGEST_PASSWORD} at most")
    return password


class SmppCredentials(Credentials):
    """An account at an SMSC. The sender's identity is the number or name that messages come from."""

    host: Annotated[str, _Host] = Field(description="The host of the SMSC.")
    port: int = Field(2775, ge=1, le=65535, description="Its port.")
    tls: bool = Field(False, description="Whether the line is encrypted; the SMSC's certificate is then checked.")
    system_id: Annotated[str, _Ascii] = Field(min_length=1, max_length=64, description="The name of the account.")
    password: Annotated[SecretStr, AfterValidator(_plain)] = Field(
        description="The password of the account: visible characters of ASCII, 64 at most."
    )
    system_type: Annotated[str, _Ascii] = Field("", max_length=12, description="Where the SMSC asks for one.")

    bind: Literal["transceiver", "transceiver_only", "separate"] = Field(
        "transceiver",
        description="Whether messages come in over the binds that others leave by (transceivers), or over a receiver. "
        "A process that only sends binds as a transmitter, unless the SMSC takes transceivers only.",
    )
    binds: int = Field(1, ge=1, le=MOST_BINDS, description="Connections that each process that sends opens.")
    window: int = Field(
        32, ge=1, le=MOST_WINDOW, description="Messages under way on a connection before its answers are waited for."
    )
    enquire_seconds: float = Field(30, ge=1, le=600, description="Silence after which the line is tried.")
    response_seconds: float = Field(
        LONGEST_RESPONSE_SECONDS, ge=1, le=LONGEST_RESPONSE_SECONDS, description="How long an answer is waited for."
    )

    source_ton: Octet | None = Field(None, description="Type of the sender's number; by its look where empty.")
    source_npi: Octet | None = Field(
        None, description="Numbering plan of the sender's number; by its look where empty."
    )
    destination_ton: Octet = Field(1, description="Type of contacts' numbers; 1: international.")
    destination_npi: Octet = Field(1, description="Numbering plan of contacts' numbers; 1: E.164.")
    international: bool = Field(
        True, description="Whether numbers that come without a type are international, so that +, if absent, is meant."
    )
    service_type: Annotated[str, _Ascii] = Field("", max_length=5, description="Where the SMSC asks for one.")
    registered_delivery: Octet = Field(
        1, description="Which delivery reports to ask for; 1: all, 0: none, 2: failures."
    )

    default_alphabet: Literal["gsm7", "latin1"] = Field("gsm7", description="What data coding 0 means to the SMSC.")
    latin1: bool = Field(False, description="Send as Latin-1 (data coding 3) what GSM-7 lacks and Latin-1 has.")
    long_messages: Literal["udh8", "udh16", "payload"] = Field(
        "udh8", description="Long texts: in parts with a reference of 8 or of 16 bits, or whole as message_payload."
    )
    receipt_ids: Literal["as_is", "hex_to_decimal", "decimal_to_hex"] = Field(
        "as_is", description="How the ids in delivery reports become those that the SMSC gave for the messages."
    )
    later_statuses: frozenset[int] = Field(
        frozenset(), description="Statuses beyond the standard's after which a message is tried again."
    )
    opted_out_statuses: frozenset[int] = Field(
        frozenset(), description="Statuses with which this SMSC says that the contact wants no messages."
    )
