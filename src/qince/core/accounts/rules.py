"""Permissions about other people's devices. One's own need none."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import permission

CONFIRM_DEVICE = permission("accounts.confirm_device", _("Confirm and sign out employees' devices"))
