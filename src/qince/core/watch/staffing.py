"""The operator's own staff (C5.3-01 to -05): who they are, what they signed and learned. Kept on the server, by the
operator's commands; none of it opens a tenant's data.
"""

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from qince.core.accounts import devices
from qince.core.accounts.models import Account
from qince.core.people.accounts import normal_mobile
from qince.core.watch.models import Staff, StaffTraining, Undertaking
from qince.kit.errors import Refusal


def add(*, name: str, mobile: str, kind: str, ends_on: date | None, by: str, now: datetime) -> Staff:
    if kind not in Staff.Kind.values:
        raise Refusal("unknown_kind", _("Say employed or outsourced."), field="kind")
    if kind == Staff.Kind.OUTSOURCED and ends_on is None:
        raise Refusal("end_required", _("Outsourced staff need a last day."), field="ends_on")
    if not name.strip() or not by.strip():
        raise Refusal("name_required", _("Say who it is, and who adds them."), field="name")
    account, _new = Account.objects.get_or_create(mobile=normal_mobile(mobile))
    if Staff.objects.filter(account=account).exists():
        raise Refusal("added_already", _("This number is on the list already."), field="mobile")
    return Staff.objects.create(
        account=account, name=name.strip(), kind=kind, ends_on=ends_on, added_by=by.strip(), added_at=now
    )


def sign(staff: Staff, *, on: date, until: date) -> Undertaking:
    """Enter a signed confidentiality agreement."""
    if until < on:
        raise Refusal("ends_before", _("It ends before it begins."), field="until")
    return Undertaking.objects.create(staff=staff, signed_on=on, expires_on=until)


def train(staff: Staff, *, topic: str, on: date, due: date) -> StaffTraining:
    if due < on or not topic.strip():
        raise Refusal("topic_required", _("Say what was learned, and by when it is repeated."), field="topic")
    return StaffTraining.objects.create(staff=staff, topic=topic.strip(), done_on=on, due_on=due)


def signed_until(staff: Staff) -> date | None:
    """The last day covered by a confidentiality agreement."""
    found = staff.undertakings.order_by("-expires_on").first()
    return found.expires_on if found else None


def obstacle(staff: Staff, *, today: date) -> str:
    """Why the person's account is suspended today, in words; "" when nothing stands in the way."""
    until = signed_until(staff)
    if staff.ends_on and staff.ends_on < today:
        return _("The last day is over.")
    if until is None:
        return _("There is no confidentiality agreement.")
    return _("The confidentiality agreement has expired.") if until < today else ""


def is_trained(staff: Staff, *, today: date) -> bool:
    """Whether every training done is still good, and there is one at all. The latest of each topic counts."""
    latest: dict[str, date] = {}
    for topic, due_on in staff.trainings.values_list("topic", "due_on"):
        latest[topic] = max(due_on, latest.get(topic, due_on))
    return bool(latest) and min(latest.values()) >= today


def end_accounts(*, today: date, now: datetime) -> int:
    """Close the accounts of those whose last day is over; an account that is somebody's elsewhere loses it too."""
    ended = Staff.objects.filter(ends_on__lt=today, account__is_active=True).select_related("account")
    for staff in ended:
        Account.objects.filter(pk=staff.account_id).update(is_active=False)
        devices.unbind(Q(account=staff.account_id), now=now)
    return len(ended)
