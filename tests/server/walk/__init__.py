"""What the walk over all routes needs of each domain: one file a domain, found by itself.

A file may define

* `MAKERS`: for a part of a path (`sender_id`), a function that makes such an object in a company, with the word MARK in
  every text that a person might read, and returns its id. It is handed the other objects of the company by part, each
  of which is made when it is asked for: ask before a transaction, not in it.
* `BODIES`: for an operation (`put_sender`), a body that it takes, made from the ids of the objects.
* `QUERIES`: for an operation that needs one, its query.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.server.api import Api

MARK = "Marked"

Made = dict[str, str]
Maker = Callable[[Api, str, Made], str]
BodyOf = Callable[[Made], Any]

_FILES = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))


def _collected(name: str) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for file in _FILES:
        found |= getattr(import_module(f"{__name__}.{file}"), name, {})
    return found


def makers() -> Mapping[str, Maker]:
    """How to make what each part of a path names."""
    return _collected("MAKERS")


def bodies() -> Mapping[str, BodyOf]:
    """A body of each operation that takes one."""
    return _collected("BODIES")


def queries() -> Mapping[str, str]:
    """The query of each operation that cannot do without."""
    return _collected("QUERIES")


class Objects(dict[str, str]):
    """Objects of a company, one of each kind; each is made when it is asked for."""

    def __init__(self, api: Api, company: str) -> None:
        super().__init__()
        api.company(company)
        self._api = api
        self._company = company

    def __missing__(self, part: str) -> str:
        self[part] = makers()[part](self._api, self._company, self)
        return self[part]
