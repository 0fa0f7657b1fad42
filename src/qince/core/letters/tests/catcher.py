"""A real SMTP server that keeps what it is handed; addresses and whole servers can refuse."""

from contextlib import contextmanager
from email import message_from_bytes, policy
from socket import socket

from aiosmtpd.controller import Controller
from django.test import override_settings


class Catcher:
    def __init__(self):
        self.mails, self.refused, self.is_down = [], set(), False

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.refused:
            return "550 no such mailbox"
        if self.is_down:
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@contextmanager
def catching():
    """Mails inside go to the catcher."""
    catcher = Catcher()
    port = _free_port()
    controller = Controller(catcher, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=port,
            EMAIL_HOST_USER="",
            EMAIL_USE_TLS=False,
        ):
            yield catcher
    finally:
        controller.stop()


def _free_port():
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def html_of(mail):
    return mail.get_body(("html",)).get_content()
