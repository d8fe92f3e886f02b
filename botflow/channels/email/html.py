"""Blocks as HTML for mail programs: tables and inline styles, since many know nothing newer.

One text serves wide screens and phones: columns are inline blocks, which stand below each other where there is no
room. What the author wrote is escaped, and links lead to http, https and mailto only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

from botflow.channels.email.links import NETWORKS, link
from botflow.channels.rendered import media_url
from botflow_runtime.content import email as content

WIDTH: Final = 600
"""Pixels of the message on a wide screen."""
PADDING: Final = 24
WRAPPER_PADDING: Final = 16
LEAST_WIDTH: Final = 40
GAP: Final = 12
"""Pixels between blocks."""

FONT: Final = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
TEXT_STYLE: Final = FONT + "font-size:16px;line-height:1.5;color:#1f2933;"
_TABLE: Final = '<table role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%"'

_PAGE: Final = """<!doctype html>
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="x-apple-disable-message-reformatting">
<meta name="color-scheme" content="light">
<title>{title}</title>
<style>
body{{margin:0;padding:0;background:#eef1f4}}
img{{border:0}}
@media (max-width:{width}px){{.column,.column img{{max-width:100%!important}}.page{{padding:0!important}}}}
</style>
</head>
<body style="margin:0;padding:0;background:#eef1f4">
{preview}{table} style="background:#eef1f4"><tr>
<td class="page" align="center" style="padding:{gap}px">
{table} style="max-width:{width}px;background:#ffffff"><tr>
<td style="padding:{padding}px">
{body}
</td></tr></table>
</td></tr></table>
</body>
</html>
"""
_PREVIEW: Final = '<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">{text}{filling}</div>\n'
_FILLING: Final = "&#847;&zwnj;&nbsp;" * 60
"""Keeps the first words of the message out of the line after the subject."""


def html_of(email: content.Email) -> str:
    """The message as an HTML page. Raises UnsendableError for a link that leads elsewhere."""
    preview = _PREVIEW.format(text=escape(email.subtitle), filling=_FILLING) if email.subtitle else ""
    return _PAGE.format(
        title=escape(email.subject),
        preview=preview,
        body=_stacked(email.blocks, WIDTH - 2 * PADDING),
        table=_TABLE,
        width=WIDTH,
        padding=PADDING,
        gap=GAP,
    )


def _stacked(blocks: Sequence[Any], width: int) -> str:
    """Blocks below each other, a row each."""
    last = len(blocks) - 1
    rows = (_row(block, width, GAP if index < last else 0) for index, block in enumerate(blocks))
    return f"{_TABLE}>\n{''.join(rows)}</table>"


def _row(block: Any, width: int, gap: int) -> str:
    return f'<tr><td style="padding:0 0 {gap}px">{BLOCKS[type(block)](block, width)}</td></tr>\n'


def _text(block: content.EmailTextBlock, _width: int) -> str:
    return "".join(
        f'<p dir="auto" style="margin:{0 if first else GAP}px 0 0;text-align:{block.align};{TEXT_STYLE}'
        f'overflow-wrap:anywhere">{escape(paragraph).replace(chr(10), "<br>")}</p>'
        for first, paragraph in _paragraphs(block.text)
    )


def _paragraphs(text: str) -> Iterable[tuple[bool, str]]:
    """Each paragraph, and whether it is the first; an empty line parts two."""
    lines = "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
    found = [paragraph.strip("\n") for paragraph in lines.split("\n\n")]
    return ((index == 0, paragraph) for index, paragraph in enumerate(filter(None, found)))


def _image(block: content.EmailImageBlock, width: int) -> str:
    picture = (
        f'<img src="{link(media_url(block.media))}" alt="{escape(block.alt or "")}" width="{width}" '
        f'style="display:block;width:100%;max-width:{width}px;height:auto;{TEXT_STYLE}">'
    )
    return f'<a href="{link(block.url)}" style="display:block">{picture}</a>' if block.url else picture


def _button(block: content.EmailButtonBlock, _width: int) -> str:
    return (
        f'<table role="presentation" border="0" cellpadding="0" cellspacing="0" align="{block.align}"><tr>'
        '<td bgcolor="#1f5fbf" style="border-radius:6px">'
        f'<a href="{link(block.url)}" dir="auto" style="display:inline-block;padding:12px 24px;{FONT}font-size:16px;'
        'line-height:1.25;font-weight:600;color:#ffffff;text-decoration:none;border-radius:6px">'
        f"{escape(block.text)}</a></td></tr></table>"
    )


def _social(block: content.EmailSocialBlock, _width: int) -> str:
    # Pictures would have to be loaded from somewhere, and many mail programs show none until asked.
    badges = (
        f'<a href="{link(one.url)}" style="display:inline-block;margin:0 4px 8px;padding:6px 14px;border-radius:16px;'
        f"background:{NETWORKS[one.network].colour};{FONT}font-size:14px;line-height:20px;color:#ffffff;"
        f'text-decoration:none">{NETWORKS[one.network].name}</a>'
        for one in block.links
    )
    return f'<div style="text-align:center">{"".join(badges)}</div>'


def _divider(_block: content.EmailDividerBlock, _width: int) -> str:
    return f'{_TABLE}><tr><td style="border-top:1px solid #d3dae1;font-size:0;line-height:0">&nbsp;</td></tr></table>'


def _spacer(block: content.EmailSpacerBlock, _width: int) -> str:
    return f'<div style="height:{block.height}px;font-size:0;line-height:{block.height}px">&nbsp;</div>'


def _wrapper(block: content.EmailWrapperBlock, width: int) -> str:
    inner = _stacked(block.blocks, max(width - 2 * WRAPPER_PADDING, LEAST_WIDTH))
    return (
        f'{_TABLE} bgcolor="#f4f6f8" style="border-radius:8px"><tr>'
        f'<td style="padding:{WRAPPER_PADDING}px">{inner}</td></tr></table>'
    )


def _columns(block: content.EmailColumnsBlock, width: int) -> str:
    """Outlook on Windows knows no inline blocks: it gets a table, in comments that only it reads."""
    each = max(width // len(block.columns), LEAST_WIDTH)
    inner = max(each - GAP, LEAST_WIDTH)
    columns = (
        f'<!--[if mso]><td width="{each}" valign="top"><![endif]-->'
        f'<div class="column" style="display:inline-block;width:100%;max-width:{each}px;vertical-align:top">'
        f'{_TABLE}><tr><td style="padding:{GAP // 2}px;text-align:left">{_stacked(column.blocks, inner)}</td></tr>'
        "</table></div><!--[if mso]></td><![endif]-->"
        for column in block.columns
    )
    return (
        '<!--[if mso]><table role="presentation" width="100%"><tr><![endif]-->'
        f'<div style="font-size:0;text-align:center">{"".join(columns)}</div>'
        "<!--[if mso]></tr></table><![endif]-->"
    )


BLOCKS: Final[Mapping[type, Callable[[Any, int], str]]] = {
    content.EmailTextBlock: _text,
    content.EmailImageBlock: _image,
    content.EmailButtonBlock: _button,
    content.EmailSocialBlock: _social,
    content.EmailDividerBlock: _divider,
    content.EmailSpacerBlock: _spacer,
    content.EmailWrapperBlock: _wrapper,
    content.EmailColumnsBlock: _columns,
}
"""What each block becomes, in a place of that many pixels."""
