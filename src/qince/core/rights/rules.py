"""Who handles cases, and who authorizes a member's deletion."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import PRIVACY_OFFICER, permission

HANDLE = permission(
    "rights.handle", _("Handle requests about personal data"), default_roles=(PRIVACY_OFFICER,)
)
CALENDAR = permission("rights.edit_calendar", _("Set the working calendar"), default_roles=(PRIVACY_OFFICER,))
AUTHORIZE = permission("rights.authorize", _("Authorize members' requests to delete data"))
