"""What a template is made of, checked before it becomes a version."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.employee.daily_reports import facts
from qince.employee.daily_reports.filling import fits
from qince.employee.daily_reports.models import Target, TemplateVersion
from qince.employee.daily_reports.owing.rules import Rule, as_stored, faults
from qince.engines.forms.actions.designing import NotPublishable, problems_of, readable
from qince.engines.forms.others import is_of_others
from qince.engines.forms.schema import Definition, Kind, lay_out, write
from qince.engines.forms.schema.types import SILENT
from qince.kit.errors import Refusal, Text

# What a report may ask for; whatever else there is, or is sensitive, belongs into a form of its own.
KINDS = frozenset(
    {
        Kind.TEXT, Kind.NUMBER, Kind.INTEGER, Kind.CHOICE, Kind.CHOICES, Kind.DATE, Kind.PHOTO, Kind.CUSTOMER,
        Kind.TABLE, Kind.SECTION, Kind.NOTE,
    }
)  # fmt: skip
DEEPEST_LEADER = 5
FAULTS: dict[str, Text] = {
    "weekday": _("Name each weekday once."),
    "range": _("This number is out of range."),
    "minute": _("Give a time of the day, to the minute."),
}


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a template names in one part."""

    employees: tuple[UUID, ...] = ()
    departments: tuple[UUID, ...] = ()
    positions: tuple[str, ...] = ()

    @property
    def is_nobody(self) -> bool:
        return not (self.employees or self.departments or self.positions)


@dataclass(frozen=True, slots=True)
class Setup:
    rule: Rule
    definition: Definition
    autofill: dict[str, str] = field(default_factory=dict)
    is_for_everybody: bool = False
    reporters: Named = Named()
    exempt: Named = Named()
    receivers: tuple[UUID, ...] = ()
    levels: tuple[int, ...] = (1,)
    to_head: bool = False

    def version(self) -> TemplateVersion:
        """The stored row, not saved and without its number."""
        return TemplateVersion(
            rule=as_stored(self.rule), definition=write(self.definition), autofill=self.autofill,
            is_for_everybody=self.is_for_everybody, levels=sorted(self.levels), to_head=self.to_head,
        )  # fmt: skip

    def targets(self, version: TemplateVersion) -> list[Target]:
        found = list(_targets(version, Target.Role.EXEMPT, self.exempt))
        if not self.is_for_everybody:
            found += _targets(version, Target.Role.REPORTER, self.reporters)
        return [*found, *_targets(version, Target.Role.RECEIVER, Named(self.receivers))]


def _targets(version: TemplateVersion, role: str, named: Named) -> Iterable[Target]:
    for employee in dict.fromkeys(named.employees):
        yield Target(version=version, role=role, employee_id=employee)
    for department in dict.fromkeys(named.departments):
        yield Target(version=version, role=role, department_id=department)
    for position in dict.fromkeys(each.strip() for each in named.positions):
        if position:
            yield Target(version=version, role=role, position=position)


def check(setup: Setup) -> None:
    """Raise what is wrong with it, as far as it can be told from itself."""
    if wrong := faults(setup.rule):
        fields: dict[str, Text] = {name: FAULTS[code] for name, code in wrong.items()}
        raise Refusal("invalid", next(iter(fields.values())), fields=fields)
    if not setup.is_for_everybody and setup.reporters.is_nobody:
        raise Refusal("nobody", _("Say who reports."), field="reporters")
    if any(not 1 <= each <= DEEPEST_LEADER for each in setup.levels):
        raise Refusal("invalid", _("Leaders are counted from 1 to 5."), field="levels")
    _check_fields(setup)


def _check_fields(setup: Setup) -> None:
    definition = readable(setup.definition)
    if problems := problems_of(definition):
        raise NotPublishable(problems, definition)
    places = lay_out(definition).places
    for key, place in places.items():
        own = place.field
        if own.kind not in KINDS:
            raise Refusal(
                "unknown_kind", _("A report cannot hold this kind of field. Use a form."), field=key
            )
        if own.kind not in SILENT and own.privacy.is_sensitive:
            message = _("A report holds nothing sensitive: ask for it in a form, which keeps it sealed.")
            raise Refusal("sensitive", message, field=key)
        if is_of_others(own):
            message = _("A report asks about nobody else: ask for it in a form, where that is affirmed.")
            raise Refusal("others", message, field=key)
    for key, code in setup.autofill.items():
        fact, place_of = facts.facts.get(code), places.get(key)
        if fact is None or place_of is None or place_of.tables or not fits(place_of.field, fact.kind):
            raise Refusal("unfit", _("This field cannot be filled in from that fact."), field=key, fact=code)


def setup_of(version: TemplateVersion) -> Setup:
    """A stored version as it was set up: what an editor begins with."""
    rows: list[Any] = list(version.targets.all())

    def named(role: str) -> Named:
        own = [each for each in rows if each.role == role]
        return Named(
            tuple(each.employee_id for each in own if each.employee_id),
            tuple(each.department_id for each in own if each.department_id),
            tuple(each.position for each in own if each.position),
        )

    return Setup(
        rule=version.rules, definition=version.form, autofill=dict(version.autofill),
        is_for_everybody=version.is_for_everybody, reporters=named(Target.Role.REPORTER),
        exempt=named(Target.Role.EXEMPT), receivers=named(Target.Role.RECEIVER).employees,
        levels=tuple(version.levels), to_head=version.to_head,
    )  # fmt: skip
