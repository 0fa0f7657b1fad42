"""The trail names who acted. Its chain must stay whole, so only the content beside it is ever erased."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function

function(
    "audit.trail",
    _("Trail of changes"),
    family=Family.CORE,
    purposes=("security",),
    scope=_("Who did what, when and to what; not what was written in messages."),
    why=_("So that every change can be explained and none be made in secret."),
    method=_("Noted by the server with each act and chained, so that later alterations show."),
    if_refused=_("The law requires these records; there is no use of the service without them."),
)


def _trail(on_erase: str) -> Personal:
    return Personal(
        _("Trail of changes: who did what, when, to what"),
        Kind.BASIC,
        ("security",),
        "actor_id",
        source="use",
        retention="employment+2y",
        on_erase=on_erase,
        clauses=("C2.2.3-05",),
    )


declare("audit.Entry", "at action actor_id client target_kind target_id", _trail("keep"))
declare("audit.Entry", "actor_name target_name", _trail("pseudonym"))
declare("audit.Entry", "changes", _trail("null"))
declare("audit.Entry", "id organization digest sequence link salt erased", NotPersonal("the chain itself"))
declare("audit.Head", "id organization on at sequence link signature", NotPersonal("the chain itself"))
