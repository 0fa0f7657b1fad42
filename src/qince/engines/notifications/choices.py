"""What holds where a person has not chosen: push messages always, text messages when urgent, e-mails never."""

from collections.abc import Mapping
from uuid import UUID

from qince.engines.notifications.models import Preference

Channel, When = Preference.Channel, Preference.When
STANDARD: dict[str, str] = {Channel.PUSH: When.ALWAYS, Channel.EMAIL: When.NEVER, Channel.SMS: When.URGENT}
Chosen = Mapping[tuple[UUID, str, str], str]  # (employee, group, channel) → when


def chosen_by(employee_ids: set[UUID]) -> Chosen:
    """All choices these people made. One query."""
    rows = Preference.objects.filter(employee__in=employee_ids)
    return {(row.employee_id, row.group, row.channel): row.when for row in rows}


def is_wanted(when: str, *, is_urgent: bool) -> bool:
    return when == When.ALWAYS or (when == When.URGENT and is_urgent)
