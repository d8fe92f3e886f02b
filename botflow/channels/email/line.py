"""The line to a mail server: to an address that was checked, encrypted, and never longer than it may last."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from time import monotonic
from typing import Final

from botflow.channels.addresses import Hosts, VendorAddressError
from botflow.channels.contract import Refused, RetryLater
from botflow.channels.email.credentials import SmtpCredentials
from botflow.channels.email.errors import sender_refused

CONNECT_SECONDS: Final = 5.0
GREETING: Final = 220


class LineError(Exception):
    """The server does not do what the credentials ask for; the message is a sentence."""


NO_LINE: Final = (LineError, VendorAddressError, OSError)
"""What may be raised where a line is opened; smtplib's exceptions are OSErrors too."""


def why_no_line(error: Exception, host: str) -> RetryLater | Refused:
    """What becomes of mails that found no line."""
    if isinstance(error, LineError | VendorAddressError | smtplib.SMTPNotSupportedError):
        return Refused(str(error), "credentials")
    if isinstance(error, ssl.SSLCertVerificationError):
        return Refused(f"The certificate of {host} is not trusted: {error.verify_message}", "credentials")
    if isinstance(error, smtplib.SMTPResponseException):
        return sender_refused(error.smtp_code, error.smtp_error)
    return RetryLater(f"The mail server {host} could not be reached: {type(error).__name__}")


class MailLine(smtplib.SMTP):
    """A connection that ends at a moment, whatever the server does."""

    def __init__(
        self, credentials: SmtpCredentials, hosts: Hosts, trust: ssl.SSLContext, name: str, until: float
    ) -> None:
        self._credentials = credentials
        self._hosts = hosts
        self._trust = trust
        self._until = until
        super().__init__(local_hostname=name)
        self._host = credentials.host  # smtplib checks the certificate for this name

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # smtplib's place for another socket
        failure: OSError = OSError("the host has no address")
        for address in self._hosts.resolve(host, port):
            try:
                plain = socket.create_connection((address, port), min(CONNECT_SECONDS, self._seconds_left()))
            except OSError as error:
                failure = error
                continue
            plain.settimeout(self._seconds_left())
            if self._credentials.security != "tls":
                return plain
            return self._trust.wrap_socket(plain, server_hostname=host)
        raise failure

    def open(self) -> None:
        """Connect and hear the greeting. Raises VendorAddressError, OSError, SMTPException."""
        code, words = self.connect(self._credentials.host, self._credentials.port)
        if code != GREETING:
            raise smtplib.SMTPConnectError(code, words)

    @property
    def is_open(self) -> bool:
        """Whether it can still be used, as far as is known."""
        return self.sock is not None

    def getreply(self) -> tuple[int, bytes]:
        """Wait for an answer, but not beyond the end."""
        if self.sock is not None:
            self.sock.settimeout(self._seconds_left())
        return super().getreply()

    def log_in(self) -> None:
        """Encrypt and log in as the credentials say. Raises LineError, OSError, SMTPException."""
        self.ehlo_or_helo_if_needed()
        if self._credentials.security == "starttls":
            if not self.has_extn("starttls"):
                raise LineError(f"{self._credentials.host} offers no STARTTLS on port {self._credentials.port}.")
            self.starttls(context=self._trust)
            self.ehlo()
        if self._credentials.username:
            if not self.has_extn("auth"):
                raise LineError(f"{self._credentials.host} takes no user name on port {self._credentials.port}.")
            self.login(self._credentials.username, self._credentials.password.get_secret_value())

    def cut(self) -> None:
        """End it from another thread: whoever waits for an answer gets none."""
        with suppress(OSError, TypeError):  # there may be no line yet, or no more
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)  # type: ignore[arg-type]  # see above

    def _seconds_left(self) -> float:
        left = self._until - monotonic()
        if left <= 0:
            raise TimeoutError("the mail server is too slow")
        return left


@contextmanager
def mail_line(
    credentials: SmtpCredentials, hosts: Hosts, trust: ssl.SSLContext, name: str, until: float
) -> Iterator[MailLine]:
    """A line that is ready for mails until the monotonic moment `until`; `name` is how we introduce ourselves.

    Raises LineError, VendorAddressError, OSError, SMTPException.
    """
    if credentials.security == "none" and not hosts.is_listed(credentials.host, credentials.port):
        raise VendorAddressError(
            f"A line to {credentials.host} without encryption is only for hosts that BOTFLOW_VENDOR_HOSTS lists."
        )
    line = MailLine(credentials, hosts, trust, name, until)
    watch = Timer(max(until - monotonic(), 0), line.cut)
    watch.daemon = True
    watch.start()
    try:
        line.open()
        line.log_in()
        yield line
        with suppress(smtplib.SMTPException, OSError):
            line.quit()
    finally:
        watch.cancel()
        line.close()
