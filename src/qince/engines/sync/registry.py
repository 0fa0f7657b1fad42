"""What a phone may send and fetch: each feature's `sync.py` registers its operations and collections here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from qince.core.organizations.functions import family_of_module
from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.core.privacy.gate import Standing
from qince.engines.evidence.envelope import Clock
from qince.engines.evidence.place import Delivery
from qince.kit.actor import Actor
from qince.kit.errors import Refusal

P = TypeVar("P", bound=msgspec.Struct)
Outcome = dict[str, Any] | Refusal


@dataclass(frozen=True, slots=True)
class Item(Generic[P]):
    """One operation, decoded and due."""

    id: UUID
    payload: P
    hash: str
    occurred_at: datetime
    # Of an edit: the version of the record that this phone saw last, or made by an operation this one builds on.
    base_version: int | None = None

    def require_base(self) -> int:
        """The version that is edited; an edit that does not say which is refused."""
        if self.base_version is None:
            text = _("The app did not say which version was changed. Update the app.")
            raise Refusal("base_version_missing", text)
        return self.base_version


@dataclass(frozen=True)  # no slots: what is worked out from it is worked out once
class Context:
    """What holds for a whole push: the organization, the person's consents, the server's and the phone's clocks."""

    organization: Organization
    standing: Standing
    received_at: datetime
    sent: Clock | None
    device_id: UUID | None

    @cached_property
    def settings(self) -> Settings:
        return Settings.of(self.organization)

    @cached_property
    def delivery(self) -> Delivery:
        return Delivery(self.sent, self.received_at, self.device_id)

    @cached_property
    def fence(self) -> dict[str, int]:
        """How accuracies enter verdicts in this organization: `cap_m` and `unusable_m`, both metres."""
        chosen = self.settings
        return {"cap_m": chosen.fence_cap_m, "unusable_m": chosen.fence_unusable_m}


Apply = Callable[[Actor, list[Item[Any]], Context], list[Outcome]]


@dataclass(frozen=True, slots=True)
class Record:
    """The record that an operation makes or edits, where it may be edited elsewhere, too.

    `collection`: in which phones hold it. `key`: the payload's field that names it. `said`: the payload's field in
    which apps of the release before say the version they saw, instead of the operation's `base_version`. The result
    of an accepted operation tells the record's `version`. `held_in`: of a record that phones hold as a part of
    another, the id of that one.
    """

    collection: str
    key: str
    said: str = ""
    held_in: Callable[[UUID], UUID | None] | None = None


@dataclass(frozen=True, slots=True)
class OperationType:
    name: str
    payload: type[msgspec.Struct]
    apply: Apply
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """A set of records a phone holds. `versions` is cheap and runs at every pull; `load` only for what changed."""

    name: str
    versions: Callable[[Actor, datetime], dict[str, Any]]
    load: Callable[[Actor, list[str], datetime], Iterable[dict[str, Any]]]
    family: str = ""  # of functions; closed, its records leave the phone


operations: dict[str, OperationType] = {}
collections: dict[str, Collection] = {}


def operation(
    name: str, payload: type[msgspec.Struct], *, record: Record | None = None
) -> Callable[[Apply], Apply]:
    """Register the decorated function for operations called `name`.

    It gets operations of one push that are due, decoded, and answers each: a result, or why not. It may raise a
    `Refusal` that holds for all of them.
    """

    def register(apply: Apply) -> Apply:
        operations[name] = OperationType(name, payload, apply, record)
        return apply

    return register


def collection(name: str, *, versions: Any, load: Any) -> None:
    collections[name] = Collection(name, versions, load, family_of_module(versions.__module__))


def apply_each(items: list[Item[P]], run: Callable[[Item[P]], dict[str, Any]]) -> list[Outcome]:
    """Apply each in a savepoint of its own: one that is refused leaves the others."""
    outcomes: list[Outcome] = []
    for item in items:
        try:
            with transaction.atomic():
                outcomes.append(run(item))
        except Refusal as refusal:
            outcomes.append(refusal)
    return outcomes
