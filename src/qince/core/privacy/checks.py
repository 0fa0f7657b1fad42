"""Who runs the service must be told to the people it keeps data about: production does not start without (C0-11)."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

REQUIRED = ("name", "address", "email")


@register
def operator_is_named(app_configs: Any, **kwargs: Any) -> list[Error]:
    if not settings.PRODUCTION:
        return []
    missing = [name for name in REQUIRED if not settings.OPERATOR.get(name)]
    return [
        Error(
            f"QINCE_OPERATOR_{name.upper()} is empty: the privacy notice must say who runs this service",
            hint="Set it in the environment; it is shown in the notice and in letters.",
            id="qince.E010",
        )
        for name in missing
    ]
