"""People under 18 on an incident's list: their guardian is told as well, by the contact on record (C5.7-03)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from qince.core.guardians.models import Guardian, Minor
from qince.core.incidents.models import Affected
from qince.core.letters.actions import Addressee


@dataclass(frozen=True, slots=True)
class Contact:
    """How a guardian is reached. Read when it is used: it is not copied into the incident."""

    name: str
    mobile: str
    email: str = ""

    def as_addressee(self) -> Addressee:
        return Addressee(name=self.name, mobile=self.mobile, email=self.email)


def minors_among(employee_ids: Iterable[UUID | None]) -> set[UUID]:
    """Which of these are known to be under 18."""
    ids = [key for key in employee_ids if key is not None]
    rows = Minor.objects.filter(employee__in=ids).exclude(stage=Minor.Stage.GROWN)
    return set(rows.values_list("employee_id", flat=True))


def contacts(people: Iterable[Affected]) -> dict[UUID, Contact]:
    """The guardian of each affected person, by the row's id: as entered for the incident, else as on record."""
    rows = list(people)
    on_record = _on_record([each.employee_id for each in rows if each.employee_id])
    found: dict[UUID, Contact] = {}
    for each in rows:
        if each.has_guardian:
            found[each.pk] = Contact(each.guardian_name, each.guardian_mobile, each.guardian_email)
        elif each.employee_id in on_record:
            found[each.pk] = on_record[each.employee_id]
    return found


def _on_record(employee_ids: list[UUID]) -> dict[UUID, Contact]:
    rows = Guardian.objects.filter(employee__in=employee_ids, ended_at__isnull=True)
    return {each.employee_id: Contact(each.name or "", each.mobile or "") for each in rows if each.mobile}  # type: ignore[misc]


def needing_guardian(people: Iterable[Affected], *, is_child_incident: bool) -> set[UUID]:
    """Whose guardian has to be told: everybody in an incident about children, elsewhere whoever is known as a minor."""
    rows = list(people)
    if is_child_incident:
        return {each.pk for each in rows}
    known = minors_among(each.employee_id for each in rows)
    return {each.pk for each in rows if each.employee_id in known}
