"""PostgreSQL's regular expressions (ARE): parsed, then matched in bounded time."""

from __future__ import annotations

from botflow_runtime.expressions.regex.pattern import Pattern, compile_pattern

__all__ = ["Pattern", "compile_pattern"]
