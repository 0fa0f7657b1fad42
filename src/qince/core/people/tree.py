"""The department tree with its people counted, for the page that shows it."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count

from qince.core.people.models import Department, Membership
from qince.core.people.queries import departments_visible_to
from qince.kit.actor import Actor


@dataclass(slots=True)
class Branch:
    """A department: `direct` people in it, `total` in it and below (each counted once)."""

    department: Department
    direct: int = 0
    total: int = 0
    heads: list[str] = field(default_factory=list)
    children: list["Branch"] = field(default_factory=list)


def tree(actor: Actor) -> list[Branch]:
    """The top departments, each with what hangs below. Four queries, whatever the size."""
    branches = {
        found.pk: Branch(found) for found in departments_visible_to(actor).order_by("sequence", "name_key")
    }
    current = Membership.objects.filter(ends_on__isnull=True)
    for row in current.values("department").annotate(n=Count("employee", distinct=True)):
        if row["department"] in branches:
            branches[row["department"]].direct = row["n"]
    for key, name in current.filter(is_head=True).values_list("department", "employee__name"):
        branches[key].heads.append(name)
    tops = [branch for branch in branches.values() if _hang(branch, branches)]
    _count(branches)
    return tops


def _hang(branch: Branch, branches: dict[UUID, Branch]) -> bool:
    """Put the branch under its parent; tells whether it is a top one."""
    parent = branches.get(branch.department.parent_id)  # type: ignore[arg-type]
    if parent is not None:
        parent.children.append(branch)
    return parent is None


def _count(branches: dict[UUID, Branch]) -> None:
    """Everybody in a department or below it, once even if in several."""
    people: dict[UUID, set[UUID]] = {key: set() for key in branches}
    rows = Membership.objects.filter(ends_on__isnull=True).values_list("employee", "department__path")
    for employee, path in rows:
        for step in path.strip("/").split("/"):
            people.get(UUID(step), set()).add(employee)
    for key, branch in branches.items():
        branch.total = len(people[key])
