"""The adapter for a laptop and for tests: messages are kept, and read on the developer outbox page."""

from collections.abc import Mapping

from qince.core.accounts.models import OutboxMessage
from qince.core.accounts.sms import Template
from qince.kit import clock


class LocalSms:
    def send(self, mobile: str, template: Template, params: Mapping[str, object], text: str) -> None:
        OutboxMessage.objects.create(mobile=mobile, text=text, sent_at=clock.now())
