"""Incidents, the people they concern, and the steps of a plan, on screen."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qince.core.incidents import actions, forms, queries, rules, telling
from qince.core.incidents.models import Affected, Incident, PlanStep
from qince.kit import clock
from qince.kit.resource import Column, FormPage, Permissions, Resource, RowAct, timeline
from qince.kit.resource.filters import choice, reference, yes_no

REMEDY_TONES = {"open": "orange", "offered": "blue", "done": "green", "declined": "grey", "none": "grey"}


def clock_words(incident: Any) -> str:
    """What the clock says: stopped, hours left, overdue."""
    if not incident.is_waiting:
        return str(_("settled"))
    hours = int(abs(incident.left(clock.now()).total_seconds()) // 3600)
    if incident.is_over(clock.now()):
        return str(_("%(n)d h overdue")) % {"n": hours}
    return str(_("%(n)d h left")) % {"n": hours}


def clock_tone(incident: Any) -> str:
    now = clock.now()
    if not incident.is_waiting:
        return "green"
    return "red" if incident.is_over(now) else "orange" if incident.is_near(now) else "blue"


def _is_open(row: Any) -> bool:
    return bool(row.is_open)


def _act(name: str, label: Any, act: Any, icon: str, form: Any = None, **more: Any) -> RowAct:
    return RowAct(
        name, label, act, rules.HANDLE, icon=icon, form=form, in_bulk=False, **{"offered": _is_open, **more}
    )


INCIDENTS = Resource(
    namespace="incidents",
    name="incident",
    model=Incident,
    purposes=("security",),
    title=_("Incidents"),
    singular=_("incident"),
    icon="alert-triangle",
    hint=_("When personal data may have leaked, been changed or been lost, open an incident: the clock starts."),
    rows=queries.incidents_visible_to,
    prepare=queries.with_counts,
    permissions=Permissions(view=rules.VIEW, add=rules.HANDLE, edit=rules.HANDLE, export=rules.EXPORT),
    columns=(
        Column("title", _("Title"), is_link=True),
        Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), sort="kind"),
        Column("state", _("State"), tones={"open": "orange", "closed": "grey"}),
        Column("clock", _("Clock"), value=clock_words, sort="due_at"),
        Column("affected_count", _("Concerned"), value=lambda row: row.affected_count, is_numeric=True),
        Column("told_count", _("Told"), value=lambda row: row.told_count, is_numeric=True),
        Column("discovered_at", _("Discovered")),
        Column("reported_on", _("Reported on")),
        Column("receipt", _("Receipt number")),
        Column("is_drill", _("Drill")),
    ),
    order="-discovered_at",
    search=("title", "receipt"),
    filters=(
        choice("state", _("State"), Incident.State.choices),
        choice("kind", _("Kind"), Incident.Kind.choices),
        yes_no("is_drill", _("Drill"), Q(is_drill=True)),
    ),
    create=FormPage(forms.IncidentForm, actions.open_incident),
    edit=FormPage(forms.PartsForm, actions.write_parts, initial=forms.parts_initial),
    acts=(
        _act("find", _("Find people concerned"), actions.find_affected, "search", forms.FindForm),
        _act("add", _("Add a person"), actions.add_affected, "user-plus", forms.AddForm),
        _act("tell", _("Tell the people"), telling.tell, "message", forms.TellForm),
        _act(
            "announce", _("Announce in public"), telling.announce, "world", forms.ReasonForm,
            question=_("Where people cannot well be told one by one. Anybody can read it; say why it is needed."),
        ),
        _act("withdraw", _("Withdraw the announcement"), telling.withdraw_announcements, "eye-off", offered=None),
        _act("report", _("Note the report"), actions.report, "rubber-stamp", forms.ReportForm),
        _act(
            "skip_report", _("No report is due"), actions.skip_report, "x", forms.ReasonForm,
            offered=lambda row: row.is_open and not row.is_child and not row.is_settled_with_regulator,
        ),
        _act("close", _("Close"), actions.close, "lock", question=_("A closed incident cannot be changed.")),
    ),
)  # fmt: skip

AFFECTED = Resource(
    namespace="incidents",
    name="person",
    model=Affected,
    title=_("People concerned"),
    singular=_("person concerned"),
    icon="users",
    hint=_("Open an incident and find the people it concerns."),
    rows=queries.affected_visible_to,
    permissions=Permissions(view=rules.VIEW, export=rules.EXPORT),
    purposes=("security",),
    columns=(
        Column("name", _("Name"), is_link=True),
        Column("incident__title", _("Incident")),
        Column("told_at", _("Told")),
        Column("remedy", _("Remedy"), tones=REMEDY_TONES),
        Column("remedy_note", _("Note")),
        Column("guardian_name", _("Guardian")),
        Column("guardian_remedy", _("Remedy for the guardian"), tones=REMEDY_TONES),
        Column("found_by", _("Found by")),
    ),
    order="id",
    search=("name",),
    filters=(
        reference("incident", _("Incident"), queries.incidents_visible_to, search="title"),
        choice("remedy", _("Remedy"), Affected.Remedy.choices),
        yes_no("told", _("Told"), Q(told_at__isnull=False)),
    ),
    edit=None,
    acts=(
        RowAct("remedy", _("Decide on the remedy"), actions.decide_remedy, rules.HANDLE, icon="checkbox",
               form=forms.RemedyForm),
        RowAct("tick", _("Tick as handed over"), telling.tick, rules.HANDLE, icon="check", form=forms.TickForm),
        RowAct("guardian", _("Guardian's contact"), actions.set_guardian, rules.HANDLE, icon="phone",
               form=forms.GuardianForm, in_bulk=False,
               offered=lambda row: row.incident.is_child or row.employee_id is not None),
    ),
)  # fmt: skip

STEPS = Resource(
    namespace="incidents",
    name="step",
    model=PlanStep,
    title=_("Steps of the plan"),
    singular=_("step"),
    icon="checklist",
    hint=_("Incidents with children's data have a plan."),
    rows=queries.steps_visible_to,
    permissions=Permissions(view=rules.VIEW),
    purposes=("basic", "security"),
    columns=(
        Column("step", _("Step"), value=str, is_link=True),
        Column("incident__title", _("Incident")),
        Column("owner__name", _("Owner")),
        Column("due_at", _("Due")),
        Column("done_at", _("Done")),
        Column("note", _("Note")),
    ),
    order="due_at",
    filters=(reference("incident", _("Incident"), queries.incidents_visible_to, search="title"),),
    acts=(
        RowAct("assign", _("Assign"), actions.assign_step, rules.HANDLE, icon="user-check", form=forms.StepForm),
        RowAct("done", _("Mark as done"), actions.complete_step, rules.HANDLE, icon="check",
               form=forms.StepDoneForm, offered=lambda row: row.done_at is None),
    ),
)  # fmt: skip

timeline.name_acts(
    {
        "incidents.open": _("Incident opened"),
        "incidents.write_parts": _("Parts written"),
        "incidents.find_affected": _("People concerned found"),
        "incidents.add_affected": _("Person added"),
        "incidents.set_guardian": _("Guardian's contact recorded"),
        "incidents.tell": _("People told"),
        "incidents.hand_over": _("Handed over"),
        "incidents.announce": _("Announced in public"),
        "incidents.withdraw_announcement": _("Announcement withdrawn"),
        "incidents.report": _("Report noted"),
        "incidents.skip_report": _("No report due"),
        "incidents.decide_remedy": _("Remedy decided"),
        "incidents.assign_step": _("Step assigned"),
        "incidents.complete_step": _("Step done"),
        "incidents.close": _("Incident closed"),
        "incidents.watch": _("Alarm sent"),
        "incidents.remind_of_drill": _("Reminder of a drill sent"),
    }
)
timeline.name_facts(
    {
        "drill": _("drill"),
        "parts_written": _("parts written"),
        "found": _("people found"),
        "data": _("kinds of data"),
        "told": _("people told"),
        "channels": _("channels"),
        "added": _("person"),
        "person": _("person"),
        "guardian_of": _("guardian of"),
        "announced": _("reason"),
        "withdrawn": _("withdrawn"),
        "step": _("step"),
        "owner": _("owner"),
        "alarm": _("alarm"),
        "handed_over": _("handed over by"),
    }
)
timeline.name_kinds(
    {
        "incidents.incident": _("Incident"),
        "incidents.affected": _("Person concerned"),
        "incidents.planstep": _("Step of the plan"),
    }
)
