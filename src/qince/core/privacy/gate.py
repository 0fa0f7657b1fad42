"""The gate, asked before anything personal is taken. No basis means a typed refusal and nothing stored."""

from collections.abc import Mapping
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from qince.core.privacy.registry import AT_THE_ACT, BACKGROUND, NEVER
from qince.kit.errors import Refusal, Text
from qince.kit.tenancy import current_organization_id

BASIC, CAPACITY, LOCATION, IMPROVEMENT = "basic", "capacity", "location", "improvement"
# Each circumstance allows itself and everything narrower.
WIDTH = {"": 0, NEVER: 0, AT_THE_ACT: 1, BACKGROUND: 2}


class ConsentRequired(Refusal):
    """No consent stands for `purpose`; `alternative` says how the person can go on without it."""

    status = 403

    def __init__(self, purpose: str, *, alternative: Text | None = None) -> None:
        message = alternative or _(
            "You have not agreed to this use of your data. You can change that under Me → Privacy."
        )
        super().__init__("consent_required", message, purpose=purpose)
        self.purpose = purpose


class Standing:
    """All consents of one person, read once per request."""

    def __init__(self, employee_id: UUID, held: Mapping[str, str] | None = None) -> None:
        """`held`, when already read: granted purposes and their circumstances."""
        self._held = _held(employee_id) if held is None else held

    def allows(self, purpose: str, circumstances: str = "") -> bool:
        held = self._held.get(purpose)
        return held is not None and WIDTH[held] >= WIDTH[circumstances]

    @property
    def may_begin(self) -> bool:
        """Whether the notice is agreed to and the age confirmed: before that, nothing is taken at all."""
        return self.allows(BASIC) and self.allows(CAPACITY)

    def require(self, purpose: str, circumstances: str = "", *, alternative: Text | None = None) -> None:
        if not self.allows(purpose, circumstances):
            raise ConsentRequired(purpose, alternative=alternative)


# Written out, for it runs before every page.
_HELD = """
    SELECT purpose, circumstances FROM privacy_consent
     WHERE organization_id = %s AND employee_id = %s AND is_granted
"""


def _held(employee_id: UUID) -> Mapping[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [current_organization_id(), employee_id])
        return dict(cursor.fetchall())
