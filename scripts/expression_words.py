"""The page's knowledge of expressions: every function with its signatures, read from the runtime's registry."""

import json
from collections.abc import Iterator

from botflow_runtime.expressions.functions import FUNCTIONS
from tests.runtime.expressions.reference import ANY_TYPE


def expression_words() -> str:
    """The TypeScript file."""
    lines = [f"  {json.dumps(name)}: {json.dumps(signature, ensure_ascii=False)}," for name, signature in _functions()]
    return "\n".join(
        [
            "/** Made from `botflow_runtime.expressions` by `python -m scripts.generate`; do not edit. */",
            "",
            "/** Every function of expressions, with what it takes and gives. */",
            "export const FUNCTIONS = {",
            *lines,
            "} as const;",
            "",
        ]
    )


def _functions() -> Iterator[tuple[str, str]]:
    for name in FUNCTIONS.families:
        if name in FUNCTIONS.hidden:
            continue
        if name in ANY_TYPE:
            yield name, ANY_TYPE[name].removeprefix(name)
            continue
        usable = [overload for overload in FUNCTIONS.overloads[name] if overload.compute is not None]
        yield name, "; ".join(f"({', '.join(map(str, one.arguments))}) → {one.result}" for one in usable)
