"""A considerable change is told to everybody: a letter in the app to each member, beside the public page (C8-03)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from qince.core.letters.actions import Addressee, send
from qince.core.letters.registry import kind
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.policy.models import Release
from qince.kit.actor import system_actor
from qince.kit.tenancy import tenant

CHANGE = kind(
    "policy.change",
    title=_("The privacy policy will change on %(day)s"),
    body=_(
        "Release %(number)s brings a considerable change. Read what is different, and comment on it until it comes "
        "into force. What you agreed to before remains the limit if you do not agree. %(notes)s"
    ),
    short=_("The privacy policy will change."),
    is_mandatory=True,
)
BATCH = 500


def announce(release: Release, *, now: datetime) -> int:
    """Write the letters of one release, organization by organization; how many people were told."""
    values = {
        "number": str(release.number),
        "day": f"{release.effective_at:%Y-%m-%d}",
        "notes": release.notes,
    }
    told = 0
    for organization in Organization.objects.exclude(state=Organization.State.CLOSED):
        with tenant(organization):
            actor = system_actor(organization.pk, "policy.announce")
            people = Employee.objects.filter(status=Employee.Status.ACTIVE).values_list("pk", flat=True)
            ids = list(people)
            for first in range(0, len(ids), BATCH):
                to = [Addressee(employee_id=key) for key in ids[first : first + BATCH]]
                send(actor, to=to, kind=CHANGE, values=values, link=f"/policy/{release.number}/", now=now)
            told += len(ids)
    return told
