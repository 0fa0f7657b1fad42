"""The mail backend without a mail server: mails are kept, and read on the developer outbox page like text messages."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from qince.core.accounts.models import OutboxMessage
from qince.kit import clock


class Outbox(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        now = clock.now()
        rows = [
            OutboxMessage(mobile=to, text=f"{message.subject}\n\n{message.body}", sent_at=now)
            for message in email_messages
            for to in message.to
        ]
        OutboxMessage.objects.bulk_create(rows)
        return len(email_messages)
