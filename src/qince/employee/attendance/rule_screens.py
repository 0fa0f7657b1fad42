"""Shifts, groups, members and special days on screen."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qince.core.people.queries import employees_visible_to
from qince.employee.attendance import clocktimes, definitions, group_forms, rule_forms, shift_forms
from qince.employee.attendance import rule_actions as actions
from qince.employee.attendance.models import Group, Member, Shift, SpecialDay
from qince.employee.attendance.rules import EDIT_RULES
from qince.employee.attendance.zones import organization_zone
from qince.kit.actor import Actor
from qince.kit.resource import Column, FormPage, Permissions, Resource, RowAct, Tab, filters

_RULES = Permissions(view=EDIT_RULES, add=EDIT_RULES, edit=EDIT_RULES)


def shared(model: Any) -> Any:
    """Rules belong to the whole organization."""
    return lambda actor: model.objects.all() if actor.may(EDIT_RULES) else model.objects.none()


def times_in_words(shift: Shift) -> str:
    """The latest version's stretches."""
    versions = sorted(shift.versions.all(), key=lambda each: each.version)
    if not versions:
        return ""
    times = definitions.times_of(versions[-1].definition)
    return ", ".join(clocktimes.span(each.on, each.off) for each in times.slots)


def _shift_versions(actor: Actor, shift: Shift) -> dict[str, Any]:
    rows = []
    for version in shift.versions.order_by("-version"):
        times = definitions.times_of(version.definition)
        rows.append(
            {
                "version": version.version,
                "starts_on": version.starts_on,
                "slots": [_bar(each.on, each.off) for each in times.slots],
                "rests": [_bar(each.start, each.end) for each in times.rests],
                "late": times.slots[0].late_as_late,
            }
        )
    return {"versions": rows}


def _bar(start: int, end: int) -> dict[str, Any]:
    return {
        "start": start,
        "width": end - start,
        "words": clocktimes.span(start, end),
    }


def _group_versions(actor: Actor, group: Group) -> dict[str, Any]:
    names = {str(each.pk): each.name for each in Shift.objects.all()}
    rows = []
    for version in group.versions.order_by("-version"):
        terms = definitions.terms_of(version.definition)
        week = [names.get(key or "", "") or (_("Free hours") if key else "") for key in terms.week]
        rows.append(
            {
                "version": version.version,
                "from": version.effective_from,
                "week": list(zip(group_forms.WEEKDAYS, week, strict=True)),
                "terms": terms,
                **{name: _chosen(name, getattr(terms, name)) for name in ("field", "field_photo", "photo")},
            }
        )
    labels = {name: group_forms.GroupForm.base_fields[name].label for name in group_forms.WEEKDAYS}
    return {"versions": rows, "labels": labels, "organization_zone": organization_zone()}


def _chosen(name: str, value: str) -> Any:
    field: Any = group_forms.GroupForm.base_fields[name]
    return dict(field.choices).get(value, value)


SHIFTS = Resource(
    namespace="attendance",
    name="shift",
    model=Shift,
    title=_("Shifts"),
    singular=_("shift"),
    icon="clock",
    hint=_("A shift says when work begins and ends, and what counts as late."),
    rows=shared(Shift),
    prepare=lambda rows: rows.prefetch_related("versions"),
    permissions=_RULES,
    columns=(
        Column("name", _("Name"), is_link=True),
        Column("times", _("Times of work"), value=times_in_words),
        Column("latest", _("Version"), is_numeric=True),
        Column("is_active", _("In use")),
    ),
    order="name",
    search=("name",),
    filters=(filters.yes_no("is_active", _("In use"), Q(is_active=True)),),
    tabs=(Tab("versions", _("Versions"), "attendance/shift_versions.html", _shift_versions, icon="history"),),
    create=FormPage(shift_forms.ShiftForm, actions.create_shift),
    edit=FormPage(shift_forms.ShiftForm, actions.edit_shift, shift_forms.shift_initial),
)
GROUPS = Resource(
    namespace="attendance",
    name="group",
    model=Group,
    title=_("Attendance groups"),
    singular=_("attendance group"),
    icon="users",
    hint=_("A group joins people with a week, a roster or free hours, and with the rules for them."),
    rows=shared(Group),
    permissions=_RULES,
    columns=(
        Column("name", _("Name"), is_link=True),
        Column("kind", _("Kind"), tones={"fixed": "blue", "roster": "purple", "free": "teal"}),
        Column("latest", _("Version"), is_numeric=True),
        Column("is_active", _("In use")),
    ),
    order="name",
    search=("name",),
    filters=(filters.choice("kind", _("Kind"), Group.Kind.choices),),
    tabs=(Tab("versions", _("Rules"), "attendance/group_versions.html", _group_versions, icon="history"),),
    create=FormPage(group_forms.GroupForm, actions.create_group),
    edit=FormPage(group_forms.GroupForm, actions.edit_group, group_forms.group_initial),
)


def members_visible_to(actor: Actor) -> Any:
    """Departments to whoever sets the rules; people within the own sight."""
    if not actor.may(EDIT_RULES):
        return Member.objects.none()
    people = employees_visible_to(actor)
    return Member.objects.filter(Q(employee__isnull=True) | Q(employee__in=people))


MEMBERS = Resource(
    namespace="attendance",
    name="member",
    model=Member,
    title=_("Members of groups"),
    singular=_("member"),
    icon="user-plus",
    rows=members_visible_to,
    prepare=lambda rows: rows.select_related("group", "employee", "department"),
    permissions=Permissions(view=EDIT_RULES, add=EDIT_RULES),
    columns=(
        Column("who", _("Who"), value=str, is_link=True),
        Column("group__name", _("Group")),
        Column("is_exempt", _("Need not clock in")),
        Column("starts_on", _("From")),
        Column("ends_on", _("Until")),
    ),
    order="-starts_on",
    search=("employee__name", "department__name"),
    filters=(
        filters.reference("group", _("Group"), shared(Group)),
        filters.yes_no("present", _("Now"), Q(ends_on__isnull=True)),
    ),
    create=FormPage(rule_forms.MemberForm, actions.add_member),
    acts=(
        RowAct(
            "end", _("Take out"), actions.end_member, EDIT_RULES, "x", form=rule_forms.EndForm,
            offered=lambda row: row.ends_on is None,
        ),
    ),
)  # fmt: skip
SPECIAL_DAYS = Resource(
    namespace="attendance",
    name="special",
    model=SpecialDay,
    title=_("Special days"),
    singular=_("special day"),
    icon="calendar-event",
    hint=_("Days on which a group works, or rests, other than its week says."),
    rows=shared(SpecialDay),
    prepare=lambda rows: rows.select_related("group", "shift"),
    permissions=_RULES,
    columns=(
        Column("on", _("Date"), is_link=True),
        Column("group__name", _("Group")),
        Column("shift__name", _("Shift"), text=lambda row: row.shift.name if row.shift else _("Rest")),
        Column("note", _("Note")),
    ),
    order="-on",
    filters=(filters.reference("group", _("Group"), shared(Group)), filters.dates("on", _("Date"))),
    create=FormPage(rule_forms.SpecialDayForm, actions.set_special_day),
    edit=FormPage(rule_forms.SpecialDayForm, actions.set_special_day),
)
