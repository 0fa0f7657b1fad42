"""Those who lead others without a manager's role: after an address book has come in, nobody sees their people yet."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qince.core.access.models import Grant
from qince.core.access.registry import ADMINISTRATOR, MANAGER
from qince.core.access.rules import GRANT
from qince.core.people.models import Department, Employee, Membership
from qince.core.people.queries import employees_visible_to
from qince.kit.actor import Actor
from qince.kit.resource.declaration import NextStep

_LEADS = Exists(Employee.objects.present().filter(leader=OuterRef("pk")))
_HEADS = Exists(Membership.objects.filter(employee=OuterRef("pk"), ends_on__isnull=True, is_head=True))
_COVERED = Exists(
    Grant.objects.filter(employee=OuterRef("pk")).filter(
        Q(role__key=MANAGER) | Q(role__key=ADMINISTRATOR, reach=Grant.Reach.ORGANIZATION)
    )
)


def offered(actor: Actor) -> Any:
    """Present people, within the actor's scope for granting, who lead somebody or head a department and hold neither
    the manager's role nor the administrator's.
    """
    if not actor.may(GRANT):
        return Employee.objects.none()
    rows = employees_visible_to(actor).present().filter(_LEADS | _HEADS).exclude(_COVERED)
    return actor.scope(GRANT).filter(rows, "pk").order_by("name_key")


def reach_of(employee: Employee) -> tuple[str, list[Department]]:
    """What a leader's role reaches: the reporting line; for the head of a department whom nobody reports to, the
    department.
    """
    if employee.subordinates.exclude(status=Employee.Status.LEFT).exists():
        return Grant.Reach.SUBORDINATES, []
    headed = employee.memberships.filter(ends_on__isnull=True, is_head=True).select_related("department")
    return Grant.Reach.DEPARTMENTS, [held.department for held in headed]


def words(count: int) -> str:
    return ngettext(
        "%(n)d person leads others but has no manager role, and sees nobody's work yet.",
        "%(n)d people lead others but have no manager role, and see nobody's work yet.",
        count,
    ) % {"n": count}


def next_step(actor: Actor) -> NextStep | None:
    count = offered(actor).count()
    return NextStep(words(count), _("Give it to them"), reverse("access:leaders")) if count else None
