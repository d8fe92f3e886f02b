"""An account at the vendor."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, SecretStr, StringConstraints

from botflow.channels.contract import Account, Credentials

_Sid = StringConstraints(pattern=r"^[A-Za-z0-9_-]*$", max_length=64)


class SmsHttpCredentials(Credentials):
    """What the vendor's console shows. The sender's identity is the number or name that messages come from."""

    account_sid: Annotated[str, _Sid] = Field(min_length=1, description="The id of the account: AC...")
    auth_token: SecretStr = Field(min_length=1, description="Its secret; the vendor signs webhooks with it too.")
    messaging_service_sid: Annotated[str, _Sid] = Field(
        "", description="Where a service of the vendor chooses the number: MG...; then the identity is only shown."
    )
    base_url: str = Field("https://api.twilio.com", description="The vendor's address.")


SmsHttpAccount: TypeAlias = Account[SmsHttpCredentials]
