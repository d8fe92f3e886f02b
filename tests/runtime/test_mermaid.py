"""A scenario as a Mermaid flowchart."""

import re

import pytest

from botflow_runtime.loading import parse_document
from botflow_runtime.mermaid import flowchart
from tests.runtime.bots import Node, document, handover, reply, say, when


def chart(*nodes: Node) -> list[str]:
    return flowchart(parse_document(document(*nodes))).splitlines()


def test_every_kind_of_node_has_its_shape_and_every_link_its_label() -> None:
    drawn = chart(
        say("hello", ["size"]),
        reply("size", {"small": ("^s", ["vip"]), "large": ("^l", ["vip", "gone"])}, otherwise=["hello"]),
        when("vip", {"gold": ("1 = 1", ["agent"])}, otherwise=["done"]),
        handover("agent"),
        say("done", final=True),
        say("oops", role="failover", final=True),
    )
    assert drawn == [
        "flowchart TD",
        '  n0["start: HELLO"]',
        '  n1{{"SIZE"}}',
        '  n2{{"VIP"}}',
        '  n3["AGENT"]',
        '  n4[["DONE"]]',
        '  n5[["failover: OOPS"]]',
        '  n6(["missing: gone"])',
        "  n0 --> n1",
        '  n1 -->|"Small"| n2',
        '  n1 -->|"Large"| n2',
        '  n1 -->|"Large"| n6',
        '  n1 -.->|"Else"| n0',
        '  n2 -->|"Gold"| n3',
        '  n2 -.->|"Else"| n4',
    ]


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ('Say "hi"', "Say #quot;hi#quot;"),
        ("a < b & c > d", "a #lt; b #amp; c #gt; d"),
        ("#1 | `x`", "#35;1 #124; #96;x#96;"),
        ("two\n  lines", "two lines"),
        ("end", "end"),
        ("{{name}}[0]", "#123;#123;name#125;#125;#91;0#93;"),
        ("¿Tamaño? 🍕", "¿Tamaño? 🍕"),
        ("", "a"),
    ],
)
def test_labels_are_shown_as_they_are(label: str, shown: str) -> None:
    node = {**say("a", final=True), "label": label}
    assert chart(node)[1] == f'  n0[["start: {shown}"]]'


def test_ids_never_reach_the_syntax() -> None:
    drawn = chart(say('x"] --> evil["', ['x"] --> evil["']))
    assert all(re.fullmatch(r'flowchart TD|  n0\["[^"]*"\]|  n0 --> n0', line) for line in drawn)
