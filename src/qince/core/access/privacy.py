"""Who may do what is about a person's work."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare

declare(
    "access.Grant",
    "employee role reach department_ids granted_by granted_at",
    Personal(_("Roles and rights in Qince"), Kind.BASIC, ("security",), "employee", source="organization"),
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
    Personal(_("Views of lists you saved"), Kind.ADDITIONAL, ("basic",), "employee"),
)
declare("access.SavedView", "id organization", NotPersonal("technical key"))
