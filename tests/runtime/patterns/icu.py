"""ICU's regular expressions, the engine inside MySQL 8, as an oracle. Debian's PostgreSQL brings the library along."""

import ctypes
import ctypes.util
import re
from collections.abc import Callable
from typing import Any

CASE_INSENSITIVE = 2
STEP_LIMIT = 20_000
"""ICU's unit is about a millisecond on slow machines; MySQL's default is 32."""


class IcuGaveUpError(Exception):
    """ICU ran out of time or stack."""


def _library() -> tuple[ctypes.CDLL, str]:
    name = ctypes.util.find_library("icui18n")
    if name is None:
        raise RuntimeError("ICU is missing: install libicu (Debian: it comes with PostgreSQL)")
    version = re.search(r"\.so\.(\d+)", name)
    return ctypes.CDLL(name), f"_{version[1]}" if version else ""


_LIBRARY, _SUFFIX = _library()


def _function(name: str, restype: Any, *argtypes: Any) -> Callable[..., Any]:
    function: Callable[..., Any] = ctypes.CFUNCTYPE(restype, *argtypes)((name + _SUFFIX, _LIBRARY))
    return function


_STATUS = ctypes.POINTER(ctypes.c_int)
_open = _function(
    "uregex_open", ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int32, ctypes.c_uint32, ctypes.c_void_p, _STATUS
)
_set_text = _function("uregex_setText", None, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int32, _STATUS)
_set_limit = _function("uregex_setTimeLimit", None, ctypes.c_void_p, ctypes.c_int32, _STATUS)
_find = _function("uregex_find", ctypes.c_int8, ctypes.c_void_p, ctypes.c_int32, _STATUS)
_close = _function("uregex_close", None, ctypes.c_void_p)


def icu_matches(pattern: str, texts: list[str]) -> list[bool] | int:
    """Whether ICU finds the pattern in each text, ignoring case as MySQL asks it to; or ICU's error number."""
    status = ctypes.c_int(0)
    source = _utf16(pattern)
    regex = _open(source, len(source) // 2, CASE_INSENSITIVE, None, ctypes.byref(status))
    if status.value > 0:
        return status.value
    try:
        _set_limit(regex, STEP_LIMIT, ctypes.byref(status))
        return [_found(regex, text) for text in texts]
    finally:
        _close(regex)


def _found(regex: int, text: str) -> bool:
    status = ctypes.c_int(0)
    subject = _utf16(text)
    _set_text(regex, subject, len(subject) // 2, ctypes.byref(status))
    found = bool(_find(regex, 0, ctypes.byref(status)))
    if status.value > 0:
        raise IcuGaveUpError(status.value)
    return found


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")
