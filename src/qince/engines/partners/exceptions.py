"""The register of what is collected, used or disclosed without consent: entering, approving, using, reviewing."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from qince.core.people.models import Employee
from qince.engines.partners import door, legal
from qince.engines.partners.models import LegalException, SubjectContract
from qince.engines.partners.registry import FIELDS
from qince.engines.partners.rules import APPROVE, EDIT
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Forbidden, Refusal
from qince.kit.validation import check

State, Use = LegalException.State, LegalException.Use


@action("partners.enter_contract", permission=EDIT)
def enter_contract(actor: Actor, *, now: datetime, employee: Employee, **fields: Any) -> SubjectContract:
    found = SubjectContract(employee=employee, **fields)
    check(found)
    found.save()
    note(found, employee=str(employee))
    return found


@action("partners.enter_exception", permission=EDIT)
def enter(actor: Actor, *, now: datetime, subject: Employee, **fields: Any) -> LegalException:
    """Put a case on record. It permits nothing before it is approved by somebody else of the privacy role."""
    entry = LegalException(subject=subject, entered_by_id=actor.employee_id, **fields)
    legal.require_parts(entry)
    check(entry)
    entry.save()
    note(entry, basis=entry.basis, use=entry.use, fields=entry.fields, reference=entry.reference)
    return entry


@action("partners.approve_exception", permission=None)
def approve(actor: Actor, entry: LegalException, *, now: datetime) -> LegalException:
    """One approval; the case may need two. Only the privacy role approves, never who entered it, nobody twice."""
    if not actor.may(APPROVE):
        raise Forbidden(_("Only the privacy role approves this."))
    found = LegalException.objects.select_for_update().get(pk=entry.pk)
    legal.require_parts(found)
    if found.state != State.DRAFT:
        raise Refusal("not_waiting", _("This entry does not wait for approval."))
    if actor.person_id in (found.entered_by_id, found.approved_by_id):
        raise Refusal("same_person", _("Somebody else has to approve."))
    if found.approved_by_id is None:
        found.approved_by_id = actor.person_id
    else:
        found.seconded_by_id = actor.person_id
    done = [key for key in (found.approved_by_id, found.seconded_by_id) if key]
    if len(done) >= legal.BASES[found.basis].approvals:
        found.state, found.approved_at = State.APPROVED, now
    found.save()
    note(found, state=found.state, approvals=len(done))
    return found


@action("partners.review_exception", permission=APPROVE)
def review(actor: Actor, entry: LegalException, *, now: datetime) -> LegalException:
    """Look again at what was done in an emergency, afterwards, and not by who did it."""
    found = LegalException.objects.select_for_update().get(pk=entry.pk)
    if found.entered_by_id is not None and found.entered_by_id == actor.employee_id:
        raise Refusal("same_person", _("You entered it: somebody else has to look at it again."))
    found.reviewed_at = now
    found.save()
    note(found, reviewed=True)
    return found


@action("partners.close_exception", permission=APPROVE)
def close(actor: Actor, entry: LegalException, *, now: datetime) -> LegalException:
    found = LegalException.objects.select_for_update().get(pk=entry.pk)
    found.state = State.CLOSED
    found.save()
    note(found, state=found.state)
    return found


@action("partners.take_by_exception", permission=None)
def take(
    actor: Actor, entry: LegalException, *, subject: Employee, names: Iterable[str], now: datetime
) -> None:
    """Collect or use without consent: permitted by the entry for exactly these fields, and put in the trail."""
    names = list(names)
    legal.require(entry, use=Use.COLLECT, subject=subject, names=names, now=now)
    note(entry, basis=entry.basis, fields=names, reference=entry.reference or entry.document)


@action("partners.hand_over", permission=APPROVE)
def hand_over(actor: Actor, entry: LegalException, *, now: datetime) -> bytes:
    """Disclose to an authority what the entry names, as a file, noted like all that leaves. No entry, no file."""
    found = LegalException.objects.select_related("subject").get(pk=entry.pk)
    names = [name for name in found.fields if name in FIELDS and FIELDS[name].read is not None]
    if not names:
        raise Refusal("fields_missing", _("The entry names nothing that is kept here."), field="fields")
    legal.require(found, use=Use.DISCLOSE, subject=found.subject, names=names, now=now)
    values = {name: _value(name, found.subject, entry) for name in names}
    body = json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True).encode()
    door.log(
        actor, found.subject, None, act="hand_over", why=found.reason or found.reference or found.source_link,
        names=names, exception=found, body=body,
        recipient_name=found.authority or str(legal.BASES[found.basis].title), now=now,
    )  # fmt: skip
    return body


def _value(name: str, subject: Employee, entry: LegalException) -> str:
    reader = FIELDS[name].read
    assert reader is not None
    return reader(subject, entry.pk)
