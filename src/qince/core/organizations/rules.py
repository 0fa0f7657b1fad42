"""Permissions about the organization itself, and the condition under which its basic services answer."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import permission
from qince.core.organizations.models import Organization
from qince.kit.errors import Refusal

EDIT = permission("organizations.edit", _("Change the organization's details and settings"))


class RegistrationIncomplete(Refusal):
    """Basic services are closed until location, industry and headcount are known (C2.1.2-17)."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "complete_registration",
            _("Your organization's registration is not complete. Ask an administrator to complete it."),
        )


def require_open(organization: Organization) -> None:
    """Let basic services of an active organization pass; raise a `Refusal` that says why not otherwise."""
    if organization.state == Organization.State.REGISTERED:
        raise RegistrationIncomplete
    if organization.is_reading_only:
        message = _(
            "Nothing can be sent any more: %(state)s. What is on this phone stays there; ask your administrator."
        )
        raise Refusal(
            "organization_reading_only", message % {"state": organization.get_state_display()}, status=403
        )
    if not organization.is_open:
        raise Refusal("organization_closed", _("This organization is suspended or closed."), status=403)
