"""Terms of use: noting them, warning before they end, closing for writing when they have ended, reviving."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from qince.core.letters.actions import Addressee, send
from qince.core.lifecycle import letters, queries
from qince.core.lifecycle.models import Term, Warning
from qince.core.lifecycle.rules import WARNED_BEFORE, may_be_cancelled_from
from qince.core.organizations.models import Organization
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal

State = Organization.State


@action("lifecycle.note_term")
def note_term(
    actor: Actor, *, edition: str, starts_on: date, ends_on: date | None, noted_by: str, now: datetime
) -> Term:
    """Put a term on record (the operator's act). A term that runs on today revives an expired organization."""
    if edition not in Term.Edition.values:
        raise Refusal("unknown_edition", _("There is no such edition."), field="edition")
    if edition == Term.Edition.PAID and (ends_on is None or ends_on < starts_on):
        raise Refusal(
            "term_needs_end", _("A paid term needs a last day, not before its first."), field="ends_on"
        )
    organization = _locked(actor)
    if organization.state in (State.CLOSED, State.CEASED):
        raise Refusal("organization_closed", _("This organization has been closed for good."))
    term = Term(edition=edition, starts_on=starts_on, ends_on=ends_on, noted_by=noted_by, noted_at=now)
    term.save(force_insert=True)
    today = queries.today(organization, now)
    if organization.state == State.EXPIRED and (ends_on is None or ends_on >= today):
        _change(organization, State.ACTIVE)
    note(organization, edition=edition, ends_on=str(ends_on or ""), state=organization.state)
    return term


@action("lifecycle.watch_term")
def watch_term(actor: Actor, *, now: datetime) -> str:
    """Warn before a paid term ends, and let only reading and exporting go on once it has. Returns the state."""
    organization = _locked(actor)
    term, today = queries.current_term(), queries.today(organization, now)
    if organization.state != State.ACTIVE or term is None or term.ends_on is None:
        return str(organization.state)
    if term.ends_on < today:
        _change(organization, State.EXPIRED)
        note(organization, state=(State.ACTIVE, State.EXPIRED))
        day = may_be_cancelled_from(term.ends_on)
        tell(actor, queries.administrator_ids(), letters.EXPIRED, {"day": day.isoformat()}, now=now)
    else:
        _warn(actor, term.ends_on, today, now)
    return str(organization.state)


def _warn(actor: Actor, ends_on: date, today: date, now: datetime) -> None:
    """One letter for each step of `WARNED_BEFORE` that has been reached; a step missed by a day still counts."""
    reached = [days for days in WARNED_BEFORE if ends_on - today <= timedelta(days=days)]
    if reached and warn_once(f"term-{min(reached)}", ends_on, now):
        tell(actor, queries.administrator_ids(), letters.ENDS_SOON, {"day": ends_on.isoformat()}, now=now)


def warn_once(about: str, of_day: date, now: datetime) -> bool:
    """Whether this warning has not been given before; notes it."""
    _found, is_new = Warning.objects.get_or_create(about=about, of_day=of_day, defaults={"sent_at": now})
    return bool(is_new)


def tell(
    actor: Actor, employee_ids: Sequence[object], kind: str, values: dict[str, str], *, now: datetime
) -> None:
    """A letter in the app and by e-mail to each."""
    to = [Addressee(employee_id=key) for key in employee_ids]  # type: ignore[arg-type]
    send(
        actor, to=to, kind=kind, values=values, channels=("app", "email"), link="/organization/term/", now=now
    )


def _change(organization: Organization, state: str) -> None:
    organization.state = state
    organization.save(update_fields=["state"])


def _locked(actor: Actor) -> Organization:
    return Organization.objects.select_for_update(no_key=True).get(pk=actor.organization_id)
