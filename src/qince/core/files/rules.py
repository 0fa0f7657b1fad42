"""Permissions of files. Taking one in needs none; removing one for good does."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import permission

DELETE = permission("files.delete", _("Remove files for good"))
