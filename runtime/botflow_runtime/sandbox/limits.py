"""Every limit of code steps (engine.md 12): what one run may use, and what the sandbox holds ready."""

from __future__ import annotations

from typing import Final

import msgspec

SOURCE_CHARACTERS: Final = 100_000
"""Longest script, before and after its placeholders are filled in."""
PLACEHOLDERS: Final = 200
"""Most placeholders in one script: each costs one compilation when the scenario is compiled."""
CHECKED_CHARACTERS: Final = 5_000_000
"""Placeholders times characters of one script, which is what those compilations read."""

CPU_SECONDS: Final = 1.0
WALL_SECONDS: Final = 10.0
"""The whole run, HTTP calls included; a step's own timeout may be shorter or longer."""
LONGEST_WALL_SECONDS: Final = 120.0
"""The most that a step's own timeout can ask for."""
MEMORY_BYTES: Final = 64 * 1024 * 1024
MOST_MEMORY_BYTES: Final = 256 * 1024 * 1024
"""The largest `memory_bytes` that a run can be given."""
OUTPUT_BYTES: Final = 1_000_000
"""Returned value, variables, attributes and log of a run together, as JSON."""
VALUE_DEPTH: Final = 100
"""Most objects and lists inside one another in a value that a script gives back."""
LOG_LINES: Final = 200
LOG_LINE_CHARACTERS: Final = 2_000
"""A longer line is cut."""
ERROR_CHARACTERS: Final = 2_000
"""A longer message of an error is cut."""
HTTP_CALLS: Final = 10
EMAILS: Final = 5
MOST_RECIPIENTS: Final = 50
ADDRESS_CHARACTERS: Final = 320
"""A name of 64, the sign, a domain of 255 (RFC 5321 4.5.3.1)."""
SUBJECT_CHARACTERS: Final = 1_000
PENDING_JOBS: Final = 20_000
"""Continuations of promises that one JavaScript run may take."""
STACK_BYTES: Final = 512 * 1024
"""Stack of JavaScript; Python counts calls (its usual 1,000)."""

CALL_SECONDS: Final = 10.0
"""One HTTP call, name resolution and redirects included, unless the script asks for less."""
URL_CHARACTERS: Final = 8_000
REQUEST_BYTES: Final = 256_000
RESPONSE_BYTES: Final = 1_000_000
REDIRECTS: Final = 5

RUNS_A_WORKER: Final = 1_000
"""Runs after which a JavaScript worker is replaced by a fresh one."""
SPARE_WORKERS: Final = 2
"""Fresh processes that wait for scripts of a language that takes a new one for every run."""
START_SECONDS: Final = 20.0
"""How long the sandbox may take to bring up a process before it is started anew."""
CPU_GRACE_SECONDS: Final = 0.25
"""Beyond its CPU time a script that did not notice is killed by the kernel."""
FRAME_SLACK_BYTES: Final = 64_000
"""What a message of a worker may hold beside the output itself."""


class Limits(msgspec.Struct, frozen=True):
    """What one run may use. Seconds, bytes and counts."""

    cpu_seconds: float = CPU_SECONDS
    wall_seconds: float = WALL_SECONDS
    memory_bytes: int = MEMORY_BYTES
    output_bytes: int = OUTPUT_BYTES
    log_lines: int = LOG_LINES
    http_calls: int = HTTP_CALLS
    emails: int = EMAILS
    pending_jobs: int = PENDING_JOBS
