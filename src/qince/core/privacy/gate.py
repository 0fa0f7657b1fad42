"""The gate, asked before anything personal is taken. No basis means a typed refusal and nothing stored.

Three keys open it: the person's consent to the purpose, within the release of the policy it was given under, and no
impact assessment that blocks it. A device permission is a fourth, for what a device takes.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from qince.core.privacy.registry import AT_THE_ACT, BACKGROUND, NEVER
from qince.kit.errors import Refusal, Text
from qince.kit.tenancy import current_organization_id

BASIC, CAPACITY, LOCATION, IMPROVEMENT = "basic", "capacity", "location", "improvement"
# Agreed to as documents: the user agreement, and a considerable change of the policy.
TERMS, CHANGE = "terms", "policy_change"
# What everybody decides before anything begins, each an act and a row of its own.
ENTRY = (BASIC, TERMS, CAPACITY)
# Each circumstance allows itself and everything narrower.
WIDTH = {"": 0, NEVER: 0, AT_THE_ACT: 1, BACKGROUND: 2}
# Ledger scopes of device permissions begin so.
DEVICE = "device:"
WITHOUT_RELEASE = 1_000_000  # what is in no release yet is open to nobody


class Held(NamedTuple):
    """Where a person stands on one scope; `release` is that of the policy it was decided under.

    `at`: when, in seconds since 1970; 0 for what was declined, so that nothing earlier counts either.
    """

    is_granted: bool
    circumstances: str = ""
    release: int = 1
    at: float = 0.0


# In which release of the policy a function came to the people; how to know is told by `core.policy`.
_since: list[Callable[[str], int]] = []
# The release that a consent has to reach to count at all; how to know is told by `core.policy`.
_least: list[Callable[[], int]] = []
# Which purposes and functions an unsigned assessment of high risk holds shut in the current organization.
_blocks: list[Callable[[], Collection[str]]] = []


def releases_by(provider: Callable[[str], int]) -> None:
    _since[:] = [provider]


def renewed_by(provider: Callable[[], int]) -> None:
    _least[:] = [provider]


def least_release() -> int:
    """Consents given under an earlier release were given to an operator whose successor has another policy (C4.2-03):
    they count no more until they are given anew. 0: all count.
    """
    return _least[0]() if _least else 0


def blocked_by(provider: Callable[[], Collection[str]]) -> None:
    _blocks[:] = [provider]


class ConsentRequired(Refusal):
    """No consent stands for `purpose`; `alternative` says how the person can go on without it."""

    status = 403

    def __init__(self, purpose: str, *, alternative: Text | None = None) -> None:
        message = alternative or _(
            "You have not agreed to this use of your data. You can change that under Me → Privacy."
        )
        super().__init__("consent_required", message, purpose=purpose)
        self.purpose = purpose


class PermissionRevoked(Refusal):
    """The device no longer lets this be taken, or this use of it was never allowed."""

    status = 403

    def __init__(self, permission: str) -> None:
        super().__init__(
            "permission_revoked",
            _("Your device does not allow this, or did not at that moment. Nothing was stored."),
            permission=permission,
        )


class Standing:
    """All consents of one person, read once per request."""

    def __init__(
        self,
        employee_id: UUID,
        held: Mapping[str, Iterable[Any]] | None = None,
        blocked: Collection[str] | None = None,
    ) -> None:
        """`held`, when already read: scope → the values of `Held`; `blocked`: what assessments hold shut."""
        self.employee_id = employee_id
        self._held = _held(employee_id) if held is None else {key: Held(*row) for key, row in held.items()}
        self._blocked = blocked
        self._least: int | None = None

    def allows(self, purpose: str, circumstances: str = "", *, function: str = "") -> bool:
        held = self._held.get(purpose)
        if held is None or not held.is_granted or WIDTH[held.circumstances] < WIDTH[circumstances]:
            return False
        if self.is_outdated(purpose):
            return False
        if purpose in ENTRY and not function:
            return True
        return not self.is_blocked(purpose, function) and self.is_in_scope(purpose, function)

    def is_outdated(self, purpose: str) -> bool:
        """Whether the consent does not reach the policy of the operator who has taken over since."""
        if self._least is None:
            self._least = least_release()
        return self._least > 0 and self.release_of(purpose) < self._least

    def is_in_scope(self, purpose: str, function: str) -> bool:
        """Whether the function was part of the policy when the person agreed to the purpose: what came later is asked
        anew, and stays closed for whoever declined.
        """
        if not function or not _since:
            return True
        return _since[0](function) <= self.release_of(purpose)

    def release_of(self, purpose: str) -> int:
        """The release a consent reaches up to. Agreeing to a changed policy lifts the basic scope, and no other."""
        held = self._held.get(purpose)
        release = held.release if held and held.is_granted else 0
        change = self._held.get(CHANGE)
        if purpose in ENTRY and change and change.is_granted:
            release = max(release, change.release)
        return release

    @property
    def answered_release(self) -> int:
        """The latest release the person has decided on, either way."""
        change = self._held.get(CHANGE)
        return max(self.release_of(BASIC), change.release if change else 0)

    def is_blocked(self, purpose: str, function: str = "") -> bool:
        if self._blocked is None:
            self._blocked = _blocks[0]() if _blocks else ()
        return purpose in self._blocked or (bool(function) and function in self._blocked)

    @property
    def may_begin(self) -> bool:
        """Whether notice and user agreement are agreed to and the age confirmed: before, nothing is taken at all."""
        return all(self.allows(each) for each in ENTRY)

    @property
    def has_begun(self) -> bool:
        """Whether the notice was agreed to, if under an earlier operator's policy: the own rights stay open then."""
        held = self._held.get(BASIC)
        return held is not None and held.is_granted

    def require(
        self, purpose: str, circumstances: str = "", *, function: str = "", alternative: Text | None = None
    ) -> None:
        if not self.allows(purpose, circumstances, function=function):
            raise ConsentRequired(purpose, alternative=alternative)

    def device_allows(
        self, permission: str, at: Callable[[], datetime], *, device_id: UUID | None = None, use: str = ""
    ) -> bool:
        """Whether the device let `permission` be used when something was taken: `at` is asked only where it matters.

        Off from the moment it was switched off, also for what arrives late; what was taken before stays lawful. A
        `use` has to be allowed by an act of its own.
        """
        system = self._held.get(device_scope(permission, device_id))
        if system and not system.is_granted and at().timestamp() >= system.at:
            return False
        if not use:
            return True
        chosen = self._held.get(use_scope(permission, use))
        return chosen is not None and (chosen.is_granted or at().timestamp() < chosen.at)

    def require_device(
        self, permission: str, at: Callable[[], datetime], *, device_id: UUID | None = None, use: str = ""
    ) -> None:
        if not self.device_allows(permission, at, device_id=device_id, use=use):
            raise PermissionRevoked(permission)


