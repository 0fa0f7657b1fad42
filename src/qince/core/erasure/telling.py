"""Letters about copies: to whoever can collect one that is ready."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from qince.core.erasure.models import Copy
from qince.core.letters import registry as letters
from qince.core.letters.actions import Addressee, send
from qince.core.people.models import Employee
from qince.kit.actor import system_actor
from qince.kit.tenancy import current_organization_id, tenant

READY = letters.kind(
    "erasure.copy_ready",
    title=_("The copy of your data is ready"),
    body=_("Collect it under Me → Settings → Privacy → My data. It is removed on %(day)s."),
    is_mandatory=True,
)
TO_HAND_OVER = letters.kind(
    "erasure.copy_to_hand_over",
    title=_("A copy is ready to be handed over"),
    body=_("Its person cannot sign in. Open the request, collect the copy and hand it over by %(day)s."),
    is_mandatory=True,
)


def copy_is_ready(copy: Copy, *, now: datetime) -> None:
    """To the person; for one who cannot sign in, to the officer who had it made."""
    with tenant(copy.organization_id):
        found: Copy = Copy.objects.select_related("employee", "requested_by").get(pk=copy.pk)
        to, kind, link = found.employee, READY, "/m/#/me/rights/copies"
        if to is None or found.is_handed_over:
            to, kind, link = found.requested_by, TO_HAND_OVER, "/privacy-requests/"
        if to is None or to.status != Employee.Status.ACTIVE:
            return
        send(
            system_actor(current_organization_id(), "erasure.copy"), to=[Addressee(employee_id=to.pk)], kind=kind,
            values={"day": f"{found.expires_at:%Y-%m-%d}"}, channels=("app",), link=link, now=now,
        )  # fmt: skip
