"""Who may do what is about a person's work."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function

function(
    "access.roles",
    _("Roles, rights and saved views"),
    family=Family.CORE,
    purposes=("basic", "security"),
    scope=_("Which roles you hold and over whom, and the views of lists you saved."),
    why=_("So that everybody sees and does what the task needs, and no more."),
    method=_("Granted by administrators; each grant is on record."),
    if_refused=_("Without a role only your own pages open. Saved views are your choice."),
)

declare(
    "access.Grant",
    "employee role reach department_ids granted_by granted_at",
    Personal(
        _("Roles and rights in Qince"),
        Kind.BASIC,
        ("security",),
        "employee",
        source="organization",
        clauses=("C5.3-01",),
    ),
)
declare("access.Grant", "id organization", NotPersonal("technical key"))
declare(
    "access.Role",
    "id organization key name permissions masked_fields",
    NotPersonal("a set of permissions, about nobody"),
)
declare(
    "access.SavedView",
    "employee resource name query is_shared created_at",
    Personal(
        _("Views of lists you saved"),
        Kind.ADDITIONAL,
        ("basic",),
        "employee",
        clauses=("C2.2.1-01",),
    ),
)
declare("access.SavedView", "id organization", NotPersonal("technical key"))
