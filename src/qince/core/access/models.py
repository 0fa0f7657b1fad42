"""Roles and grants: which permissions an employee has, and over whose rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import BUILT_IN_ROLES
from qince.kit.errors import Text
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Role(TenantModel):
    """A set of permissions. Built-in roles (`key` set) take theirs from the code; others list them here."""

    key = models.CharField(max_length=40, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    permissions = models.JSONField(_("permissions"), default=list, blank=True)
    masked_fields = models.JSONField(_("masked fields"), default=list, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "name"], name="role_name"),
            models.UniqueConstraint(
                fields=["organization", "key"], condition=~models.Q(key=""), name="role_key"
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def label(self) -> Text:
        """The name; a built-in role's in the reader's language."""
        return BUILT_IN_ROLES.get(self.key, self.name)


class Grant(TenantModel):
    """A role given to an employee over a scope of rows."""

    class Reach(models.TextChoices):
        SELF = "self", _("Own rows")
        SUBORDINATES = "subordinates", _("Own and subordinates'")
        DEPARTMENTS = "departments", _("Listed departments and below")
        ORGANIZATION = "organization", _("Whole organization")

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="grants")
    role = TenantForeignKey(Role, models.PROTECT, related_name="grants")
    reach = models.CharField(_("reach"), max_length=16, choices=Reach, default=Reach.SELF)
    department_ids = models.JSONField(_("departments"), default=list, blank=True)
    granted_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee", "role", "reach"], name="grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.role} ({self.get_reach_display()})"


class SavedView(TenantModel):
    """A list's state under a name: the query string of its URL. Shared ones show for everyone who may open
    the list.
    """

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+")
    resource = models.CharField(max_length=80)
    name = models.CharField(_("name"), max_length=60)
    query = models.TextField(blank=True)
    is_shared = models.BooleanField(_("shared"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee", "resource", "name"], name="saved_view_name"
            ),
        ]
        indexes = [models.Index(fields=["organization", "resource"], name="saved_view_resource")]

    def __str__(self) -> str:
        return self.name
