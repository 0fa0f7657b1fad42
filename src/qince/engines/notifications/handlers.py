"""What follows from letters that are urgent, and from consents and devices that are taken back."""

from qince.core.erasure.events import SubjectErased
from qince.core.letters.events import LettersWritten
from qince.core.letters.models import Letter
from qince.core.organizations.models import Organization
from qince.core.people.events import EmployeeLeft
from qince.core.privacy.events import ConsentWithdrawn
from qince.core.privacy.gate import BASIC, DEVICE
from qince.engines.notifications.escalating import wait_of
from qince.engines.notifications.jobs import look_again
from qince.engines.notifications.models import Subscription
from qince.engines.notifications.privacy import NOTIFICATIONS, PUSH
from qince.kit.events import subscribe
from qince.kit.tenancy import current_organization_id

BATCH = 50


@subscribe(LettersWritten)
def look_at_the_urgent(event: LettersWritten) -> None:
    """Whether each goes on is decided when the time is over."""
    urgent = Letter.objects.filter(pk__in=event.letter_ids, is_urgent=True, employee__isnull=False)
    keys = [str(key) for key in urgent.values_list("pk", flat=True)]
    if not keys:
        return
    organization = Organization.objects.get(pk=current_organization_id())
    seconds = int(wait_of(organization).total_seconds())
    for start in range(0, len(keys), BATCH):
        look_again.configure(schedule_in={"seconds": seconds}).defer(
            organization_id=str(organization.pk), letter_ids=list(keys[start : start + BATCH])
        )


@subscribe(ConsentWithdrawn)
def forget_devices(event: ConsentWithdrawn) -> None:
    """Taking the purpose back, or the notice, forgets all; the system's switch of one device, that one."""
    rows = Subscription.objects.filter(employee=event.employee_id)
    system, _at, device = event.purpose.partition("@")
    if event.purpose in (PUSH, BASIC):
        rows.delete()
    elif system == f"{DEVICE}{NOTIFICATIONS}" and device:
        ended = [row.pk for row in rows if row.device_id.hex.endswith(device)]
        rows.filter(pk__in=ended).delete()


@subscribe(EmployeeLeft, SubjectErased)
def forget_leavers(event: EmployeeLeft | SubjectErased) -> None:
    if event.employee_id is not None:
        Subscription.objects.filter(employee=event.employee_id).delete()
