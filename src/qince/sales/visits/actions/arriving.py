"""Check-in: a visit is opened."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qince.core.organizations.settings import OutsidePolicy
from qince.engines.sync.registry import Context, Item, Outcome
from qince.kit import bulk, clock
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.events import publish
from qince.masterdata.customers.models import Customer
from qince.sales.visits.actions.common import CHECK_IN, check_event, each, require_visit_place
from qince.sales.visits.arrival import Plan, known
from qince.sales.visits.events import VisitStarted
from qince.sales.visits.models import CheckEvent, Visit
from qince.sales.visits.payloads import CheckIn


@action("visits.check_in", permission="visits.carry_out")
def check_in(actor: Actor, *, items: Sequence[Item[CheckIn]], context: Context) -> list[Outcome]:
    """Open a visit for each: the verdict is the server's, whatever the phone showed."""
    return _CheckIns(actor, items, context).run()


class _CheckIns:
    """The records that check-ins of one push need, read once, and the rows they become."""

    def __init__(self, actor: Actor, items: Sequence[Item[CheckIn]], context: Context) -> None:
        self.actor, self.items, self.context = actor, items, context
        self.known = known(
            actor.person_id,
            customers={item.payload.customer_id for item in items},
            templates={item.payload.template_id for item in items if item.payload.template_id},
            since=min(item.occurred_at for item in items).date(),
        )
        self.visits: list[Visit] = []
        self.events: list[CheckEvent] = []

    def run(self) -> list[Outcome]:
        outcomes = each(self.items, self._one)
        bulk.insert(self.visits)
        bulk.insert(self.events)
        for visit in self.visits:
            note(visit, verdict=visit.verdict)
            publish(VisitStarted(visit.pk, visit.employee_id, visit.on))
        return outcomes

    def _one(self, item: Item[CheckIn]) -> dict[str, Any]:
        payload = item.payload
        customer = self.known.customers.get(payload.customer_id)
        if customer is None:
            raise NotFound(_("This store is not, or no longer, assigned to you."))
        require_visit_place(payload.evidence, self.context, CHECK_IN)
        event = check_event(CheckEvent.Kind.IN, customer, item, self.context)
        if event.verdict == "outside":
            self._refuse_outside(payload)
        visit = self._visit(payload, customer, event)
        event.visit = visit
        self.visits.append(visit)
        self.events.append(event)
        return {
            "verdict": event.verdict,
            "distance_m": event.distance_m,
            "checked_in_at": event.at.isoformat(),
        }

    def _refuse_outside(self, payload: CheckIn) -> None:
        if self.context.settings.outside_policy == OutsidePolicy.BLOCK:
            raise Refusal(
                "outside", _("You are outside the store's area. Your company allows check-in only inside it.")
            )
        if not payload.reason.strip():
            raise Refusal("reason_required", _("You are outside the store's area. Say why."), field="reason")

    def _visit(self, payload: CheckIn, customer: Customer, event: CheckEvent) -> Visit:
        template = self.known.templates.get(payload.template_id) if payload.template_id else None
        on = clock.local_date(event.at, self.context.organization.time_zone)
        plan = self._plan(payload, on)
        flags = [*event.flags, *(["overlap"] if self.known.has_open_visit else [])]
        return Visit(
            id=payload.visit_id,
            employee_id=self.actor.person_id,
            customer=customer,
            planned_visit_id=plan.id if plan else None,
            template=template,
            template_version=template.version if template else 1,
            steps=template.steps if template else [],
            on=on,
            checked_in_at=event.at,
            verdict=event.verdict,
            distance_m=event.distance_m,
            reason=payload.reason.strip(),
            flags=flags,
        )

    def _plan(self, payload: CheckIn, on: date) -> Plan | None:
        """The plan this visit fulfils: the one named, else that day's for the same store."""
        mine = [plan for plan in self.known.plans if plan.customer_id == payload.customer_id]
        named = next((plan for plan in mine if plan.id == payload.planned_visit_id), None)
        return named or next((plan for plan in mine if plan.on == on), None)
