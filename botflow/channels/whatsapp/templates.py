"""Templates at WhatsApp: handed in, listed, deleted. They belong to the business account, not to the number (AS-4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from botflow.channels.contract import TemplateRefusedError, VendorTemplate
from botflow.channels.http import VendorAddressError, VendorResponse, VendorUnreachableError
from botflow.channels.whatsapp.calls import Graph, WhatsAppAccount
from botflow.channels.whatsapp.errors import told
from botflow.channels.whatsapp.payload import storable

EDGE: Final = "message_templates"
FIELDS: Final = "id,name,language,category,status,rejected_reason,components"
PAGE: Final = 100
MOST_PAGES: Final = 100
NO_REASON: Final = (None, "", "NONE")
IS_GONE: Final = 404


def submit(graph: Graph, account: WhatsAppAccount, template: VendorTemplate) -> VendorTemplate:
    """Make a template, or change the one that is there; either way it is reviewed. Raises TemplateRefusedError."""
    wanted: dict[str, Any] = {"category": template.category.upper(), "components": list(template.components)}
    if template.vendor_id:
        _called(graph, account, "POST", template.vendor_id, body=wanted)
        return replace(template, status="pending")
    named = {"name": template.name, "language": template.language, **wanted}
    made = _called(graph, account, "POST", _business(account), EDGE, body=named)
    vendor_id, status = made.get("id"), made.get("status", "PENDING")
    if not isinstance(vendor_id, str) or not isinstance(status, str):
        raise TemplateRefusedError("WhatsApp took the template and told no id of it: import the templates.")
    return replace(template, vendor_id=vendor_id, status=status.lower())


def delete(graph: Graph, account: WhatsAppAccount, template: VendorTemplate) -> None:
    """Delete this language of a template. Raises TemplateRefusedError."""
    query = urlencode({"hsm_id": template.vendor_id, "name": template.name})
    _called(graph, account, "DELETE", _business(account), EDGE, query=f"?{query}", is_gone=True)


def listed(graph: Graph, account: WhatsAppAccount) -> list[VendorTemplate]:
    """Every template of the business account. Raises TemplateRefusedError."""
    found: list[VendorTemplate] = []
    after: str | None = ""
    for _ in range(MOST_PAGES):
        asked = {"fields": FIELDS, "limit": PAGE, **({"after": after} if after else {})}
        page = _called(graph, account, "GET", _business(account), EDGE, query=f"?{urlencode(asked)}")
        found += _templates(page.get("data"))
        after = _following(page.get("paging"))
        if after is None:
            return found
    raise TemplateRefusedError(f"There are more than {MOST_PAGES * PAGE:,} templates.")


def _business(account: WhatsAppAccount) -> str:
    if not account.credentials.business_account_id:
        raise TemplateRefusedError(
            "Enter the id of the WhatsApp Business account among the sender's credentials: templates belong to it."
        )
    return account.credentials.business_account_id


def _called(
    graph: Graph,
    account: WhatsAppAccount,
    method: str,
    *path: str,
    body: dict[str, Any] | None = None,
    query: str = "",
    is_gone: bool = False,
) -> Mapping[str, Any]:
    """What the vendor answers. `is_gone`: what it does not know is as it should be. Raises TemplateRefusedError."""
    try:
        response = graph.call(account, method, *path, body=body, query=query)
    except (VendorUnreachableError, VendorAddressError) as error:
        raise TemplateRefusedError(str(error)) from None
    if is_gone and response.status == IS_GONE:
        return {}
    content = response.json()
    if not response.ok or not isinstance(content, dict):
        raise TemplateRefusedError(account.credentials.without_secrets(_said(response)))
    return content


def _said(response: VendorResponse) -> str:
    """Of templates WhatsApp says what is wrong in words for people, beside the ones for programs."""
    content = response.json()
    error = content.get("error") if isinstance(content, dict) else None
    words = error.get("error_user_msg") if isinstance(error, dict) else None
    return words if isinstance(words, str) and words else told(response)


def _templates(data: object) -> Iterator[VendorTemplate]:
    """What cannot be read keeps no other out."""
    for item in storable(data) if isinstance(data, list) else []:
        names = ("id", "name", "language", "category", "status")
        if not isinstance(item, dict) or not all(isinstance(item.get(name), str) for name in names):
            continue
        components = item.get("components")
        reason = item.get("rejected_reason")
        yield VendorTemplate(
            item["name"],
            item["language"],
            item["category"].lower(),
            [part for part in components if isinstance(part, dict)] if isinstance(components, list) else [],
            item["id"],
            item["status"].lower(),
            "" if reason in NO_REASON else str(reason),
        )


def _following(paging: object) -> str | None:
    """The mark of the next page, where there is one."""
    if not isinstance(paging, dict) or not paging.get("next"):
        return None
    cursors = paging.get("cursors")
    after = cursors.get("after") if isinstance(cursors, dict) else None
    return after if isinstance(after, str) and after else None
