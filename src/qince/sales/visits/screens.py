"""Visits and visit templates on screen."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from qince.core.people.queries import department_names, departments_visible_to, employee_ids_under
from qince.engines.evidence.models import Verdict
from qince.kit.actor import Actor
from qince.kit.resource import ActorForm, Column, FormPage, Permissions, Resource, timeline
from qince.kit.resource.filters import Filter, choice, dates, reference, yes_no
from qince.masterdata.customers.queries import customers_visible_to, known_values
from qince.sales.visits import queries, rules, template_actions, words
from qince.sales.visits.models import Visit, VisitTemplate

timeline.name_kinds(
    {
        "visits.checkevent": _("Check-in or check-out"),
        "visits.photo": _("Photo"),
        "visits.steprecord": _("Step of a visit"),
        "visits.visit": _("Visit"),
        "visits.visittemplate": _("Visit template"),
    }
)
timeline.name_acts(
    {
        "visits.check_in": _("Checked in"),
        "visits.record_step": _("Step recorded"),
        "visits.check_out": _("Checked out"),
        "visits.close_forgotten": _("Closed by the system"),
        "visits.visit.export": _("Exported visits"),
        "visits.save_template": _("Saved the steps of a visit"),
        "visits.download_watermarked": _("Downloaded a photo with watermark"),
    }
)

timeline.name_facts({"duration_s": _("duration, s"), "photo": _("photo")})


def clock_text(instant: Any) -> str:
    """The local time of day of an instant; empty for none."""
    return formats.time_format(timezone.localtime(instant), "H:i") if instant else ""


def minutes_text(visit: Visit) -> str:
    seconds = visit.duration_s
    return "" if seconds is None else _t("%(n)s min") % {"n": round(seconds / 60)}


def steps_text(visit: Visit) -> str:
    return f"{visit.steps_done}/{len(visit.steps)}" if visit.steps else ""


def flags_text(visit: Visit) -> list[str]:
    return [words.flag_words(flag)[0] for flag in visit.flags]


def _under(rows: Any, actor: Actor, keys: list[UUID]) -> Any:
    return rows.filter(employee__in=employee_ids_under(map(str, keys)))


def _districts(actor: Actor, typed: str) -> list[tuple[str, Any]]:
    return [(value, value) for value in known_values("district") if typed.casefold() in value.casefold()]


DISTRICT = Filter(
    name="district",
    label=_("District"),
    menu=_districts,
    words=lambda actor, value: value,
    apply=lambda rows, actor, values: rows.filter(customer__district__in=values),
    is_searchable=True,
)

CUSTOMER = Column("customer__name", _("Store"), sort="customer__name_key", is_link=True)
EMPLOYEE = Column("employee__name", _("Rep"), sort="employee__name_key")
ON = Column("on", _("Date"))
TIME_IN = Column("checked_in_at", _("Checked in"), text=lambda visit: clock_text(visit.checked_in_at))
DURATION = Column("duration", _("Duration"), value=minutes_text, is_numeric=True)
PLAN = Column(
    "plan",
    _("Plan"),
    value=lambda visit: _t("On plan") if visit.planned_visit_id else _t("Ad hoc"),
    sort="",
)
STEPS = Column("steps_done", _("Steps"), text=steps_text, is_numeric=True)
PHOTOS = Column("photo_count", is_numeric=True, is_shown=False)
DISTANCE = Column(
    "distance_m",
    value=lambda visit: None if visit.distance_m is None else round(visit.distance_m),
    sort="",  # sealed: the database cannot order it
    is_numeric=True,
    mask=rules.MASK_POSITION,
)
VERDICT = Column("verdict", tones=words.VERDICT_TONES)
STATE = Column("state", tones=words.STATE_TONES)
FLAGS = Column("flags", _("Flags"), value=flags_text)
TIME_OUT = Column("checked_out_at", is_shown=False)
INSTANT_IN = Column(
    "instant", _("Checked in, date and time"), value=lambda visit: visit.checked_in_at, is_shown=False
)
UNPRODUCTIVE = Column("unproductive_reason", is_shown=False)
REASON = Column("reason", is_shown=False)
SUMMARY = Column("summary", is_shown=False)
CODE = Column("customer__code", _("Store code"), is_shown=False)
AREA = Column("customer__district", _("District"), is_shown=False)

VISITS = Resource(
    namespace="visits",
    purposes=("basic", "location"),
    name="visit",
    model=Visit,
    title=_("Visits"),
    singular=_("visit"),
    icon="walk",
    hint=_("Visits appear here as soon as a rep checks in at a store with the phone app."),
    rows=queries.visits_visible_to,
    prepare=lambda rows: rows.select_related("customer", "employee"),
    permissions=Permissions(view=rules.VIEW, export=rules.EXPORT),
    columns=(
        CUSTOMER, EMPLOYEE, ON, TIME_IN, DURATION, PLAN, STEPS, PHOTOS, DISTANCE, VERDICT, STATE, FLAGS,
        INSTANT_IN, TIME_OUT, UNPRODUCTIVE, REASON, SUMMARY, CODE, AREA,
    ),
    # By id: a phone makes it at check-in, so it stands for the time, and the primary key gives the order.
    order="-id",
    search=("customer__name", "customer__code", "employee__name"),
    filters=(
        dates("on", _("Date")),
        reference("employee", _("Rep"), queries.reps_visible_to),
        reference("department", _("Department"), departments_visible_to, narrow=_under, names=department_names),
        yes_no("exception", _("Exceptions"), queries.EXCEPTION),
        choice("verdict", _("Verdict"), Verdict.choices),
        choice("state", _("State"), Visit.State.choices),
        yes_no("planned", _("On a plan"), Q(planned_visit__isnull=False)),
        DISTRICT,
        reference("customer", _("Store"), customers_visible_to),
    ),
    group_by=("on", "employee__name", "verdict", "state"),
)  # fmt: skip

TEMPLATES = Resource(
    namespace="visits",
    name="template",
    model=VisitTemplate,
    title=_("Visit steps"),
    singular=_("visit template"),
    icon="checklist",
    hint=_("Say once what a rep does at a store: photos, checklists, notes. Every phone then follows it."),
    rows=queries.templates_visible_to,
    permissions=Permissions(view=rules.EDIT_TEMPLATES, add=rules.EDIT_TEMPLATES, edit=rules.EDIT_TEMPLATES),
    columns=(
        Column("name", is_link=True),
        Column("step_count", _("Steps"), value=lambda template: len(template.steps), sort="", is_numeric=True),
        Column("version", is_numeric=True),
        Column("is_active", tones={"True": "green", "False": "grey"}),
        Column("updated_at", _("Last changed")),
    ),
    order="name",
    search=("name",),
    # Offered by the kit, shown by an editor of their own: `views.templates`.
    create=FormPage(ActorForm, template_actions.save_template),
    edit=FormPage(ActorForm, template_actions.save_template),
)  # fmt: skip
