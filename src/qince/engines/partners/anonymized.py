"""Figures that are nobody's: people counted by chosen properties, let out only when no group could be one person.

Before anything is made, every group is looked at: one smaller than the limit could be recognized, and stops the export.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qince.core.people.models import Employee
from qince.core.people.queries import with_main_department
from qince.engines.partners.rules import APPROVE
from qince.kit.action import action, note_set
from qince.kit.actor import Actor
from qince.kit.errors import Refusal, Text
from qince.kit.resource.escaping import escape

SMALLEST = 5  # people in a group

DIMENSIONS: dict[str, tuple[Text, Callable[[Any], str]]] = {
    "department": (gettext_lazy("Main department"), lambda person: person.main_department or ""),
    "position": (gettext_lazy("Job title"), lambda person: person.position),
    "status": (gettext_lazy("Status"), lambda person: str(person.get_status_display())),
    "hired": (
        gettext_lazy("Year of employment"), lambda person: str(person.hired_on.year) if person.hired_on else "",
    ),
}  # fmt: skip


def require_anonymous(groups: Mapping[Any, int], smallest: int = SMALLEST) -> None:
    """Refuse figures in which a group is small enough to be recognized."""
    small = sum(1 for size in groups.values() if size < smallest)
    if small:
        message = _("%(n)d groups have fewer than %(least)d people. Choose fewer or coarser properties.")
        raise Refusal("could_be_recognized", message % {"n": small, "least": smallest}, groups=small)


@action("partners.export_anonymized", permission=APPROVE)
def export(actor: Actor, *, dimensions: Iterable[str], now: datetime) -> str:
    """A table of counts (CSV). No name, no id, no key goes in, so nothing leads back."""
    chosen = [name for name in DIMENSIONS if name in set(dimensions)]
    if not chosen:
        raise Refusal("nothing_chosen", _("Choose at least one property."), field="dimensions")
    people = with_main_department(Employee.objects.exclude(status=Employee.Status.LEFT))
    groups = Counter(tuple(DIMENSIONS[name][1](person) for name in chosen) for person in people)
    require_anonymous(groups)
    note_set(Employee, "anonymized", dimensions=chosen, groups=len(groups))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*(str(DIMENSIONS[name][0]) for name in chosen), _("People")])
    for values, size in sorted(groups.items()):
        writer.writerow([*map(escape, values), size])
    return out.getvalue()
