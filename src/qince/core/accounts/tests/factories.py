"""Reading the local outbox as a person reads the phone."""

import re

from qince.core.accounts.models import OutboxMessage


def last_code(mobile):
    """The six digits of the latest message to `mobile`."""
    text = OutboxMessage.objects.filter(mobile=mobile).latest("pk").text
    return re.search(r"\d{6}", text)[0]


def other_than(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"
