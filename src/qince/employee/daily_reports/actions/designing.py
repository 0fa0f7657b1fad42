"""Setting up templates."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Department, Employee
from qince.employee.daily_reports import obliging
from qince.employee.daily_reports.calendars import zone_here
from qince.employee.daily_reports.facts import facts
from qince.employee.daily_reports.filling import fits
from qince.employee.daily_reports.models import Obligation, Target, Template, TemplateVersion
from qince.employee.daily_reports.queries import newest_version, used_key
from qince.employee.daily_reports.rules import DESIGN
from qince.employee.daily_reports.setting_up import Setup, setup_of
from qince.employee.daily_reports.setting_up import check as check_setup
from qince.engines.forms.schema import Definition, lay_out, read, write
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.clock import local_date
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.keeping import forget
from qince.kit.validation import check


@action("daily_reports.create_template", permission=DESIGN)
def create_template(
    actor: Actor,
    *,
    now: datetime,
    name: str,
    setup: Setup,
    effective_from: date | None = None,
    sequence: int = 0,
) -> Template:
    """A new template, asked for from a day on (default: today)."""
    _check(setup)
    forget(used_key(actor.organization_id))
    found = Template(name=name, sequence=sequence, draft=write(setup.definition))
    check(found)
    found.save()
    _add_version(actor, found, setup, effective_from or local_date(now, zone_here()), now)
    note(found, created=found.name)
    return found


@action("daily_reports.edit_template", permission=DESIGN)
def edit_template(
    actor: Actor, template: Template, *, now: datetime, setup: Setup | None = None,
    effective_from: date | None = None, **fields: Any,
) -> Template:  # fmt: skip
    """Change a template. What it asks for changes from a day on (default: today), for periods that begin then."""
    found = Template.objects.select_for_update().filter(pk=template.pk).first()
    if found is None:
        raise NotFound
    changes = {
        name: (getattr(found, name), value) for name, value in fields.items() if getattr(found, name) != value
    }
    for name, (_old, new) in changes.items():
        setattr(found, name, new)
    check(found)
    found.save()
    if setup is not None:
        changes |= _new_version(actor, found, setup, effective_from, now)
    if "is_active" in changes:
        _turn(found, now)
    note(found, **changes)
    return found


@action("daily_reports.save_draft", permission=DESIGN)
def save_draft(
    actor: Actor, template: Template, *, now: datetime, definition: Definition, revision: int
) -> Template:
    """Keep the draft of the fields as it stands, unless somebody else changed it meanwhile."""
    found = Template.objects.select_for_update().filter(pk=template.pk).first()
    if found is None:
        raise NotFound
    if found.revision != revision:
        raise Conflict(
            "changed_meanwhile",
            _("Somebody else has changed this draft meanwhile. Load it anew; nothing was overwritten."),
            revision=found.revision,
        )
    found.draft, found.revision = write(definition), found.revision + 1
    found.save(update_fields=["draft", "revision"])
    note(found, revision=found.revision)
    return found


def publish_fields(actor: Actor, template: Template, *, now: datetime) -> Template:
    """Let the draft's fields hold from today on; facts stay tied to those fields that are still there."""
    fresh = Template.objects.filter(pk=template.pk).first()
    if fresh is None:
        raise NotFound
    setup = setup_of(newest_version(fresh))
    definition = read(fresh.draft) if fresh.draft else setup.definition
    if definition == setup.definition:
        raise Refusal("unchanged", _("Nothing has changed since the last version."))
    places = lay_out(definition).places
    autofill = {
        key: code
        for key, code in setup.autofill.items()
        if key in places and code in facts and fits(places[key].field, facts[code].kind)
    }
    return edit_template(
        actor, fresh, now=now, setup=replace(setup, definition=definition, autofill=autofill)
    )


def _new_version(
    actor: Actor, found: Template, setup: Setup, effective_from: date | None, now: datetime
) -> dict[str, Any]:
    newest = TemplateVersion.objects.filter(template=found).order_by("-number").first()
    if newest is not None and setup_of(newest) == setup:
        return {}
    _check(setup)
    today = local_date(now, zone_here())
    start = effective_from or today
    if start < today:
        raise Refusal("in_the_past", _("A change counts from today on."), field="effective_from")
    if newest is not None and start < newest.effective_from:
        raise Refusal(
            "before_another",
            _("A change from %(day)s on is set already. Choose that day or a later one.")
            % {"day": newest.effective_from.isoformat()},
            field="effective_from",
        )
    _add_version(actor, found, setup, start, now)
    return {"version": found.latest}


def _add_version(actor: Actor, found: Template, setup: Setup, start: date, now: datetime) -> None:
    found.latest += 1
    found.save(update_fields=["latest"])
    version = setup.version()
    version.template, version.number, version.effective_from = found, found.latest, start
    version.created_at, version.created_by_id = now, actor.employee_id
    version.save()
    Target.objects.bulk_create(setup.targets(version))
    obliging.renew(*window(now), now=now, template=found)


def _turn(found: Template, now: datetime) -> None:
    """Out of use, nothing open is owed any more; what was missing stays on record."""
    if found.is_active:
        obliging.renew(*window(now), now=now, template=found)
    else:
        Obligation.objects.filter(template=found, report__isnull=True, late_until__gt=now).delete()


def window(now: datetime) -> tuple[date, date]:
    """The days that every round looks at."""
    today = local_date(now, zone_here())
    return today - obliging.LOOKS_BACK, today + obliging.LOOKS_AHEAD


def _check(setup: Setup) -> None:
    check_setup(setup)
    people = {*setup.reporters.employees, *setup.exempt.employees, *setup.receivers}
    departments = {*setup.reporters.departments, *setup.exempt.departments}
    if Employee.objects.filter(pk__in=people).count() != len(people):
        raise NotFound
    if Department.objects.filter(pk__in=departments).count() != len(departments):
        raise NotFound
