"""What a Python script can name: safe builtins, chosen functions of some modules, and the calls of the host.

RestrictedPython turns attribute access, iteration and writing into calls of the guards below. A module is never given
as it is, because its attributes lead on to every other module.
"""

from __future__ import annotations

import base64
import codecs
import collections
import datetime
import decimal
import functools
import hashlib
import hmac
import importlib
import itertools
import json
import math
import operator
import random
import re
import statistics
import string
import time
import unicodedata
import urllib.parse
import uuid
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any, Final, TypeAlias

from RestrictedPython.Guards import (
    guarded_iter_unpack_sequence,
    guarded_unpack_sequence,
    safe_builtins,
    safer_getattr_raise,
)

from botflow_runtime.sandbox import restricted
from botflow_runtime.sandbox.limits import LOG_LINE_CHARACTERS
from botflow_runtime.sandbox.worker import channel
from botflow_runtime.sandbox.worker.channel import Failure, Run

# what the library would import at its first use, when no file can be opened any more
for _module in ("_strptime", "encodings.idna", "heapq", "json.decoder", "warnings"):
    importlib.import_module(_module)
for _codec in ("ascii", "cp1252", "latin-1", "utf-16", "utf-32", "utf-8-sig", "unicode_escape"):
    codecs.lookup(_codec)

BEHIND_THE_SCENES: Final = frozenset({"_strptime", "json.decoder", "warnings"})
"""Modules that functions written in C import through the script's own ``__import__``; they find them by themselves."""


def _chosen(module: object, names: str) -> SimpleNamespace:
    return SimpleNamespace(**{name: getattr(module, name) for name in names.split()})


def _public(module: Any) -> SimpleNamespace:
    return SimpleNamespace(**{name: value for name, value in vars(module).items() if not name.startswith("_")})


MODULES: Final[dict[str, SimpleNamespace]] = {
    "base64": _chosen(base64, "b64encode b64decode urlsafe_b64encode urlsafe_b64decode b32encode b32decode"),
    "collections": _chosen(collections, "Counter OrderedDict defaultdict deque"),
    "datetime": _chosen(datetime, "date datetime time timedelta timezone UTC"),
    "decimal": _chosen(decimal, "Decimal ROUND_HALF_UP ROUND_HALF_EVEN ROUND_DOWN ROUND_UP InvalidOperation"),
    "functools": _chosen(functools, "reduce partial"),
    "hashlib": _chosen(hashlib, "md5 sha1 sha256 sha384 sha512"),
    "hmac": _chosen(hmac, "new digest compare_digest"),
    "itertools": _chosen(itertools, "accumulate chain combinations count cycle groupby islice permutations product"),
    "json": _chosen(json, "loads dumps"),
    "math": _public(math),
    "random": _chosen(random, "random randint randrange choice choices sample shuffle uniform gauss"),
    "re": _chosen(
        re,
        "compile search match fullmatch split findall finditer sub subn escape I IGNORECASE M MULTILINE S DOTALL X A",
    ),
    "statistics": _chosen(statistics, "mean median mode stdev pstdev variance"),
    "string": _chosen(string, "ascii_letters ascii_lowercase ascii_uppercase digits punctuation whitespace"),
    "time": _chosen(time, "time sleep monotonic"),
    "unicodedata": _chosen(unicodedata, "normalize category name combining"),
    "urllib.parse": _chosen(
        urllib.parse, "quote quote_plus unquote unquote_plus urlencode urlsplit urljoin parse_qs parse_qsl"
    ),
    "uuid": _chosen(uuid, "uuid4 uuid5 UUID NAMESPACE_URL NAMESPACE_DNS"),
}
"""What `import` finds. Those without a dot are names of every script as well."""
PACKAGES: Final = {"urllib": SimpleNamespace(parse=MODULES["urllib.parse"])}

MORE_BUILTINS: Final = (
    all, any, ascii, bin, bytes, dict, enumerate, filter, format, frozenset, iter, list, map, max, min, next,
    object, reversed, set, sorted, sum, tuple, zip,
)  # fmt: skip

IN_PLACE: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+=": operator.iadd,
    "-=": operator.isub,
    "*=": operator.imul,
    "@=": operator.imatmul,
    "/=": operator.itruediv,
    "//=": operator.ifloordiv,
    "%=": operator.imod,
    "**=": operator.ipow,
    "<<=": operator.ilshift,
    ">>=": operator.irshift,
    "&=": operator.iand,
    "|=": operator.ior,
    "^=": operator.ixor,
}
WRITABLE: Final = (dict, list, set, collections.deque)


class CallError(Exception):
    """A call that the host refused or that failed; scripts know it as HttpError and EmailError."""

    kind = "http"


class HttpError(CallError):
    """An HTTP call that the host refused or that brought no response."""


class EmailError(CallError):
    """An e-mail that the host refused."""

    kind = "email"


