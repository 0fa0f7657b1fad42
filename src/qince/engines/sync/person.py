"""Who pushes or pulls, read in one statement: this runs for every request of every phone.

It asks what `access.queries.actor_for` and `privacy.gate.Standing` ask, of the same tables; a test holds them equal.
"""

from dataclasses import dataclass, replace

from django.db import connection
from django.utils.translation import gettext as _

from qince.core.access.queries import GRANTS, actor_of
from qince.core.organizations.models import Organization
from qince.core.organizations.rules import require_open
from qince.core.privacy.gate import BASIC, HELD_ROWS, HELD_VALUES, ConsentRequired, Standing
from qince.core.signin.api import SignedOut
from qince.kit.actor import Actor
from qince.kit.errors import Refusal

# The text is ours, values are bound.
_PERSON = f"""
    SELECT e.name, e.restricted_at IS NOT NULL, o.name, o.state, o.time_zone, o.settings::json,
        ({GRANTS}),
        (SELECT coalesce(json_object_agg(c.purpose, json_build_array({HELD_VALUES})), '{{}}')
           FROM privacy_consent c
          WHERE c.organization_id = e.organization_id AND c.employee_id = e.id AND {HELD_ROWS}),
        (SELECT coalesce(json_agg(a.subject), '[]') FROM policy_assessment a
          WHERE a.organization_id = e.organization_id AND a.risk = 'high' AND a.signed_at IS NULL)
      FROM people_employee e
      JOIN organizations_organization o ON o.id = e.organization_id
     WHERE e.organization_id = %s AND e.id = %s AND e.status = 'active'
"""  # nosec B608


class UseRestricted(Refusal):
    """Nothing new is taken from a person while the use of their data is restricted; the phone keeps its work."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "use_restricted",
            _(
                "The use of your data is restricted for now. Your rights remain; your work stays on the phone."
            ),
        )


@dataclass(frozen=True, slots=True)
class Person:
    """The actor with permissions, the consents that stand, and the organization."""

    actor: Actor
    standing: Standing
    organization: Organization


def load(caller: Actor) -> Person:
    """The person behind a token, inside the tenant. Refuses whoever left, and whoever has not agreed to the notice."""
    with connection.cursor() as cursor:
        cursor.execute(_PERSON, [caller.organization_id, caller.employee_id])
        row = cursor.fetchone()
    if row is None:
        raise SignedOut
    name, is_restricted, organization_name, state, time_zone, settings, grants, consents, blocked = row
    organization = Organization(
        id=caller.organization_id, name=organization_name, state=state, time_zone=time_zone, settings=settings
    )
    require_open(organization)
    if is_restricted:
        raise UseRestricted
    standing = Standing(caller.employee_id, consents, blocked)  # type: ignore[arg-type]
    if not standing.may_begin:
        raise ConsentRequired(BASIC, alternative=_("Read the notice and agree to it first."))
    actor = actor_of(caller, grants, organization)
    return Person(replace(actor, name=name, is_restricted=is_restricted), standing, organization)
