"""Reactions: exports and sign-ins are looked at within the transaction of the act itself."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from qince.core.accounts import limits
from qince.core.accounts.models import Account
from qince.core.audit.models import Entry
from qince.core.signin.events import SignedIn
from qince.core.watch import deciding
from qince.core.watch.alerts import raise_for, settings_of
from qince.core.watch.jobs import look_at_failures
from qince.kit import clock
from qince.kit.events import subscribe
from qince.kit.resource.events import Exported
from qince.kit.tenancy import current_organization_id

HOUR = timedelta(hours=1)


@subscribe(Exported)
def count_exported(event: Exported) -> None:
    """This export's own entry is written when it is done: its rows are added here."""
    if event.employee_id is None:
        return
    now, organization = clock.now(), current_organization_id()
    entries = Entry.objects.filter(
        actor_id=event.employee_id, action__endswith=".export", at__gt=now - HOUR
    ).values_list("changes", flat=True)
    rows = event.rows + sum(_rows(changes) for changes in entries)
    limit = settings_of(organization).export_rows_per_hour
    if rows > limit:
        facts = {"rows": rows, "limit": limit}
        key = f"{now:%Y-%m-%dT%H}"
        raise_for(organization, event.employee_id, deciding.MASS_EXPORT, key=key, facts=facts, now=now)


def _rows(changes: object) -> int:
    told = changes.get("rows") if isinstance(changes, dict) else 0
    return told if isinstance(told, int) else 0


@subscribe(SignedIn)
def look_at_device(event: SignedIn) -> None:
    if event.is_new_beside_others:
        raise_for(
            current_organization_id(), event.employee_id, deciding.NEW_DEVICE,
            key=str(event.device_id), facts={}, now=clock.now(),
        )  # fmt: skip


@limits.when_exhausted
def note_failures(mobile: str) -> None:
    """Sign-in belongs to no organization yet, and its answer may not take longer for known numbers: a job goes on."""
    account = Account.objects.filter(mobile=mobile).values_list("pk", flat=True).first()
    if account is None:
        return
    lock = f"watch.failures.{account}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        look_at_failures.configure(queueing_lock=lock).defer(account_id=str(account))
