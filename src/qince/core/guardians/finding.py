"""A birthday came in: what follows from it, at whichever place it came in."""

from datetime import date, datetime

from qince.core.erasure import subjects
from qince.core.erasure.actions import erase, plan_for
from qince.core.guardians.models import AgeReview, Guardian, Minor
from qince.core.guardians.proofs import erase as erase_proof
from qince.core.guardians.rules import erased_within
from qince.core.organizations.settings import Settings
from qince.core.people import ages
from qince.core.people.accounts import sign_out_everywhere
from qince.core.people.actions import today
from qince.core.people.models import Employee
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict

Stage = Minor.Stage


@action("guardians.learn_birthday")
def learn_birthday(actor: Actor, employee: Employee, *, birthday: date, now: datetime) -> Minor | None:
    """The one rule. From 18 on nothing is kept; below, the door closes at once; a child is erased without asking."""
    found = Minor.objects.select_for_update().filter(employee=employee.pk).first()
    stage = stage_at(employee, birthday, now=now)
    if stage == Stage.GROWN:
        if found is not None and found.stage != Stage.GROWN:
            end(found, now=now)
        return found
    adult_on = None if stage == Stage.CHILD else ages.reaches(birthday, ages.ADULT)
    if (
        found is not None
        and (stage == found.stage or found.stage == Stage.CONSENTED)
        and adult_on == found.adult_on
    ):
        return found
    found = found or Minor(employee=employee)
    found.stage, found.adult_on, found.found_at = stage, adult_on, now
    found.erase_by = found.erase_from = None
    if stage == Stage.CHILD:
        hours = erased_within()
        found.erase_from, found.erase_by = now + hours / 2, now + hours
    found.save()
    sign_out_everywhere(employee, now=now)
    note(found, stage=stage)
    return found


def stage_at(employee: Employee, birthday: date, *, now: datetime) -> str:
    age = ages.age_on(birthday, today(employee, now))
    if age < ages.CHILD:
        return Stage.CHILD
    if age >= ages.ADULT:
        return Stage.GROWN
    admits = Settings.of(employee.organization).admits_minors
    return Stage.WAITING if age >= ages.WORKING and admits else Stage.CLOSED


def end(found: Minor, *, now: datetime) -> None:
    """18, or never a minor: the door opens, and what was kept of the guardian goes."""
    before, found.stage = found.stage, Stage.GROWN
    found.erase_from = found.erase_by = None
    found.adult_on = found.adult_on or now.date()
    found.save()
    for guardian in Guardian.objects.select_for_update().filter(
        employee=found.employee_id, ended_at__isnull=True
    ):
        erase_proof(guardian, now=now)
        guardian.name = guardian.mobile = None
        guardian.ended_at = now
        guardian.save()
    note(found, stage=(before, Stage.GROWN))


@action("guardians.watch")
def watch(actor: Actor, *, now: datetime) -> int:
    """Erase children whose time for mending a mistyped birthday is over, and let go who has turned 18; how many."""
    children = Minor.objects.filter(stage=Stage.CHILD, erase_from__lte=now).select_related(
        "employee__organization"
    )
    done = sum(_erased(actor, each, now) for each in children)
    for each in Minor.objects.exclude(stage__in=(Stage.GROWN, Stage.CHILD)).select_related(
        "employee__organization"
    ):
        day = today(each.employee, now)
        if each.adult_on is not None and each.adult_on <= day:
            end(each, now=now)
        elif each.stage == Stage.CLOSED and _has_reached_working_age(each, day):
            each.stage = Stage.WAITING
            each.save()
            note(each, stage=(Stage.CLOSED, Stage.WAITING))
    return done


def _has_reached_working_age(each: Minor, day: date) -> bool:
    assert each.adult_on is not None
    is_sixteen = ages.reaches(each.adult_on, ages.WORKING - ages.ADULT) <= day
    return is_sixteen and Settings.of(each.employee.organization).admits_minors


def _erased(actor: Actor, child: Minor, now: datetime) -> bool:
    """Begin the erasure: no administrator is asked (C7-05). The proof that stays names nobody."""
    employee = child.employee
    AgeReview.objects.filter(employee=employee.pk).delete()
    child.delete()
    try:
        erase(actor, plan_for(subjects.of_employee(employee)), now=now)
    except Conflict:
        return False  # somebody else's erasure of the same person is under way
    return True
