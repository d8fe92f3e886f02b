"""The settings of the server, from BOTFLOW_* environment variables and the command line.

docs/reference/configuration.md lists them; a test keeps it complete.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.functional_validators import BeforeValidator

from botflow.errors import ConfigurationError

PREFIX: Final = "BOTFLOW_"
SECRETS: Final = frozenset({"database", "redis", "secret_key", "admin_password", "metrics_token", "api_key"})
TEST_PREFIX: Final = "BOTFLOW_TEST_"
"""Variables of the test suite, which are none of the server's business."""
CLIENT_VARIABLES: Final = frozenset({"BOTFLOW_SERVER", "BOTFLOW_API_KEY"})
"""Variables of the commands that talk to a server, as `botflow push`."""

REPOSITORY_EXAMPLES: Final = Path(__file__).resolve().parent.parent / "examples"


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_split)]


class Settings(BaseModel):
    """Every setting of the server. A field ``port`` is the variable ``BOTFLOW_PORT``; lists are comma-separated."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(8080, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    data: Path = Field(
        Path(".data"), description="Folder of the SQLite file, the media library and the key; made when missing."
    )
    database: str = Field(
        "",
        pattern=r"^(postgresql://\S+)?$",
        description="PostgreSQL, `postgresql://user:password@host/name`; empty: a SQLite file in the data folder.",
    )
    database_connections: int = Field(
        20, ge=2, le=1000, description="Most connections of one process to PostgreSQL; requests wait for a free one."
    )
    redis: str = Field(
        "",
        pattern=r"^((redis|rediss|unix)://\S+)?$",
        description="Redis, `redis://host:6379/0`, for `botflow web`, `worker` and `scheduler`; `serve` needs none.",
    )
    redis_prefix: str = Field(
        "",
        pattern=r"^[A-Za-z0-9_-]{0,40}$",
        description="What names in Redis begin with, where installations share one; the same for all processes.",
    )
    media: Path | None = Field(
        None, description="Folder of the media library; empty: `media` in the data folder. All processes share it."
    )
    media_bytes: int = Field(
        500 * 1024 * 1024, ge=1, le=500 * 1024 * 1024, description="Largest file of the media library, in bytes."
    )
    examples: Path | None = Field(
        REPOSITORY_EXAMPLES, description="Folder of scenario files that are published at start-up; empty: none."
    )
    allowed_hosts: Names = Field(
        (), description="Host names the server answers to, besides `localhost`, `host` and plain addresses."
    )
    threads: int = Field(
        128,
        ge=8,
        le=4096,
        description="Threads that serve requests; each open page takes one, and four are kept for the rest.",
    )
    request_seconds: int = Field(
        10, ge=1, le=3600, description="Seconds within which a request has to arrive, header and body."
    )
    public_url: str = Field(
        "",
        pattern=r"^(https?://[^\s/]+(/[^\s]*)?)?$",
        description="Address of the server for the outside, `https://bots.example.com`: webhooks are below it.",
    )
    secret_key: str = Field(
        "",
        repr=False,
        description="Key that credentials are sealed with, and that addresses of erased contacts are known again by; "
        "empty: the one in `secret.key` of the data folder.",
    )
    proxies: Names = Field(
        (), description="Addresses of proxies before the server, whose `X-Forwarded-For` is believed."
    )
    admin_password: str = Field(
        "", repr=False, description="One-time password of the first admin; empty: the first start prints one."
    )
    open_examples: bool = Field(
        False, description="Whether anybody may try the examples where not only this machine reaches the server."
    )
    capability_hours: int = Field(
        24, ge=1, le=24 * 365, description="Hours after which a vendor is asked anew whether a contact can get RCS."
    )
    vendor_hosts: Names = Field(
        (), description="Hosts, or `host:port`, that channels may call though they are not public, and over plain http."
    )
    code_workers: int = Field(2, ge=1, le=64, description="Code steps that run at the same time.")
    code_hosts: Names = Field((), description="Host names that code steps may call over HTTP, `*.example.com` allowed.")
    metrics_token: str = Field(
        "",
        repr=False,
        pattern=r"^(\S{16,})?$",
        description="What has to be shown as bearer for `/metrics`; empty: they are for requests from this machine.",
    )
    metrics_host: str = Field(
        "127.0.0.1",
        min_length=1,
        description="Address that the metrics of `botflow worker` and `scheduler` are served on.",
    )
    metrics_port: int = Field(
        0,
        ge=0,
        le=65535,
        description="Port of `/metrics`, `/health`, `/ready` of `botflow worker` and `scheduler`; 0: they have none.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")
    log_format: Literal["text", "json"] = Field(
        "text", description="Lines of the log: `text` for people, `json` for programs, one object a line."
    )

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches the server, as far as the settings tell."""
        return _is_loopback(self.host) and not self.public_url and not self.allowed_hosts


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def variable(field: str) -> str:
    """The environment variable of a field of Settings."""
    return PREFIX + field.upper()


def read_settings(environment: Mapping[str, str], **given: Any) -> Settings:
    """Settings from the environment, overruled by what is given and not None.

    Raises ConfigurationError with one sentence that names the variable, for an unknown one with the nearest known.
    """
    values: dict[str, Any] = _from_environment(environment)
    values.update({name: value for name, value in given.items() if value is not None})
    if values.get("examples") == "":
        values["examples"] = None
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise ConfigurationError(
            f"{variable(name)} cannot be {_told(name, first['input'])}: {first['msg'][0].lower()}{first['msg'][1:]}."
        ) from None


def _told(name: str, value: object) -> str:
    """A value as an error may tell it: passwords end in no journal."""
    return "what it is" if name in SECRETS else repr(value)


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    known = {variable(field): field for field in Settings.model_fields}
    names = [name for name in environment if name.startswith(PREFIX) and not _is_of_others(name)]
    for name in names:
        if name not in known:
            raise ConfigurationError(_unknown(name, list(known)))
    return {known[name]: environment[name] for name in names}


def _is_of_others(name: str) -> bool:
    return name.startswith(TEST_PREFIX) or name in CLIENT_VARIABLES


def _unknown(name: str, known: list[str]) -> str:
    # The prefix is left out: it alone would make any two names alike.
    near = get_close_matches(name.removeprefix(PREFIX), [one.removeprefix(PREFIX) for one in known], n=1)
    hint = f"did you mean {PREFIX}{near[0]}?" if near else f"known are {', '.join(known)}."
    return f"{name} is no setting; {hint}"
