"""E-mails: composing them, and the channel that hands them to the configured server."""

import smtplib
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from qince.core.letters import reaching, tokens, wishes
from qince.core.letters.channels import Undelivered, Unwanted, register
from qince.core.letters.models import Delivery, Letter


class Email:
    code, is_immediate, is_manual = "email", False, False

    def obstacle(self, letter: Letter) -> str:
        return "" if letter.to_email else "no_email"

    def carry(self, letter: Letter, delivery: Delivery, *, now: datetime) -> None:
        if not letter.declared.is_mandatory and wishes.is_unsubscribed(self.code, letter.to_email):
            raise Unwanted("unsubscribed")
        if not letter.declared.is_mandatory and reaching.is_suppressed(self.code, letter.to_email):
            raise Unwanted(reaching.SUPPRESSED)
        delivery.is_tracked = wishes.may_track(letter)
        message = compose(letter, delivery)
        try:
            taken = message.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _text in error.recipients.values()]
            raise Undelivered("address_refused", again=all(code < 500 for code in codes)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Undelivered("server_failed", again=True) from error
        if not taken:
            raise Undelivered("server_failed", again=True)


register(Email())


def compose(letter: Letter, delivery: Delivery) -> EmailMultiAlternatives:
    """The mail in the organization's language: text, and the same as plain HTML.

    Its Message-ID is the delivery's: should a crash let it be sent again, mailboxes can tell.
    """
    with translation.override(settings.LANGUAGE_CODE):
        rendered = letter.rendered
        addresses = _addresses(letter, delivery)
        context = {
            "letter": letter,
            "rendered": rendered,
            "operator": {name: value for name, value in settings.OPERATOR.items() if value},
            "organization": letter.organization.name,
            **addresses,
        }
        text, page = (render_to_string(f"letters/mail.{kind}", context) for kind in ("txt", "html"))
    message = EmailMultiAlternatives(
        subject=" ".join(rendered.title.split()),
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.to_email],
        headers=_headers(delivery, addresses["unsubscribe"]),
    )
    message.attach_alternative(page, "text/html")
    return message


def _addresses(letter: Letter, delivery: Delivery) -> dict[str, str]:
    """Link, picture and way out of one mail. Without consent the link is plain and there is no picture (C3.2)."""
    link, tracked = letter.link, delivery.is_tracked
    if link and tracked:
        link = tokens.address(tokens.LINK, delivery)
    return {
        "link": _absolute(link),
        "picture": _absolute(tokens.address(tokens.PICTURE, delivery)) if tracked else "",
        "unsubscribe": ""
        if letter.declared.is_mandatory
        else _absolute(tokens.address(tokens.UNSUBSCRIBE, delivery)),
    }


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}" if path else ""


def _headers(delivery: Delivery, unsubscribe: str) -> dict[str, str]:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
    headers = {"Message-ID": f"<{delivery.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    if unsubscribe:  # RFC 8058
        headers |= {
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers
