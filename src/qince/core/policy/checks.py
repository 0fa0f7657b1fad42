"""A service in production runs under the policy it has released: another operator, owner, contact or recipient than
the last release names is refused at start until it is released (C8-05).
"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

COMMAND = "./qince manage migrate --skip-checks && ./qince manage release_policy"
# What the operator has set differently; what a new version of the program brings stays closed by itself until released.
OPERATORS_OWN = ("C8-05", "C8-06", "C8-08")


@register(Tags.database)
def policy_is_released(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    if not databases:
        return []
    from qince.core.policy.releasing import compared
    from qince.core.policy.significance import words

    try:
        found = compared()
    except DatabaseError:  # not migrated yet
        return []
    if found.before is None or not found.reasons:
        return []
    is_the_operators = any(reason.clause in OPERATORS_OWN for reason in found.reasons)
    kind = Error if settings.PRODUCTION and is_the_operators else Warning
    why = "; ".join(words(reason.as_dict()) for reason in found.reasons[:5])
    return [kind(f"the policy has changed and is not released: {why}", hint=COMMAND, id="qince.E012")]
