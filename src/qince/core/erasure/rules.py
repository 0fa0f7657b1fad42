"""Permissions of erasing, and of how long data is kept; and whom they reach."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import permission
from qince.kit.actor import Actor
from qince.kit.errors import NotFound

OFFICER = ("privacy_officer",)

VIEW = permission("erasure.view", _("See erasures, their proofs and retention"), default_roles=OFFICER)
ERASE = permission("erasure.erase", _("Erase people's data"), default_roles=OFFICER)
COPY = permission("erasure.copy", _("Make a copy of a person's data for them"), default_roles=OFFICER)
RESTRICT = permission("erasure.restrict", _("Restrict the use of a person's data"), default_roles=OFFICER)
RETENTION = permission("erasure.retention", _("Set retention and place holds"), default_roles=OFFICER)


def require_reach(actor: Actor, permission: str, employee_id: UUID | None) -> None:
    """`NotFound` unless the permission reaches the person; one who is no employee, only with everybody's reach.

    Whoever is restricted is in nobody's scope, and must still be erased, copied for and released.
    """
    scope = actor.scope(permission)
    if not scope.everyone and (employee_id is None or employee_id not in scope.employee_ids):
        raise NotFound
