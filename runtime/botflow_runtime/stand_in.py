"""The contact of transcripts and of the terminal, where there is no real one."""

from __future__ import annotations

from typing import Final

DEFAULT_PHONE: Final = "+15550100"