class Record(dict[str, Any]):
    """A mapping whose members can also be read with a dot."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"there is no {name!r} here; there are: {', '.join(self) or 'none'}") from None


Ask: TypeAlias = Callable[[bytes, Any], Record | None]
"""Has the host make a call; gives the response, if the call has one."""


class Log:
    """The lines that a script logs, up to a limit that fails the run."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.most = 0
        self.broken: Failure | None = None

    def __call__(self, *values: Any) -> None:
        if len(self.lines) >= self.most:
            self.broken = Failure("log")
            raise RuntimeError(f"log() was called more than {self.most} times")
        line = " ".join(text_of(value) for value in values)
        self.lines.append(line if len(line) <= LOG_LINE_CHARACTERS else line[: LOG_LINE_CHARACTERS - 1] + "…")


class Printer:
    """What RestrictedPython makes of ``print(...)``."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def _call_print(self, *values: Any, **options: Any) -> None:
        self._log(*values)


class Http:
    """``http`` of a script."""

    def __init__(self, ask: Ask) -> None:
        for method in ("get", "post", "put", "patch", "delete"):
            setattr(self, method, _caller(ask, method.upper()))


def _caller(ask: Ask, method: str) -> Callable[..., Record | None]:
    """A function and no partial: that would show its arguments to the script."""

    def call(
        url: str, *, headers: Any = None, json: Any = None, body: Any = None, timeout: Any = None
    ) -> Record | None:
        options = {"headers": headers, "json": json, "body": body, "timeout": timeout}
        return ask(channel.HTTP, {"method": method, "url": url, **options})

    return call


class Email:
    """``email`` of a script."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def send(self, *, to: Any, subject: Any, text: Any = None, html: Any = None) -> None:
        self._ask(channel.EMAIL, {"to": to, "subject": subject, "text": text, "html": html})


def text_of(value: Any) -> str:
    """A value as text that can leave the process: half a surrogate pair becomes a question mark."""
    return str(value).encode("utf-8", "replace").decode()


def script_globals(run: Run, log: Log, ask: Ask) -> dict[str, Any]:
    """The global names of one script, guards included."""
    return {
        **{name: module for name, module in MODULES.items() if "." not in name},
        **PACKAGES,
        "__builtins__": {
            **safe_builtins,
            **{builtin.__name__: builtin for builtin in MORE_BUILTINS},
            "getattr": safer_getattr_raise,
            "hasattr": _has,
            "__import__": _import,
        },
        "__metaclass__": _class,
        "__name__": "script",
        "_apply_": _apply,
        "_getattr_": safer_getattr_raise,
        "_getitem_": operator.getitem,
        "_getiter_": iter,
        "_inplacevar_": _in_place,
        restricted.IN_PLACE_ITEM: _in_place_item,
        restricted.IN_PLACE_ATTRIBUTE: _in_place_attribute,
        "_iter_unpack_sequence_": guarded_iter_unpack_sequence,
        "_print_": lambda _getattr=None: Printer(log),
        "_unpack_sequence_": guarded_unpack_sequence,
        "_write_": _writable,
        "vars": run.vars,
        "attributes": run.attributes,
        "contact": Record(run.contact),
        "message": None if run.message is None else Record(run.message),
        "run": Record(id=run.run_id),
        "log": log,
        "http": Http(ask),
        "email": Email(ask),
        "HttpError": HttpError,
        "EmailError": EmailError,
    }


def _has(value: Any, name: str) -> bool:
    try:
        safer_getattr_raise(value, name)  # type: ignore[no-untyped-call] # RestrictedPython leaves it untyped
    except (AttributeError, NotImplementedError):
        return False
    return True


def _import(name: str, world: Any = None, local: Any = None, wanted: Iterable[str] | None = (), level: int = 0) -> Any:
    if name in MODULES and (wanted or "." not in name):
        return MODULES[name]
    if name in MODULES or name in PACKAGES:
        return PACKAGES[name.split(".", 1)[0]]
    if name in BEHIND_THE_SCENES:
        return None
    raise ImportError(f"a script cannot import {name!r}; it can import {', '.join(MODULES)}")


def _class(name: str, bases: tuple[type, ...], members: dict[str, Any], **options: Any) -> type:
    """Makes the classes of scripts, whose objects are the scripts' own to write to."""
    return type(name, bases, {**members, "_guarded_writes": True})


def _apply(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    return function(*arguments, **options)


def _in_place(operation: str, value: Any, other: Any) -> Any:
    return IN_PLACE[operation](value, other)


def _in_place_item(container: Any, key: Any, operation: str, other: Any) -> None:
    _writable(container)[key] = _in_place(operation, container[key], other)


def _in_place_attribute(owner: Any, name: str, operation: str, other: Any) -> None:
    value = safer_getattr_raise(owner, name)  # type: ignore[no-untyped-call] # RestrictedPython leaves it untyped
    setattr(_writable(owner), name, _in_place(operation, value, other))


def _writable(value: Any) -> Any:
    if isinstance(value, WRITABLE) or hasattr(type(value), "_guarded_writes"):
        return value
    raise TypeError(f"a script cannot change a {type(value).__name__}")
