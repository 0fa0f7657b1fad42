"""What is done to recipients, and by people about the recipients they agreed to."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from qince.core.people.models import Department, Employee
from qince.engines.partners import outbox, standing
from qince.engines.partners.models import AppGrant, Binding, CrossBorder, Outgoing, Recipient
from qince.engines.partners.registry import PROFILES
from qince.engines.partners.rules import APPROVE, EDIT
from qince.kit import clock
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.validation import check

# A change of one of these is a change of what people agreed to: purpose, method, kinds of data, who, where (C4.1-15).
MEANING = (
    "name", "profile", "scene", "fields", "purpose", "method", "region", "terms_url", "terms_version", "privacy_url",
)  # fmt: skip


@action("partners.create_recipient", permission=EDIT)
def create_recipient(actor: Actor, *, now: datetime, profile: str, **fields: Any) -> Recipient:
    """Enter a recipient; it is off. Without `fields`, it may get what its kind may get."""
    declared = PROFILES[profile]
    values = _plain(fields)
    values["fields"] = values.get("fields") or list(declared.fields)
    found = Recipient(profile=profile, **{"scene": declared.scene, **values})
    _require_fit(found)
    check(found)
    found.save()
    note(found, profile=profile, fields=found.fields)
    return found


@action("partners.edit_recipient", permission=EDIT)
def edit_recipient(actor: Actor, recipient: Recipient, *, now: datetime, **fields: Any) -> Recipient:
    """Change what is given. A change of meaning begins a new version: nobody has agreed to that one yet."""
    found = Recipient.objects.select_for_update().get(pk=recipient.pk)
    changes = {
        name: (getattr(found, name), value)
        for name, value in _plain(fields).items()
        if getattr(found, name) != value
    }
    if "code" in changes:
        raise Refusal("code_fixed", _("The short name stays as it is."), field="code")
    for name, (_old, new) in changes.items():
        setattr(found, name, new)
    if set(changes) & set(MEANING):
        found.version += 1
    _require_fit(found)
    check(found)
    found.save()
    note(found, **changes, version=found.version)
    return found


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """Departments as they are kept: by id."""
    departments: list[Department] | None = fields.pop("departments", None)
    if departments is not None:
        fields["department_ids"] = [str(each.pk) for each in departments]
    return fields


def _require_fit(recipient: Recipient) -> None:
    if beyond := set(recipient.fields) - set(recipient.declared.fields):
        message = _("This kind of recipient may not get: %(fields)s.")
        raise Refusal("field_not_agreed", message % {"fields": ", ".join(sorted(beyond))}, field="fields")


@action("partners.switch_on", permission=EDIT)
def switch_on(actor: Actor, recipient: Recipient, *, now: datetime, attested: bool = False) -> Recipient:
    """Open a recipient whose record is whole. The administrator declares that it may be; each person still decides."""
    found = Recipient.objects.select_for_update().select_related("organization").get(pk=recipient.pk)
    lacking = standing.missing(found, today(found, now))
    if lacking:
        message = _("Still missing: %(points)s.") % {
            "points": _("; ").join(str(each.label) for each in lacking)
        }
        raise Refusal("recipient_incomplete", message, missing=[each.code for each in lacking])
    if not attested:
        raise Refusal("not_attested", _("Declare first that the conditions are met."), field="attested")
    found.is_on, found.attested_at = True, now
    found.attested_by_id = actor.employee_id
    found.save()
    note(found, is_on=(False, True), version=found.version)
    return found


@action("partners.switch_off", permission=EDIT)
def switch_off(actor: Actor, recipient: Recipient, *, now: datetime) -> Recipient:
    """Close it at once: what waits is dropped, tokens die, what comes in is no longer taken."""
    found = Recipient.objects.select_for_update().get(pk=recipient.pk)
    found.is_on = False
    found.save()
    stopped = Outgoing.objects.filter(
        recipient=found, state=Outgoing.State.QUEUED, disclosure__isnull=False
    ).update(state=Outgoing.State.DROPPED, body=None, settled_at=now, problem="recipient_off")
    grants = AppGrant.objects.filter(app__recipient=found, revoked_at__isnull=True).update(
        revoked_at=now, token_digest="", code_digest=""
    )
    note(found, is_on=(True, False), stopped=stopped, revoked=grants)
    return found


@action("partners.renew_secret", permission=EDIT)
def renew_secret(actor: Actor, recipient: Recipient, *, now: datetime) -> str:
    """A new signing key, returned this once; the earlier one signs nothing from now on."""
    found = Recipient.objects.select_for_update().get(pk=recipient.pk)
    text = outbox.new_secret(found)
    found.save()
    note(found)
    return text


@action("partners.review", permission=APPROVE)
def review_recipient(
    actor: Actor,
    recipient: Recipient,
    *,
    now: datetime,
    on: date,
    review_version: str,
    review_passed: bool,
    duty: bool,
) -> Recipient:
    """Record the security check of its interface and, with `duty`, that its data are still what its duty needs."""
    found = Recipient.objects.select_for_update().select_related("organization").get(pk=recipient.pk)
    if on > today(found, now):
        raise Refusal("date_ahead", _("A review cannot lie ahead."), field="on")
    found.reviewed_on, found.review_version, found.review_passed = on, review_version.strip(), review_passed
    if duty:
        found.duty_reviewed_on = on
    check(found)
    found.save()
    note(found, reviewed_on=str(on), review_passed=review_passed, duty=duty)
    return found


@action("partners.enter_border", permission=APPROVE)
def enter_border(actor: Actor, *, now: datetime, recipient: Recipient, **fields: Any) -> CrossBorder:
    """Put a ground for transfers abroad on record. The separate question to each person stays."""
    held = Recipient.objects.get(pk=recipient.pk)
    found = CrossBorder(recipient=held, entered_by_id=actor.employee_id, **fields)
    if found.holds_until < found.assessed_on:
        raise Refusal("dates_swapped", _("It ends before it begins."), field="holds_until")
    check(found)
    found.save()
    note(found, recipient=held.name, ground=found.ground)
    return found


# --- By the person concerned ---


@action("partners.unbind", permission=None)
def unbind(actor: Actor, recipient: Recipient, *, now: datetime) -> int:
    """Forget one's own account at a payment company: nickname, portrait and account name are erased."""
    person = Employee.objects.get(pk=actor.person_id)
    count, _rows = Binding.objects.filter(employee=person, recipient=recipient).delete()
    if count:
        outbox.tell(recipient, person, outbox.OFF, now=now)
        note(recipient, bound=(True, False))
    return count


def stop_sharing(recipient: Recipient, person: Employee, why: str, *, now: datetime) -> None:
    """Nothing more goes, nothing of it stays open here, and the recipient is told."""
    outbox.drop(recipient, person, now=now, problem=why)
    AppGrant.objects.filter(app__recipient=recipient, employee=person, revoked_at__isnull=True).update(
        revoked_at=now, token_digest="", code_digest=""
    )
    Binding.objects.filter(employee=person, recipient=recipient).delete()
    outbox.tell(recipient, person, why, now=now)


def today(recipient: Recipient, now: datetime) -> date:
    return clock.local_date(now, recipient.organization.time_zone)
