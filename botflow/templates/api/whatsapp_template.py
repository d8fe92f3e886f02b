"""HTTP: one WhatsApp template: shown, changed, handed in, deleted (AS-4)."""

from __future__ import annotations

from botflow.permissions import TEMPLATES_EDIT, TEMPLATES_VIEW, Caller
from botflow.rest.routes import Routes
from botflow.rest.types import Body
from botflow.templates.api.whatsapp_views import Category, Components, WhatsAppTemplateView
from botflow.templates.whatsapp import WhatsAppTemplates


class WhatsAppTemplateChanges(Body):
    """What is to be changed of a template; what is left out or null stays."""

    category: Category | None = None
    components: Components | None = None


def whatsapp_template_api(templates: WhatsAppTemplates) -> Routes:
    """Routes of one template."""
    routes = Routes("templates", "/whatsapp-templates/<whatsapp_template_id>")
    database = templates.database

    @routes.get("", TEMPLATES_VIEW)
    def show_whatsapp_template(caller: Caller, whatsapp_template_id: str) -> WhatsAppTemplateView:
        """Show a template, and whether WhatsApp has approved it."""
        with database.reading() as work:
            return WhatsAppTemplateView.model_validate(templates.find(work, caller, whatsapp_template_id))

    @routes.patch("", TEMPLATES_EDIT)
    def change_whatsapp_template(
        caller: Caller, whatsapp_template_id: str, body: WhatsAppTemplateChanges
    ) -> WhatsAppTemplateView:
        """Change a draft, or a template that was rejected."""
        changes = body.model_dump(exclude_none=True)
        return WhatsAppTemplateView.model_validate(templates.change(caller, whatsapp_template_id, changes))

    @routes.delete("", TEMPLATES_EDIT)
    def delete_whatsapp_template(caller: Caller, whatsapp_template_id: str) -> None:
        """Delete a template, at WhatsApp too."""
        templates.delete(caller, whatsapp_template_id)

    @routes.post("/submit", TEMPLATES_EDIT)
    def submit_whatsapp_template(caller: Caller, whatsapp_template_id: str) -> WhatsAppTemplateView:
        """Hand a template in for approval. What WhatsApp does not take is answered 409 with its reason."""
        return WhatsAppTemplateView.model_validate(templates.submit(caller, whatsapp_template_id))

    return routes