def device_scope(permission: str, device_id: UUID | None) -> str:
    """The ledger's scope for the state of a permission in the system of one device."""
    return f"{DEVICE}{permission}@{device_id.hex[-12:] if device_id else ''}"


def use_scope(permission: str, use: str) -> str:
    """The ledger's scope for one use of a permission, whatever the device."""
    return f"{DEVICE}{permission}:{use}"


# The consents of a person as `Held` takes them, by scope: what stands, what a device switched off, and the answer to
# a changed policy. Written out, for it runs before every page; `c` is a row of the ledger's projection.
HELD_VALUES = """c.is_granted, c.circumstances, c.release,
    CASE WHEN c.act = 'declined' THEN 0 ELSE extract(epoch FROM c.at)::float8 END"""
HELD_ROWS = f"(c.is_granted OR c.purpose LIKE '{DEVICE}%%' OR c.purpose = '{CHANGE}')"
_HELD = f"""
    SELECT c.purpose, {HELD_VALUES} FROM privacy_consent c
     WHERE c.organization_id = %s AND c.employee_id = %s AND {HELD_ROWS}
"""  # nosec B608


def _held(employee_id: UUID) -> Mapping[str, Held]:
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [current_organization_id(), employee_id])
        return {purpose: Held(*values) for purpose, *values in cursor.fetchall()}
