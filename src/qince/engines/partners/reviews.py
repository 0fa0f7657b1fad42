"""What is overdue or about to run out: shown on the console, and put in the trail each morning."""

from datetime import date, datetime, timedelta

from qince.core.organizations.models import Organization
from qince.engines.partners import legal, standing
from qince.engines.partners.models import LegalException, Recipient
from qince.kit import clock
from qince.kit.action import action, note
from qince.kit.actor import Actor

AHEAD = timedelta(days=30)


def overdue_exceptions(today: date) -> list[LegalException]:
    rows = LegalException.objects.filter(review_on__lt=today, reviewed_at__isnull=True)
    return [each for each in rows.select_related("subject") if legal.is_overdue(each, today)]


def closing(today: date) -> list[tuple[Recipient, str]]:
    """Recipients that are on but stopped by their record, or whose agreement ends within a month."""
    found = []
    for recipient in Recipient.objects.filter(is_on=True).select_related("organization"):
        lacking = standing.missing(recipient, today)
        if lacking:
            found.append((recipient, lacking[0].code))
        elif recipient.contract_until and recipient.contract_until - AHEAD <= today:
            found.append((recipient, "contract_ends"))
    return found


@action("partners.report_overdue", permission="partners.report_overdue")
def report(actor: Actor, *, now: datetime) -> int:
    """Write into the trail what is overdue; how many entries that were."""
    today = clock.local_date(now, Organization.objects.get(pk=actor.organization_id).time_zone)
    exceptions, recipients = overdue_exceptions(today), closing(today)
    for entry in exceptions:
        note(entry, overdue=True, review_on=str(entry.review_on))
    for recipient, why in recipients:
        note(recipient, attention=why)
    return len(exceptions) + len(recipients)


def alerts(actor: Actor) -> int | None:
    """How many of them there are, for the menu."""
    today = clock.local_date(clock.now(), Organization.objects.get(pk=actor.organization_id).time_zone)
    return len(overdue_exceptions(today)) + len(closing(today)) or None
