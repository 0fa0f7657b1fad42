"""The regulator is told, or it is noted why not."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from qince.core.incidents.actions.holding import held, require_parts
from qince.core.incidents.models import Incident
from qince.core.incidents.rules import HANDLE
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal


@action("incidents.report", permission=HANDLE)
def report(actor: Actor, incident: Incident, *, now: datetime, reported_on: date, receipt: str) -> Incident:
    """Note that the regulator was told: the day and the number of the receipt (C5.6-06)."""
    incident = held(incident)
    if not receipt.strip():
        raise Refusal("receipt_required", _("Give the receipt number."), field="receipt")
    if reported_on > (now + timedelta(days=1)).date():
        raise Refusal("in_the_future", _("The day lies in the future."), field="reported_on")
    require_parts(incident)
    incident.reported_on, incident.receipt = reported_on, receipt.strip()[:80]
    incident.not_reported_because = ""
    incident.save(update_fields=["reported_on", "receipt", "not_reported_because"])
    note(incident, reported_on=str(reported_on), receipt=incident.receipt)
    return incident


@action("incidents.skip_report", permission=HANDLE)
def skip_report(actor: Actor, incident: Incident, *, now: datetime, reason: str) -> Incident:
    """Note why no report is due. With children's data there is no such way (C5.7-06)."""
    incident = held(incident)
    if incident.is_child:
        message = _("An incident with children's data is always reported.")
        raise Refusal("report_not_skippable", message, field="reason")
    if not reason.strip():
        raise Refusal("reason_required", _("Give the reason."), field="reason")
    incident.not_reported_because = reason.strip()[:300]
    incident.save(update_fields=["not_reported_because"])
    note(incident, not_reported_because=incident.not_reported_because)
    return incident
