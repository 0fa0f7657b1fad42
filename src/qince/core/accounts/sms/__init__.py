"""Text messages to a mobile, through one adapter named by the setting `SMS_ADAPTER`.

To add a gateway: write a class with `send` in a module of your own and name it in QINCE_SMS_ADAPTER.
Let it queue the request, not wait for the carrier, or the time of the answer tells whether an account exists.
Carriers in mainland China send approved templates only, so an adapter gets the template and its parameters
beside the rendered text. An adapter raises `NoSuchNumber` for a number at which nothing can ever arrive; whatever else
it raises is taken for a failure that may pass.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _


class NoSuchNumber(Exception):
    """What an adapter raises when the gateway or carrier says that nothing can ever arrive at the number."""


class Template(StrEnum):
    """What a message is for. The values are names a gateway's own template numbers are listed under."""

    SIGN_IN = "sign_in"
    REGISTER = "register"
    CHANGE = "change"
    GUARDIAN = "guardian"
    INVITATION = "invitation"
    LETTER = "letter"


class Sms(Protocol):
    def send(self, mobile: str, template: Template, params: Mapping[str, object], text: str) -> None:
        """Take a message for `mobile` (E.164). `text` is the template rendered in the language active now."""


def send(mobile: str, template: Template, params: Mapping[str, object]) -> None:
    """Hand one message to the configured adapter."""
    adapter: Sms = import_string(settings.SMS_ADAPTER)()
    adapter.send(mobile, template, params, render(template, params))


def render(template: Template, params: Mapping[str, object]) -> str:
    texts = {
        Template.SIGN_IN: _(
            "[Qince] %(code)s is your sign-in code for %(minutes)s minutes. Tell it to nobody."
        ),
        Template.REGISTER: _("[Qince] %(code)s is your registration code for %(minutes)s minutes."),
        Template.CHANGE: _(
            "[Qince] %(code)s confirms your new number for %(minutes)s minutes. Tell it to nobody."
        ),
        Template.GUARDIAN: _(
            "[Qince] %(code)s is the code for your answer as a guardian, for %(minutes)s minutes."
        ),
        Template.INVITATION: _("[Qince] %(organization)s invites you. Sign in with this number: %(address)s"),
        Template.LETTER: _("[Qince] %(organization)s: %(subject)s Read it: %(address)s"),
    }
    return texts[template] % dict(params)
