"""One mail transaction (RFC 5321, 3.3): sender, recipient, data, and what the server made of each."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from typing import Final

from botflow.channels.contract import Accepted, Refused, RetryLater, SendResult
from botflow.channels.email.credentials import SmtpCredentials
from botflow.channels.email.errors import SERVICE_CLOSING, result_of, sender_refused
from botflow.channels.email.line import MailLine
from botflow.channels.email.sending import Mail

ENVELOPE_ID_LENGTH: Final = 100
_SIZE_EXCEEDED: Final = 552
_DONE: Final = frozenset({250, 251})


def hand_over(line: MailLine, mail: Mail, credentials: SmtpCredentials) -> SendResult:
    """Give a mail to the server. Closes a line that cannot be used any more; raises nothing a server can cause."""
    if not (mail.sender.is_ascii and mail.recipient.is_ascii) and not line.has_extn("smtputf8"):
        return Refused("This mail server takes no addresses with letters outside ASCII before the @.", "not_capable")
    try:
        result = _transaction(line, mail, credentials)
    except smtplib.SMTPResponseException as refused:
        result = _ended(line, refused.smtp_code, result_of(refused.smtp_code, refused.smtp_error))
    except OSError as error:  # smtplib's exceptions are OSErrors too
        line.close()
        return RetryLater(f"The line to the mail server broke: {type(error).__name__}")
    if not isinstance(result, Accepted):
        _start_anew(line)
    return result


def _transaction(line: MailLine, mail: Mail, credentials: SmtpCredentials) -> SendResult:
    code, reply = line.mail(credentials.bounce_address or str(mail.sender), _mail_options(line, mail))
    if code not in _DONE:
        judge = result_of if code == _SIZE_EXCEEDED else sender_refused
        return _ended(line, code, judge(code, reply))
    code, reply = line.rcpt(str(mail.recipient), _recipient_options(line, credentials))
    if code not in _DONE:
        return _ended(line, code, result_of(code, reply))
    code, reply = line.data(mail.data)
    if code not in _DONE:
        return _ended(line, code, result_of(code, reply))
    return Accepted((mail.vendor_id,))


def _mail_options(line: MailLine, mail: Mail) -> list[str]:
    options = []
    if line.has_extn("size"):
        options.append(f"SIZE={len(mail.data)}")
    if line.has_extn("dsn"):
        options.append("RET=HDRS")
        if len(mail.vendor_id) <= ENVELOPE_ID_LENGTH:
            options.append(f"ENVID={mail.vendor_id}")
    if not (mail.sender.is_ascii and mail.recipient.is_ascii):
        line.command_encoding = "utf-8"  # as smtplib itself does before such an address
        options += ["SMTPUTF8", "BODY=8BITMIME"]
    return options


def _recipient_options(line: MailLine, credentials: SmtpCredentials) -> list[str]:
    if not line.has_extn("dsn"):
        return []
    return ["NOTIFY=SUCCESS,FAILURE" if credentials.delivery_reports else "NOTIFY=FAILURE"]


def _ended(line: MailLine, code: int, result: RetryLater | Refused) -> RetryLater | Refused:
    if code == SERVICE_CLOSING:
        line.close()
    return result


def _start_anew(line: MailLine) -> None:
    if not line.is_open:
        return
    try:
        line.rset()
    except OSError:
        with suppress(OSError):
            line.close()
