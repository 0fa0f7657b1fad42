"""Writes about the organization itself."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from qince.core.organizations.events import FamilyClosed, FamilyOpened, RegistrationCompleted
from qince.core.organizations.functions import FAMILIES
from qince.core.organizations.models import Organization
from qince.core.organizations.rules import EDIT
from qince.core.organizations.settings import LOG_FLOOR_DAYS, Settings, still_given, widened
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.events import publish
from qince.kit.identifiers import NotACreditCode, credit_code

DETAILS = ("name", "kind", "location", "industry", "headcount", "time_zone", "credit_code")


@action("organizations.complete_registration", permission=EDIT)
def complete_registration(actor: Actor, *, location: str, industry: str, headcount: int) -> Organization:
    """Give the three details that open the basic services (C2.1.2-17)."""
    found = _locked(actor)
    if found.state == Organization.State.REGISTERED and not (found.opened_by and found.opener_proof):
        message = _("Hand in the document that shows who opened the organization and that they may.")
        raise Refusal("opener_proof_required", message, field="proof")
    _require(location=location.strip(), industry=industry.strip(), headcount=headcount)
    found.location, found.industry, found.headcount = location.strip(), industry.strip(), headcount
    if found.state == Organization.State.REGISTERED:
        found.state = Organization.State.ACTIVE
        publish(RegistrationCompleted())
    found.save()
    note(found, location=found.location, industry=found.industry, headcount=headcount, state=found.state)
    return found


@action("organizations.record_opener_proof", permission=EDIT)
def record_opener_proof(actor: Actor, *, sha256: str) -> None:
    """Note which document the opener handed in (C1.1-03): an administrator's, or the legal representative's."""
    found = _locked(actor)
    found.opener_proof = sha256
    found.save(update_fields=["opener_proof"])
    note(found, opened_by=found.opened_by, sha256=sha256)


@action("organizations.edit")
def edit_details(actor: Actor, **details: Any) -> Organization:
    """Change some of `DETAILS`. Details once complete cannot be emptied again."""
    found = _locked(actor)
    if details.get("credit_code"):
        details["credit_code"] = checked_credit_code(details["credit_code"])
    if "time_zone" in details and details["time_zone"] not in available_timezones():
        raise Refusal("unknown_time_zone", _("There is no such time zone."), field="time_zone")
    changed = {
        name: details[name] for name in DETAILS if name in details and details[name] != getattr(found, name)
    }
    if found.is_open:
        _require(**{name: changed[name] for name in ("location", "industry", "headcount") if name in changed})
    if "name" in changed:
        _require(name=changed["name"])
    before = {name: getattr(found, name) for name in changed}
    for name, value in changed.items():
        setattr(found, name, value)
    found.save()
    note(found, **{name: (before[name], value) for name, value in changed.items()})
    return found


@action("organizations.edit_settings", permission=EDIT)
def edit_settings(actor: Actor, *, why: str = "", **changes: Any) -> Settings:
    """Change some of the fields of `Settings`. Each change is an instruction on record (C2.2.5-05).

    Whatever collects more about people than before needs a reason, which the record of processing shows (C2.2.5-08).
    """
    found = _locked(actor)
    before = Settings.of(found)
    after = replace(before, **changes)
    if after.log_days < LOG_FLOOR_DAYS:
        raise Refusal(
            "log_floor",
            _("The law requires network logs to be kept for six months: 184 days at least."),
            field="log_days",
        )
    reasons = still_given({**before.reasons, **_reasons(before, after, why.strip())}, after)
    after = replace(after, reasons=reasons)
    old, new = before.as_dict(), after.as_dict()
    found.settings = {**found.settings, **new}
    found.save(update_fields=["settings"])
    note(found, **{name: (old[name], new[name]) for name in new if old[name] != new[name]})
    return after


def _reasons(before: Settings, after: Settings, why: str) -> dict[str, str]:
    wider = widened(before, after)
    if wider and not why:
        raise Refusal(
            "reason_required",
            _("With this, more is collected about your people than before. Say what it is needed for."),
            field="why",
        )
    return dict.fromkeys(wider, why)


@action("organizations.close_family", permission=EDIT)
def close_family(actor: Actor, *, family: str, departments: Collection[str] = (), now: datetime) -> None:
    """Close a family of functions: for everybody, or for the given departments (their ids) alone.

    Its purposes end with that: the terms of its data run from `now`. Closing for others than before begins them anew.
    """
    found = _of_family(actor, family)
    before, wanted = Settings.of(found), sorted(departments)
    is_new = before.closed_families.get(family) != wanted
    since = {**before.closed_since, **({family: now.isoformat()} if is_new else {})}
    _keep_closed(found, {**before.closed_families, family: wanted}, since)
    note(found, family=family, closed=("", ", ".join(wanted) or "*"))
    publish(FamilyClosed(family, tuple(wanted), now))


@action("organizations.open_family", permission=EDIT)
def open_family(actor: Actor, *, family: str) -> None:
    """Open a family again for everybody: what was recorded before is there as it was, and no term of it runs."""
    found = _of_family(actor, family)
    before = Settings.of(found)
    closed, since = dict(before.closed_families), dict(before.closed_since)
    closed.pop(family, None)
    since.pop(family, None)
    _keep_closed(found, closed, since)
    note(found, family=family, closed=("*", ""))
    publish(FamilyOpened(family))


def _of_family(actor: Actor, family: str) -> Organization:
    if family not in FAMILIES:
        raise Refusal("unknown_family", _("There is no such group of functions."), field="family")
    return _locked(actor)


def _keep_closed(organization: Organization, closed: dict[str, list[str]], since: dict[str, str]) -> None:
    organization.settings = {**organization.settings, "closed_families": closed, "closed_since": since}
    organization.save(update_fields=["settings"])


def checked_credit_code(text: str) -> str:
    """The canonical unified social credit code, or a `Refusal` (C2.1.2-19)."""
    try:
        return credit_code(text)
    except NotACreditCode as error:
        raise Refusal(
            "not_a_credit_code", _("This is not a valid unified social credit code."), field="credit_code"
        ) from error


def _require(**values: Any) -> None:
    missing = {name: _("Required.") for name, value in values.items() if not value}
    if missing:
        raise Refusal("details_missing", _("Some details are missing."), fields=dict(missing))


def _locked(actor: Actor) -> Organization:
    return Organization.objects.select_for_update().get(pk=actor.organization_id)
