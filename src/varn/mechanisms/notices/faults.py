"""Why an e-mail did not go out, in words an administrator can act on."""

import smtplib
import socket
import ssl
from enum import StrEnum


class Fault(StrEnum):
    """What stood against sending. Each has its sentence in the glossary (`notices:fault.<value>`)."""

    BAD_ADDRESS = "bad_address"
    RECIPIENT_REFUSED = "recipient_refused"
    SENDER_REFUSED = "sender_refused"
    SIGN_IN_REFUSED = "sign_in_refused"
    CONTENT_REFUSED = "content_refused"
    SERVER_NOT_FOUND = "server_not_found"
    SERVER_CLOSED = "server_closed"
    SERVER_SILENT = "server_silent"
    NOT_SECURE = "not_secure"
    OTHER = "other"


def fault_of(error: BaseException) -> Fault:
    """What an error from the mail server means."""
    for kinds, fault in KINDS:
        if isinstance(error, kinds):
            return fault
    return Fault.OTHER


def is_final(error: BaseException) -> bool:
    """Whether trying again is of no use: the server refused this recipient or this mail for good."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return bool(error.recipients) and all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def detail_of(error: BaseException) -> str:
    """What the technician needs: the kind of error and the server's own code. Nothing of the mail itself."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = ", ".join(str(refused) for refused, _ in error.recipients.values())
    return f"{type(error).__name__} {code}" if code else type(error).__name__


KINDS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], Fault], ...] = (
    (smtplib.SMTPRecipientsRefused, Fault.RECIPIENT_REFUSED),
    (smtplib.SMTPSenderRefused, Fault.SENDER_REFUSED),
    (smtplib.SMTPAuthenticationError, Fault.SIGN_IN_REFUSED),
    (smtplib.SMTPDataError, Fault.CONTENT_REFUSED),
    (socket.gaierror, Fault.SERVER_NOT_FOUND),
    (ssl.SSLError, Fault.NOT_SECURE),
    (TimeoutError, Fault.SERVER_SILENT),
    ((smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, ConnectionError), Fault.SERVER_CLOSED),
)
