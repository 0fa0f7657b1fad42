"""The clock of open incidents: who must act is told when time runs short, runs out, and every day after."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from qince.core.incidents.actions import what_is_owed
from qince.core.incidents.letters import ALARM, DRILL_DUE, OVERDUE
from qince.core.incidents.models import Incident
from qince.core.incidents.queries import last_drill, officers
from qince.core.letters.actions import Addressee, send
from qince.core.letters.models import Letter
from qince.core.organizations.models import Organization
from qince.kit.action import action, note
from qince.kit.actor import Actor

NEAR, OVER = 1, 2
AGAIN = timedelta(days=1)
DRILL_EVERY, REMIND_EVERY = timedelta(days=365), timedelta(days=30)
CHANNELS = ("app", "email", "sms")


@action("incidents.watch")
def watch(actor: Actor, *, now: datetime) -> int:
    """Alarm the privacy officers about open incidents near or past their time; how many incidents it were."""
    open_ones = Incident.objects.filter(state=Incident.State.OPEN, is_drill=False).order_by("due_at")
    return sum(_alarm(actor, incident, now) for incident in open_ones if incident.is_waiting)


def _alarm(actor: Actor, incident: Incident, now: datetime) -> bool:
    level = OVER if incident.is_over(now) else NEAR if incident.is_near(now) else 0
    is_new = level > incident.alarms
    is_again = level == OVER and incident.alarmed_at is not None and now >= incident.alarmed_at + AGAIN
    to = officers() if is_new or is_again else []
    if not to:
        return False
    missing = "; ".join(what_is_owed(incident).values())
    values = {
        "title": incident.title,
        "due": timezone.localtime(incident.due_at).strftime("%Y-%m-%d %H:%M"),
        "missing": missing,
    }
    send(
        actor, to=[Addressee(employee_id=each.pk) for each in to], kind=OVERDUE if level == OVER else ALARM,
        values=values, channels=CHANNELS, link=f"/incidents/{incident.pk}/", now=now, urgent=True,
    )  # fmt: skip
    incident.alarms, incident.alarmed_at = level, now
    incident.save(update_fields=["alarms", "alarmed_at"])
    note(incident, alarm=_("overdue") if level == OVER else _("near its deadline"))
    return True


@action("incidents.remind_of_drill")
def remind_of_drill(actor: Actor, *, now: datetime) -> bool:
    """Remind the privacy officers, once a month, while the last drill lies more than a year back (C5.7-02)."""
    last = last_drill(now)
    since = last.discovered_at if last else Organization.objects.get(pk=actor.organization_id).created_at
    if since > now - DRILL_EVERY:
        return False
    if Letter.objects.filter(kind=DRILL_DUE, created_at__gt=now - REMIND_EVERY).exists():
        return False
    to = [Addressee(employee_id=each.pk) for each in officers()]
    if to:
        send(actor, to=to, kind=DRILL_DUE, values={}, link="/incidents/new/?is_drill=on", now=now)
    return bool(to)
