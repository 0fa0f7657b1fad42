"""Somebody may be a minor: two people look at it, and until both agree nothing happens (C7-02)."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from qince.core.access.models import Grant
from qince.core.access.registry import ADMINISTRATOR, PRIVACY_OFFICER
from qince.core.guardians.finding import learn_birthday
from qince.core.guardians.letters import REVIEW
from qince.core.guardians.models import AgeReview
from qince.core.guardians.queries import reviews_visible_to
from qince.core.guardians.rules import MANAGE
from qince.core.letters.actions import Addressee, send
from qince.core.people import ages
from qince.core.people.actions import today
from qince.core.people.models import Employee
from qince.core.people.queries import get_employee
from qince.kit.action import action, note
from qince.kit.actor import Actor, system_actor
from qince.kit.errors import Conflict, NotFound, Refusal

Finding = AgeReview.Finding


@action("guardians.open_review", permission=MANAGE)
def open_review(actor: Actor, *, employee: Employee, source: str, reason: str, now: datetime) -> AgeReview:
    """Note a report, or what verified data says. The person goes on working as before: a flag is no ban."""
    person = get_employee(actor, employee.pk)
    if source not in AgeReview.Source.values:
        raise Refusal(
            "unknown_source", _("Say where it comes from: a report, or verified data."), field="source"
        )
    if AgeReview.objects.filter(employee=person.pk, closed_at__isnull=True).exists():
        raise Conflict("review_open", _("This is being looked at already."))
    found = AgeReview.objects.create(
        employee=person, source=source, reason=reason.strip(), opened_by_id=actor.employee_id, opened_at=now
    )
    note(found, source=source)
    keys = (ADMINISTRATOR, PRIVACY_OFFICER)
    told = Grant.objects.filter(role__key__in=keys, employee__status="active").values_list(
        "employee_id", flat=True
    )
    to = [Addressee(employee_id=key) for key in sorted(set(told))]
    send(actor, to=to, kind=REVIEW, values={"name": str(person.pk)}, now=now)
    return found


@action("guardians.find", permission=MANAGE)
def find(
    actor: Actor, review: AgeReview, *, finding: str, birthday: date | None = None, now: datetime
) -> AgeReview:
    """One of the two findings. When both say the same it is carried out; while they differ the review stays open."""
    rows = reviews_visible_to(actor).filter(pk=review.pk)
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    _check(found, finding, birthday, now)
    seat = _seat(actor, found)
    setattr(found, f"{seat}_id", actor.employee_id)
    setattr(found, f"{seat}_finding", finding)
    setattr(found, f"{seat}_birthday", birthday if finding == Finding.MINOR else None)
    note(found, seat=seat)
    if _agree(found):
        _carry_out(actor, found, now)
    found.save()
    return found


def _check(review: AgeReview, finding: str, birthday: date | None, now: datetime) -> None:
    if finding not in Finding.values:
        raise Refusal("unknown_finding", _("Say what you found."), field="finding")
    if finding == Finding.MINOR:
        if birthday is None:
            raise Refusal("birthday_required", _("Enter the birthday that was found."), field="birthday")
        day = today(review.employee, now)
        ages.check_birthday(birthday, day)
        if ages.age_on(birthday, day) >= ages.ADULT:
            raise Refusal("not_a_minor", _("Whoever was born on this day is 18 already."), field="birthday")


def _seat(actor: Actor, review: AgeReview) -> str:
    """As whom the actor speaks. Nobody speaks twice: whoever holds both roles takes one seat."""
    keys = set(Grant.objects.filter(employee=actor.employee_id).values_list("role__key", flat=True))
    held = {"officer": PRIVACY_OFFICER in keys, "administrator": ADMINISTRATOR in keys}
    for seat, is_held in held.items():
        if is_held and getattr(review, f"{seat}_id") == actor.employee_id:
            return seat
    free = [seat for seat, is_held in held.items() if is_held and getattr(review, f"{seat}_id") is None]
    if not free:
        message = _("An administrator and a privacy officer each say what they found; both have.")
        raise Refusal("no_seat", message, status=403)
    return free[0]


def _agree(review: AgeReview) -> bool:
    if not review.administrator_finding or not review.officer_finding:
        return False
    return (review.administrator_finding, review.administrator_birthday) == (
        review.officer_finding, review.officer_birthday,
    )  # fmt: skip


def _carry_out(actor: Actor, review: AgeReview, now: datetime) -> None:
    birthday = review.officer_birthday
    review.closed_at = now
    review.administrator_birthday = review.officer_birthday = None
    review.reason = ""
    if birthday is not None:
        system = system_actor(actor.organization_id, "guardians.review")
        learn_birthday(system, review.employee, birthday=birthday, now=now)
