"""Whoever is changed in the address book by somebody else is told (C6.1-03)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.core.letters.actions import Addressee, send
from qince.core.letters.registry import kind
from qince.core.people.events import EmployeeChanged
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.events import subscribe
from qince.kit.tenancy import current_organization_id

MOBILE_CHANGED = kind(
    "profile.mobile_changed",
    title=_("Your mobile number was changed"),
    body=_(
        "An administrator changed your mobile number in the address book from %(old)s to %(new)s. You sign in with the "
        "new one. If that is not right, tell your administrator, or ask for a correction under My requests."
    ),
    short=_("Your mobile number was changed by an administrator."),
    is_mandatory=True,
)
CHANGED = kind(
    "profile.changed",
    title=_("Your details in the address book were changed"),
    body=_(
        "An administrator changed what the address book says of you. Look at it under My personal information; if "
        "something is not right, ask for a correction under My requests."
    ),
    is_mandatory=True,
)


@subscribe(EmployeeChanged)
def tell_the_person(event: EmployeeChanged) -> None:
    is_mobile = "mobile" in event.fields
    old, new = event.mobile
    send(
        system_actor(current_organization_id(), "people.changed"),
        to=[Addressee(employee_id=event.employee_id)],
        kind=MOBILE_CHANGED if is_mobile else CHANGED,
        values={"old": old, "new": new} if is_mobile else {},
        channels=("app", "email"),
        link=reverse("rights:mine"),
        now=clock.now(),
    )
