"""The first steps of a new organization, each ticked off by what is really there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from qince.core.access import leaders
from qince.core.access.rules import GRANT
from qince.core.people import rules as people
from qince.core.people.models import Employee
from qince.employee.attendance.models import WorkPlace
from qince.employee.attendance.rules import EDIT_PLACES
from qince.kit.actor import Actor
from qince.kit.errors import Text
from qince.masterdata.customers import rules as customers
from qince.masterdata.customers.models import Assignment, Customer
from qince.masterdata.products import rules as products
from qince.masterdata.products.models import Product
from qince.sales.routes.models import Route
from qince.sales.routes.rules import PLAN as PLAN_ROUTES
from qince.sales.visits.models import Visit, VisitTemplate
from qince.sales.visits.rules import EDIT_TEMPLATES


@dataclass(frozen=True, slots=True)
class Step:
    """Something to set up. `is_done` asks the database for this actor; `url` names the page where it is done;
    `words`, if any, says with figures what waits.
    """

    title: Text
    text: Text
    icon: str
    url: str
    permission: str
    is_done: Callable[[Actor], bool]
    words: Callable[[Actor], Text] | None = None

    @property
    def address(self) -> str:
        """Where it is done; "" when this installation has no such page."""
        try:
            return reverse(self.url)
        except NoReverseMatch:
            return ""


def _has_people() -> bool:
    """Whether there is anybody besides the administrator who registered."""
    return bool(Employee.objects.present().all()[1:2])


STEPS = (
    Step(_("Import the address book"), _("Who works here, in which department, and who reports to whom."),
         "address-book", "people:employees_import", people.IMPORT,
         lambda actor: _has_people()),
    Step(_("Make leaders managers"), _("Whoever leads others sees their work with the manager role."),
         "users", "access:leaders", GRANT, lambda actor: _has_people() and not leaders.offered(actor).exists(),
         lambda actor: leaders.words(leaders.offered(actor).count()) if _has_people() else ""),
    Step(_("Import stores and distributors"), _("With their coordinates; the datum is converted for you."),
         "building-store", "customers:customer_import", customers.IMPORT, lambda actor: Customer.objects.exists()),
    Step(_("Import products"), _("SKUs, barcodes, pieces per case, pictures."),
         "package", "products:product_import", products.IMPORT, lambda actor: Product.objects.exists()),
    Step(_("Draw territories"), _("Give each store to the rep who looks after it."),
         "map-2", "customers:territories", customers.ASSIGN, lambda actor: Assignment.objects.exists()),
    Step(_("Set work places"), _("Where people clock in and out for work."),
         "map-pin", "attendance:place_list", EDIT_PLACES, lambda actor: WorkPlace.objects.exists()),
    Step(_("Set the steps of a visit"), _("Photos, checklists and notes every rep follows at a store."),
         "checklist", "visits:template_new", EDIT_TEMPLATES, lambda actor: VisitTemplate.objects.exists()),
    Step(_("Plan weekly routes"), _("Which stores a rep visits on which weekday."),
         "route", "routes:route_list", PLAN_ROUTES, lambda actor: Route.objects.exists()),
)  # fmt: skip


def steps(actor: Actor) -> list[dict[str, Any]]:
    """What the actor can set up, with ticks; nothing once the first visit has been made or all is done."""
    offered = [step for step in STEPS if actor.may(step.permission) and step.address]
    if not offered or Visit.objects.exists():
        return []
    found = [_state(step, actor) for step in offered]
    return [] if all(each["is_done"] for each in found) else found


def _state(step: Step, actor: Actor) -> dict[str, Any]:
    is_done = step.is_done(actor)
    waiting = step.words(actor) if step.words and not is_done else ""
    return {"step": step, "is_done": is_done, "text": waiting or step.text}


def next_of(found: list[dict[str, Any]]) -> Any:
    """The first step that waits."""
    return next((each["step"] for each in found if not each["is_done"]), None)
