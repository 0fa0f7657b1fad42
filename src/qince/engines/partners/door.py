"""The one door. Every byte about a person that goes to a third party is asked for here, checked here, noted here.

Default: nothing is shared. The recipient's record must be whole and in date, the fields must be among those agreed,
and the person must have agreed, in the ledger, to this recipient's present version; or a recorded exception must stand
for exactly these fields. The log row and the message are written in one transaction.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from qince.core.organizations.models import Organization
from qince.core.people.models import Employee, Membership
from qince.core.privacy.gate import ConsentRequired, Standing
from qince.engines.partners import legal, outbox
from qince.engines.partners.consents import ABROAD, code_of, is_abroad
from qince.engines.partners.models import Disclosure, LegalException, Recipient
from qince.engines.partners.registry import FIELDS
from qince.engines.partners.standing import missing
from qince.kit import clock
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.vault import api as vault

# Further reasons why nothing about a person may leave (restricted, held, under age): features of any floor add theirs.
Obstacle = Callable[[Employee], Refusal | None]
obstacles: list[Obstacle] = []


class Closed(Refusal):
    """The door stays shut; `code` says why, and nothing has left."""

    status = 403


@action("partners.share", permission=None)
def share(
    actor: Actor,
    *,
    subject: Employee,
    to: str,
    act: str,
    why: str,
    fields: Iterable[str] | None = None,
    given: Mapping[str, str] | None = None,
    exception: LegalException | None = None,
    now: datetime,
) -> Disclosure:
    """Send data about `subject` to the recipient called `to`; without `fields`, all that were agreed.

    `given` holds what is entered for this act only. Raises `Closed` or `ConsentRequired`; then nothing was stored.
    """
    recipient = recipient_called(to)
    names = _names(recipient, fields)
    if any(FIELDS[name].is_passed_on for name in names):
        raise Closed("pass_on_only", _("Such data is never queued. It is passed straight on, or not at all."))
    allow(recipient, subject, names, exception=exception, now=now)
    payload = payload_of(recipient, subject, names, given or {})
    body = outbox.encoded(payload)
    row = log(
        actor, subject, recipient, act=act, why=why, names=names, exception=exception, body=body, now=now
    )
    outbox.put(recipient, subject, act, body=body, disclosure=row, now=now)
    return row


@action("partners.release", permission=None)
def release(
    actor: Actor,
    *,
    subject: Employee,
    recipient: Recipient,
    names: tuple[str, ...],
    act: str,
    why: str,
    now: datetime,
) -> dict[str, str]:
    """Answer a recipient that asks: the agreed fields, noted like everything else."""  # fmt: skip
    allow(recipient, subject, names, now=now)
    payload = payload_of(recipient, subject, names, {})
    log(actor, subject, recipient, act=act, why=why, names=names, body=outbox.encoded(payload), now=now)
    return payload


@action("partners.pass_on", permission=None)
def prepare_passing_on(
    actor: Actor, *, subject: Employee, to: str, act: str, why: str, given: Mapping[str, str], now: datetime
) -> tuple[Disclosure, bytes, Recipient]:
    """Check and note a passing on; `delivery.pass_on` then sends the body from memory. No digest is kept of it."""
    recipient = recipient_called(to)
    names = _names(recipient, None)
    allow(recipient, subject, names, now=now)
    body = outbox.encoded(payload_of(recipient, subject, names, given))
    return log(actor, subject, recipient, act=act, why=why, names=names, now=now), body, recipient


def recipient_called(code: str) -> Recipient:
    found: Recipient | None = Recipient.objects.filter(code=code).first()
    if found is None:
        raise Closed("recipient_unknown", _("This recipient is not registered."))
    return found


def _names(recipient: Recipient, fields: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(recipient.fields if fields is None else fields)


def allow(
    recipient: Recipient,
    subject: Employee,
    names: Iterable[str],
    *,
    exception: LegalException | None = None,
    now: datetime,
) -> None:
    """Raise unless these fields of this person may go to this recipient now."""
    names = tuple(names)
    _require_recipient(recipient, now)
    _require_fields(recipient, names)
    _require_subject(recipient, subject)
    if exception is not None:
        legal.require(exception, use=LegalException.Use.DISCLOSE, subject=subject, names=names, now=now)
        return
    _require_consent(recipient, subject, names)


def _require_recipient(recipient: Recipient, now: datetime) -> None:
    if not recipient.is_on:
        raise Closed("recipient_off", _("%(name)s is switched off.") % {"name": recipient.name})
    for point in missing(recipient, today(recipient.organization, now)):
        message = _("%(name)s: this is missing or out of date: %(point)s.")
        raise Closed(point.code, message % {"name": recipient.name, "point": point.label})


def _require_fields(recipient: Recipient, names: tuple[str, ...]) -> None:
    beyond = set(names) - set(recipient.fields)
    if beyond or not names or not set(recipient.fields) <= set(recipient.declared.fields):
        message = _("These data are not agreed with %(name)s: %(fields)s.")
        raise Closed(
            "field_not_agreed", message % {"name": recipient.name, "fields": ", ".join(sorted(beyond))}
        )


def _require_subject(recipient: Recipient, subject: Employee) -> None:
    if subject.status == Employee.Status.LEFT:
        raise Closed("subject_left", _("This person has left. Nothing more is shared."))
    if vault.is_destroyed(subject.organization_id, subject.pk):  # type: ignore[arg-type]
        raise Closed("subject_erased", _("This person was erased."))
    if not is_offered_to(recipient, subject):
        raise Closed("not_offered", _("This is not open to the person's department."))
    for obstacle in obstacles:
        if (refusal := obstacle(subject)) is not None:
            raise refusal


def is_offered_to(recipient: Recipient, subject: Employee) -> bool:
    """Whether the organization opened the recipient to the person's staff group; an empty list means everybody."""
    if not recipient.department_ids:
        return True
    paths = Membership.objects.filter(employee=subject, ends_on__isnull=True).values_list(
        "department__path", flat=True
    )
    return any(key in path for path in paths for key in recipient.department_ids)


