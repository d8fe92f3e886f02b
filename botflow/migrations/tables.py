"""Every table: importing this module makes the metadata complete."""

from botflow.accounts import models as accounts
from botflow.assets import models as assets
from botflow.audit import models as audit
from botflow.chatbots import models as chatbots
from botflow.consent import models as consent
from botflow.contacts import models as contacts
from botflow.conversations import models as conversations
from botflow.erasure import models as erasure
from botflow.notices import models as notices
from botflow.registrations import models as registrations
from botflow.senders import models as senders
from botflow.templates import models as templates

DOMAINS = (
    accounts,
    assets,
    audit,
    chatbots,
    consent,
    contacts,
    conversations,
    erasure,
    notices,
    registrations,
    senders,
    templates,
)
