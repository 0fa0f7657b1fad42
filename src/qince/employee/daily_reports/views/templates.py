"""One template: its rules in words, its fields, who reports and who receives, and its versions."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from qince.core.people.models import Department, Employee
from qince.employee.daily_reports import words
from qince.employee.daily_reports.facts import facts
from qince.employee.daily_reports.models import TemplateVersion
from qince.employee.daily_reports.rules import DESIGN
from qince.employee.daily_reports.setting_up import Named, Setup, setup_of
from qince.engines.forms.schema.types import spoken
from qince.engines.forms.words import KINDS, language_of
from qince.kit.actor import Actor
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail
from qince.kit.resource.guard import row_or_404


def template_page(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = row_or_404(resource, actor, key)
    versions = list(row.versions.prefetch_related("targets").order_by("-number"))
    newest = versions[0]
    context = {
        "resource": resource,
        "detail": Detail(resource, actor, row),
        "row": row,
        "facts": _rules(setup_of(newest)),
        "fields": _fields(newest),
        "versions": versions,
        "may_design": actor.may(DESIGN),
    }
    return render(request, "daily_reports/template.html", context)


def _rules(setup: Setup) -> list[tuple[Any, Any]]:
    rule = setup.rule
    leaders = [_("Leader of level %(n)d") % {"n": level} for level in setup.levels]
    head = [_("Head of the department")] if setup.to_head else []
    reporters = _("Everybody") if setup.is_for_everybody else _names(setup.reporters)
    receivers = [*leaders, *head, _names(Named(setup.receivers))]
    return [
        (_("How often"), words.CYCLES[rule.cycle.value]),
        (_("Which days count"), words.BASES[rule.basis.value]),
        (_("Due by"), _due(setup)),
        (_("Taken as late for, hours"), rule.late_hours),
        (_("Who reports"), reporters),
        (_("Need not report"), _names(setup.exempt)),
        (_("Goes to"), "、".join(filter(None, receivers))),
    ]


def _due(setup: Setup) -> str:
    at = f"{setup.rule.due_at:%H:%M}"
    if not setup.rule.due_after:
        return _("%(time)s on the period's last day") % {"time": at}
    return _("%(time)s, %(days)d days after the period") % {"time": at, "days": setup.rule.due_after}


def _names(named: Named) -> str:
    departments = Department.objects.filter(pk__in=named.departments).order_by("name_key")
    people = Employee.objects.filter(pk__in=named.employees).order_by("name_key")
    return "、".join([*map(str, departments), *named.positions, *map(str, people)])


def _fields(version: TemplateVersion) -> list[dict[str, Any]]:
    found = []
    for place in version.layout.places.values():
        own = place.field
        fact = facts.get(version.autofill.get(own.id, ""))
        found.append(
            {
                "label": spoken(own.label, language_of(version.form), version.form.language) or own.name,
                "kind": KINDS[own.kind],
                "depth": len(place.holders),
                "fact": fact.title if fact else "",
                "is_personal": own.privacy.is_personal,
                "is_required": bool(own.required),
            }
        )
    return found
