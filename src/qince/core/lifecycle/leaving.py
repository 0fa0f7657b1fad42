"""An organization leaves: asked for, confirmed by a human, time to export, then everything ends.

The agreement names the ways (6.4): the tenant asks, in the console or by telephone; the operator may cancel what
was not renewed thirty days after its end, or take back what is free and unused. No way goes by itself.
"""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from qince.core.lifecycle import letters, queries
from qince.core.lifecycle.models import Cancellation, Term, Warning
from qince.core.lifecycle.rules import (
    CANCEL,
    EXPORT_WINDOW,
    free_idle,
    free_warning,
    may_be_cancelled_from,
)
from qince.core.lifecycle.terms import _change, _locked, tell, warn_once
from qince.core.organizations.models import Organization
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal

Channel, State = Cancellation.Channel, Cancellation.State
FREE = "free"


@action("lifecycle.request_cancellation", permission=CANCEL)
def request_cancellation(actor: Actor, *, reason: str, now: datetime) -> Cancellation:
    """An administrator asks in the console. The operator confirms."""
    return _open(actor, Channel.CONSOLE, reason, now, requested_by_id=actor.employee_id)


@action("lifecycle.enter_hotline_request")
def enter_hotline_request(
    actor: Actor, *, caller: str, verification: str, reason: str, now: datetime
) -> Cancellation:
    """Somebody asked by telephone; how the caller was verified stands on record, or nothing is entered (C6.4-04)."""
    if not caller.strip() or not verification.strip():
        raise Refusal(
            "caller_not_verified",
            _("Say who called and how you made sure of it, for instance by calling back a known number."),
            field="caller" if not caller.strip() else "verification",
        )
    return _open(
        actor, Channel.HOTLINE, reason, now, caller=caller.strip(), verification=verification.strip()
    )


@action("lifecycle.propose_expiry")
def propose_expiry(actor: Actor, *, now: datetime) -> Cancellation:
    """The operator begins to cancel what was not renewed; refused before day thirty after the end (C6.4-02)."""
    organization, term = _locked(actor), queries.current_term()
    if organization.state != Organization.State.EXPIRED or term is None or term.ends_on is None:
        raise Refusal("not_expired", _("Only an organization whose paid term has ended can be cancelled so."))
    first = may_be_cancelled_from(term.ends_on)
    if queries.today(organization, now) < first:
        raise Refusal(
            "too_early",
            _("The term ended on %(ended)s. It may be cancelled from %(first)s on.")
            % {"ended": term.ends_on, "first": first},
            first=first.isoformat(),
        )
    return _open(actor, Channel.EXPIRY, f"{term.ends_on}", now)


@action("lifecycle.propose_ceased")
def propose_ceased(actor: Actor, *, now: datetime) -> Cancellation:
    """Begin to cancel what is left after the end of the whole service, once everybody had time to export."""
    organization, cessation = _locked(actor), queries.announced_cessation()
    if organization.state != Organization.State.CEASED or cessation is None or cessation.ceased_at is None:
        raise Refusal("not_ceased", _("The service has not ended."))
    if now < cessation.ceased_at + EXPORT_WINDOW:
        raise Refusal("too_early", _("The time to export is not over yet."))
    return _open(actor, Channel.CEASED, f"{cessation.ceases_on}", now)


@action("lifecycle.propose_taking_back")
def propose_taking_back(actor: Actor, *, now: datetime) -> Cancellation | None:
    """Begin to take back a free organization nobody uses, by the operator's rule; the warning comes first (C6.4-03).

    Returns None while the warning has not run out, which this call gives if it was not given yet.
    """
    if not is_free_and_idle(now):
        raise Refusal("still_used", _("This organization is not free, or it is in use."))
    warned = Warning.objects.filter(about=FREE, sent_at__gt=queries.last_used_at()).first()
    if warned is None:
        _warn_free(actor, now)
        return None
    if queries.today(_locked(actor), now) < warned.of_day:
        return None
    ends_on = warned.of_day
    return _open(actor, Channel.FREE, f"{ends_on}", now)


def is_free_and_idle(now: datetime) -> bool:
    """Whether the operator's rule on free organizations reaches this one."""
    idle, term, seen = free_idle(), queries.current_term(), queries.last_used_at()
    if idle is None or seen is None or (term is not None and term.edition != Term.Edition.FREE):
        return False
    return now - seen >= idle


def _warn_free(actor: Actor, now: datetime) -> None:
    ends_on = queries.today(_locked(actor), now) + free_warning()
    warn_once(FREE, ends_on, now)
    tell(actor, queries.administrator_ids(), letters.FREE_ENDS, {"day": ends_on.isoformat()}, now=now)


@action("lifecycle.confirm_cancellation")
def confirm_cancellation(actor: Actor, *, confirmed_by: str, now: datetime) -> Cancellation:
    """A human of the operator confirms: from now on reading and exporting only, until the window closes."""
    if not confirmed_by.strip():
        raise Refusal("confirmation_needs_person", _("Say who confirms it."), field="confirmed_by")
    organization, found = _locked(actor), _under_way()
    if found.state != State.REQUESTED:
        raise Conflict("confirmed_already", _("This cancellation has been confirmed already."))
    today = queries.today(organization, now)
    found.state, found.confirmed_by, found.confirmed_at = State.CONFIRMED, confirmed_by.strip(), now
    found.export_until = today + EXPORT_WINDOW
    found.save()
    if organization.state == Organization.State.ACTIVE:
        _change(organization, Organization.State.EXPIRED)
    note(found, state=(State.REQUESTED, State.CONFIRMED), confirmed_by=found.confirmed_by)
    values = {"organization": organization.name, "day": found.export_until.isoformat()}
    tell(actor, queries.member_ids(), letters.LEAVING, values, now=now)
    return found


@action("lifecycle.withdraw_cancellation", permission=CANCEL)
def withdraw_cancellation(actor: Actor, *, now: datetime) -> Cancellation:
    """Stay after all. What was only asked for, or still has time to export, is undone."""
    organization, found = _locked(actor), _under_way()
    was_confirmed = found.state == State.CONFIRMED
    found.state = State.WITHDRAWN
    found.save(update_fields=["state"])
    if was_confirmed:
        _revive(organization, now)
        tell(actor, queries.member_ids(), letters.STAYING, {"organization": organization.name}, now=now)
    note(found, state=State.WITHDRAWN)
    return found


def _revive(organization: Organization, now: datetime) -> None:
    """Active again, unless its paid term has ended: then it takes a new one."""
    term = queries.current_term()
    if term is None or term.ends_on is None or term.ends_on >= queries.today(organization, now):
        _change(organization, Organization.State.ACTIVE)


def _open(actor: Actor, channel: str, reason: str, now: datetime, **more: object) -> Cancellation:
    _locked(actor)
    if queries.leaving() is not None:
        raise Conflict("cancellation_under_way", _("A cancellation is under way already."))
    if not reason.strip():
        raise Refusal("reason_required", _("Give a reason."), field="reason")
    found = Cancellation(channel=channel, reason=reason.strip(), requested_at=now, **more)
    found.save(force_insert=True)
    note(found, channel=channel, reason=found.reason)
    return found


def _under_way() -> Cancellation:
    found = queries.leaving()
    if found is None:
        raise NotFound(_("No cancellation is under way."))
    return found


def is_due(cancellation: Cancellation, today: date) -> bool:
    """Whether the time to export is over."""
    return cancellation.export_until is not None and cancellation.export_until < today
