"""What is kept about people in incidents, and until when: proof of having told them."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function

function(
    "incidents.telling",
    _("Telling you when your data was leaked, altered or lost"),
    family=Family.CORE,
    purposes=("security",),
    scope=_("Which of your data was affected, how you were told, and what was done for you."),
    why=_("The law requires that everybody affected is told without delay."),
    method=_("The officer finds who is affected, writes by every way there is, and keeps how far each came."),
    if_refused=_("It is a legal duty and cannot be refused."),
)

_AFFECTED = Personal(
    _("That an incident concerned you, and what you were told and offered"), Kind.BASIC, ("security",), "employee",
    source="use", retention="case+3y", aged_by="created_at", on_erase="keep", clauses=("C5.5-02", "C5.6-04"),
)  # fmt: skip
_OPENED = Personal(
    _("Incidents you handled"), Kind.BASIC, ("security",), "opened_by",
    source="use", retention="case+3y", aged_by="discovered_at", on_erase="keep", clauses=("C5.6-02",),
)  # fmt: skip
_OWNED = replace(_OPENED, subject="owner", aged_by="due_at")  # fmt: skip

declare("incidents.Incident", "opened_by", _OPENED)
declare(
    "incidents.Incident",
    "kind title is_drill state happened_at discovered_at due_at data_kinds cause harm facts measures advice remedies "
    "told_at reported_on receipt not_reported_because alarmed_at alarms closed_at",
    NotPersonal("about what happened; whom it concerns stands apart"),
)
declare(
    "incidents.Affected",
    "incident employee name mobile email found_by guardian_name guardian_mobile guardian_email letter guardian_letter "
    "told_at remedy remedy_note guardian_remedy created_at",
    _AFFECTED,
)
declare("incidents.PlanStep", "owner done_at note", _OWNED)
declare("incidents.PlanStep", "incident sequence code due_at", NotPersonal("a step of a plan"))
declare(
    "incidents.Announcement",
    "id organization incident_id code title parts reason published_at withdrawn_at",
    NotPersonal("a published text"),
)
for _model in ("Incident", "Affected", "PlanStep"):
    declare(f"incidents.{_model}", "id organization", NotPersonal("technical key"))
