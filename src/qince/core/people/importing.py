"""The address book as a table: our template, DingTalk's export, WeCom's export (C1.1-04).

People are found again by number, else by mobile, so a second run changes nothing. Leaders may stand below
their subordinates: the whole table is looked through first, and reporting lines are set after the last row.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.core.people import actions, ages, departments, placing
from qince.core.people.directory import Directory, Person
from qince.core.people.events import BirthdayEntered, EmployeesJoined
from qince.core.people.models import Department, Employee, Membership
from qince.core.people.queries import department_names
from qince.core.people.rules import EDIT
from qince.kit.actor import Actor
from qince.kit.clock import local_date
from qince.kit.errors import Forbidden, Refusal
from qince.kit.events import publish
from qince.kit.resource import Plan, Planner, Problem, Row
from qince.kit.resource.planning import twice
from qince.kit.validation import check_fields

_PLAIN = ("name", "mobile", "number", "position", "email", "hired_on")


class AddressBookPlanner(Planner):
    key = "mobile"

    def __init__(self, actor: Actor, now: datetime) -> None:
        super().__init__(actor, now)
        if not actor.scope(EDIT).everyone:
            raise Forbidden
        self._directory = Directory()
        self._joiner = "/"
        organization = self._organization = Organization.objects.get(pk=actor.organization_id)
        self._off = set(Settings.of(organization).address_book_off)
        self._told_of: set[str] = set()
        self._company, self._today = organization.name, local_date(now, organization.time_zone)
        self._departments: dict[str, Department] = {}
        self._path_of = department_names()
        self._names = {path: key for key, path in self._path_of.items()}
        self._pending: list[tuple[Employee, str]] = []
        self._joined: list[UUID] = []
        self._leader_of: dict[str, str] = {}  # mobile → leader's mobile, as it will be

    # Before: who is there, who is listed, how paths are written.

    def scan(self, rows: Iterator[Row]) -> None:
        leaders = dict(Employee.objects.present().values_list("mobile", "leader__mobile"))
        self._leader_of = {mobile: leader for mobile, leader in leaders.items() if leader}
        for stored in Employee.objects.present().only("mobile", "name", "number"):
            self._directory.add(Person(stored.mobile, stored.name, stored.number, stored.pk))
        wanted, joined_by_slash, joined_by_hyphen = [], False, False
        for row in rows:
            values = row.values
            mobile, name = values.get("mobile", ""), values.get("name", "")
            listed = Person(mobile, name, values.get("number", ""), None, row.number, bool(row.problems))
            self._directory.add(listed)
            wanted.append((mobile, "" if "leader" in self._off else values.get("leader", "")))
            joined_by_slash |= any("/" in text for text in values.get("departments", ()))
            joined_by_hyphen |= any("-" in text for text in values.get("departments", ()))
        self._joiner = "-" if joined_by_hyphen and not joined_by_slash else "/"
        for mobile, text in wanted:
            if text and len(found := self._directory.named(text)) == 1:
                self._leader_of[mobile] = found[0].mobile

    def load(self, rows: list[Row]) -> None:
        """The stored employees that rows of this chunk are about, with where they are."""
        mobiles = [row.values["mobile"] for row in rows if "mobile" in row.values]
        numbers = [row.values["number"] for row in rows if "number" in row.values]
        people = Employee.objects.present().select_related("leader", "organization")
        found = [*people.filter(mobile__in=mobiles), *people.filter(number__in=numbers)]
        self._by_mobile = {employee.mobile: employee for employee in found}
        self._by_number = {employee.number: employee for employee in found if employee.number}
        self._minors = ages.minors_known({each.pk for each in found})
        held = Membership.objects.filter(employee__in={each.pk for each in found}, ends_on__isnull=True)
        self._held: dict[UUID, list[Membership]] = {}
        for membership in held.select_related("department").order_by("-is_main", "starts_on", "id"):
            self._held.setdefault(membership.employee_id, []).append(membership)

    # A row: who it is about, what differs, what is wrong.

    def plan(self, row: Row) -> Plan:
        plan = Plan(row, self.name_of(row))
        self._leave_out(plan)
        plan.target = self._whom(plan)
        self._check_once(plan)
        self._check_age(plan)
        if "departments" in row.values:
            row.values["departments"] = [self._path(text) for text in row.values["departments"]]
        if "leader" in row.values:
            self._resolve_leader(plan)
        if plan.target is not None and not plan.all_problems:
            plan.changes = self.differences(plan.target, row.values)
        return plan

    def _leave_out(self, plan: Plan) -> None:
        """Columns the organization has switched off are not looked at, and that is said once for each (C2.2.5-03)."""
        for name in sorted(self._off & set(plan.row.values)):
            del plan.row.values[name]
            if name not in self._told_of:
                self._told_of.add(name)
                message = _("Your organization does not keep this field: the column is ignored.")
                plan.warnings.append(Problem(name, message))
        plan.row.problems[:] = [each for each in plan.row.problems if each.field not in self._off]

    def _whom(self, plan: Plan) -> Employee | None:
        values = plan.row.values
        by_number, by_mobile = (
            self._by_number.get(values.get("number")),
            self._by_mobile.get(values.get("mobile")),
        )
        if by_number and by_mobile and by_number.pk != by_mobile.pk:
            message = _("%(name)s already has this mobile number.") % {"name": by_mobile.name}
            plan.problems.append(Problem("mobile", message, _("Correct the number or the mobile.")))
        return by_number or by_mobile

    def _check_age(self, plan: Plan) -> None:
        """Compared and let go: what stays in the row is a birthday that something has to follow from."""
        birthday = plan.row.values.get("birthday")
        if not birthday:
            return
        if plan.target is None:
            try:
                ages.admit(birthday, self._organization, self._today)
            except Refusal as refusal:
                plan.problems.append(
                    Problem("birthday", str(refusal.message), _("Take this person out of the table."))
                )
        adult_on = ages.reaches(birthday, ages.ADULT)
        known = plan.target is not None and self._minors.get(plan.target.pk) == adult_on
        if known or adult_on <= self._today:
            del plan.row.values["birthday"]

    def _check_once(self, plan: Plan) -> None:
        """The first row with a mobile or number counts; a later one is told where the first stands."""
        if plan.all_problems:
            return
        for name in ("mobile", "number"):
            value = plan.row.values.get(name)
            if (
                value
                and (first := self._seen.setdefault(f"{name} {value}", plan.row.number)) != plan.row.number
            ):
                plan.problems.append(twice(name, first))

    def _resolve_leader(self, plan: Plan) -> None:
        text, values = plan.row.values["leader"], plan.row.values
        found = self._directory.named(text)
        if len(found) > 1:
            message = _("Several people are called “%(name)s”.") % {"name": text}
            plan.problems.append(
                Problem("leader", message, _("Write the employee number or mobile instead."))
            )
        elif not found:
            message = _("There is no employee “%(name)s”, here or in this table.") % {"name": text}
            plan.problems.append(
                Problem("leader", message, _("Correct it, or add that person to the table."))
            )
        elif found[0].is_faulty and found[0].id is None:
            message = _("%(name)s stands in row %(row)d, which is faulty: no leader is set.")
            plan.warnings.append(Problem("leader", message % {"name": found[0].name, "row": found[0].row}))
            del values["leader"]
        elif self._is_circle(values.get("mobile", ""), found[0].mobile):
            message = _("%(name)s would lead themselves by way of others.") % {"name": plan.name}
            plan.problems.append(Problem("leader", message, _("Correct one of the leaders in the circle.")))
        else:
            values["leader"] = found[0]

    def _is_circle(self, mobile: str, leader: str) -> bool:
        seen, step = {mobile}, leader
        while step:
            if step in seen:
                return step == mobile
            seen.add(step)
            step = self._leader_of.get(step, "")
        return False

    def _path(self, text: str) -> str:
        """A department as written, as its path in words; the company's own name on top is left out."""
        steps = [step.strip() for step in text.replace(">", "/").split("/") if step.strip()]
        if len(steps) == 1 and self._joiner == "-" and text not in self._names:
            steps = [step.strip() for step in text.split("-") if step.strip()]
        if len(steps) > 1 and steps[0] == self._company:
            steps = steps[1:]
        path = "/".join(steps)
        return path if path in self._names else self._only_one_called(path)

    def _only_one_called(self, path: str) -> str:
        """A plain name that exactly one department bears, wherever it hangs, means that department."""
        if "/" in path:
            return path
        bearers = [known for known in self._names if known.rsplit("/", 1)[-1] == path]
        return bearers[0] if len(bearers) == 1 else path

    def current(self, target: Employee, name: str) -> Any:
        if name == "departments":
            return [self._path_of.get(held.department_id, "") for held in self._held.get(target.pk, [])]
        if name == "is_head":
            return [held.is_head for held in self._held.get(target.pk, [])]
        if name == "leader":
            return target.leader and self._directory.people.get(target.leader.mobile)
        if name == "birthday":
            return None
        return getattr(target, name)

    def differences(self, target: Employee, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
        found = super().differences(target, values)
        leader = target.leader
        if "leader" in found and leader is not None and found["leader"][1].mobile == leader.mobile:
            del found["leader"]
        if "is_head" in found and "departments" not in found and _same_flags(*found["is_head"]):
            del found["is_head"]
        return found

    # Writing.

    def save(self, plan: Plan) -> None:
        if plan.target is None:
            employee, values = self._new(plan.row.values), plan.row.values
        else:
            values = {name: new for name, (_old, new) in plan.changes.items()}
            employee = self._changed(plan.target, values)
        if birthday := plan.row.values.get("birthday"):
            publish(BirthdayEntered(employee.pk, birthday))
        if "is_head" in values:
            self._head(employee, plan.row.values)
        if "leader" in values:
            self._pending.append((employee, values["leader"].mobile))

    def _new(self, values: dict[str, Any]) -> Employee:
        """Write somebody new. Mobile and number were compared in `load`; the database has the last word."""
        employee = Employee(**{name: values[name] for name in _PLAIN if name in values})
        check_fields(employee)
        places = [self._department(path) for path in values.get("departments", ())]
        actions.admit(employee, places, on=employee.hired_on or self._today)
        self._joined.append(employee.pk)
        return employee

    def _changed(self, target: Employee, values: dict[str, Any]) -> Employee:
        employee = actions.within_reach(self.actor, target)
        plain = {name: values[name] for name in _PLAIN if name in values}
        actions.revise(employee, by=self.actor, now=self.now, **plain)
        if "departments" in values:
            places = [self._department(path) for path in values["departments"]]
            actions.put(employee, places, on=self._today)
        return employee

    def _head(self, employee: Employee, values: dict[str, Any]) -> None:
        keys = [self._names[path] for path in values.get("departments", ()) if path in self._names]
        placing.head(employee, {key for key, flag in zip(keys, values["is_head"], strict=False) if flag})

    def _department(self, path: str) -> Department:
        """The department of this path, made with its parents where there is none yet."""
        if path not in self._departments:
            if path in self._names:
                self._departments[path] = Department.objects.get(pk=self._names[path])
            else:
                self._departments[path] = self._made(path)
        return self._departments[path]

    def _made(self, path: str) -> Department:
        above, _slash, name = path.rpartition("/")
        department = departments.found(name=name, parent=self._department(above) if above else None)
        self._names[path] = department.pk
        return department

    def finish(self) -> None:
        """Reporting lines, now that everybody is there."""
        wanted = {mobile for _employee, mobile in self._pending}
        leaders = {each.mobile: each for each in Employee.objects.present().filter(mobile__in=wanted)}
        joined = set(self._joined)
        placing.lock_structure()
        pairs = [(employee, leaders[mobile]) for employee, mobile in self._pending if mobile in leaders]
        placing.lead_new([pair for pair in pairs if pair[0].pk in joined], on=self._today)
        for employee, leader in pairs:
            if employee.pk not in joined:
                actions.put_under(employee, leader, on=self._today)
        if self._joined:
            publish(EmployeesJoined(tuple(self._joined)))


def _same_flags(old: list[bool], new: list[bool]) -> bool:
    """A department the table says nothing about has no head in it."""
    return old == [*new, *([False] * (len(old) - len(new)))][: len(old)]