def _require_consent(recipient: Recipient, subject: Employee, names: tuple[str, ...]) -> None:
    """Each question by itself: the recipient, each sensitive kind, going abroad."""
    standing = Standing(subject.pk)
    if not standing.may_begin:
        raise ConsentRequired("basic")
    parts = ["", *(name for name in names if FIELDS[name].is_sensitive)]
    parts += [ABROAD] if is_abroad(recipient) else []
    for part in parts:
        standing.require(code_of(recipient, part), alternative=recipient.declared.if_refused or None)


def payload_of(
    recipient: Recipient, subject: Employee, names: Iterable[str], given: Mapping[str, str]
) -> dict[str, str]:
    """Exactly the named fields: read from the person, or given for this act."""
    if beyond := set(given) - {name for name in names if FIELDS[name].read is None}:
        raise Closed(
            "field_not_agreed", _("Not to be given: %(fields)s.") % {"fields": ", ".join(sorted(beyond))}
        )
    payload = {}
    for name in names:
        reader = FIELDS[name].read
        if reader is None and not given.get(name):
            raise Closed("field_missing", _("Still needed: %(field)s.") % {"field": FIELDS[name].label})
        payload[name] = given[name] if reader is None else reader(subject, recipient.pk)
    return payload


def log(
    actor: Actor,
    subject: Employee,
    recipient: Recipient | None,
    *,
    act: str,
    why: str,
    names: Iterable[str],
    exception: LegalException | None = None,
    body: bytes = b"",
    recipient_name: str = "",
    now: datetime,
) -> Disclosure:
    """The row of the disclosure log: names of fields, never values."""
    organization: UUID = subject.organization_id  # type: ignore[assignment]
    row = Disclosure(
        subject=subject,
        recipient=recipient,
        recipient_name=recipient.name if recipient else recipient_name,
        act=act[:40],
        why=why[:200],
        fields=list(names),
        basis=Disclosure.Basis.EXCEPTION if exception else Disclosure.Basis.CONSENT,
        consent_version="" if exception or recipient is None else code_of(recipient),
        exception=exception,
        digest=vault.digest(organization, "partners.payload", body.decode()) if body else "",
        actor_id=actor.employee_id,
        actor_name=actor.name[:80],
        at=now,
    )
    row.save()
    note(row, to=row.recipient_name, fields=row.fields)
    return row


def today(organization: Organization, now: datetime) -> date:
    return clock.local_date(now, organization.time_zone or settings.TIME_ZONE)
