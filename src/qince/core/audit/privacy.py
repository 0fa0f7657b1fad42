"""The trail names who acted. Its chain must stay whole, so only the content beside it is ever erased."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare


def _trail(on_erase: str) -> Personal:
    return Personal(
        _("Trail of changes: who did what, when, to what"),
        Kind.BASIC,
        ("security",),
        "actor_id",
        source="use",
        retention="employment+2y",
        on_erase=on_erase,
    )


declare("audit.Entry", "at action actor_id client target_kind target_id", _trail("keep"))
declare("audit.Entry", "actor_name target_name", _trail("pseudonym"))
declare("audit.Entry", "changes", _trail("null"))
declare("audit.Entry", "id organization digest sequence link salt erased", NotPersonal("the chain itself"))
