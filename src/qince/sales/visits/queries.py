"""Reads of visits; each starts from what the actor may see."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from qince.core.people.models import Employee
from qince.engines.evidence.models import Verdict
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.masterdata.customers.models import Assignment, Customer
from qince.sales.routes.models import PlannedVisit
from qince.sales.visits.models import Photo, Visit, VisitTemplate
from qince.sales.visits.rules import VIEW

DOUBTFUL = (Verdict.OUTSIDE, Verdict.UNCERTAIN, Verdict.UNUSABLE)
# The same as `Visit.is_exception`, for the database.
EXCEPTION = Q(verdict__in=DOUBTFUL) | ~Q(flags=[])


def visits_visible_to(actor: Actor) -> Any:
    """Visits of those whom the actor's permission reaches: oneself, the reporting line, everybody."""
    return actor.scope(VIEW).filter(Visit.objects.all(), "employee")


def planned_visible_to(actor: Actor) -> Any:
    """Planned visits of the same people, without those called off."""
    rows = PlannedVisit.objects.exclude(status=PlannedVisit.Status.CANCELLED)
    return actor.scope(VIEW).filter(rows, "employee")


def assignments_visible_to(actor: Actor, first: date, last: date) -> Any:
    """Who looked after which open customer for at least a day from `first` to `last`: the universe."""
    held = Q(ends_on__isnull=True) | Q(ends_on__gt=first)
    rows = Assignment.objects.filter(held, starts_on__lte=last, customer__status=Customer.Status.OPEN)
    return actor.scope(VIEW).filter(rows, "employee")


def reps_visible_to(actor: Actor) -> Any:
    """Present employees whose visits the actor sees."""
    return actor.scope(VIEW).filter(Employee.objects.present(), "pk")


def get_visit(actor: Actor, visit_id: UUID) -> Visit:
    rows = visits_visible_to(actor).select_related("employee", "customer", "template")
    found: Visit | None = rows.filter(pk=visit_id).first()
    if found is None:
        raise NotFound
    return found


def photos_visible_to(actor: Actor) -> Any:
    """Photos of the visits in sight, with what a caption needs."""
    rows = Photo.objects.select_related("blob", "visit", "visit__customer", "visit__employee")
    return actor.scope(VIEW).filter(rows, "visit__employee")


def get_photo(actor: Actor, visit_id: UUID, photo_id: UUID) -> Photo:
    found: Photo | None = photos_visible_to(actor).filter(visit=visit_id, pk=photo_id).first()
    if found is None:
        raise NotFound
    return found


def shows_photo(actor: Actor, blob_id: UUID) -> bool:
    """Whether a visit in sight holds this file: what `core.files` asks."""
    return actor.may(VIEW) and bool(photos_visible_to(actor).filter(blob=blob_id).exists())


def templates_visible_to(actor: Actor) -> Any:
    """Every template: steps are work instructions, nobody's personal data."""
    return VisitTemplate.objects.all()


def visits_matching(actor: Actor, text: str) -> Any:
    """For the palette: the latest visits at a store, or by a person, of that name."""
    wanted = Q(customer__name__icontains=text) | Q(employee__name__icontains=text)
    rows = visits_visible_to(actor).select_related("employee", "customer")
    return rows.filter(wanted).order_by("-on", "-id")[:5]
