"""People: departments, employees, their memberships and reporting lines, dated so that old reports stay
right.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.spelling import SpelledField
from qince.kit.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class Affiliation(models.Model):
    """Which account is which employee of which organization; read before the organization is known (sign-in)."""

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="affiliations")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    employee_id = models.UUIDField()
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "organization"], name="affiliation_once"),
            models.UniqueConstraint(fields=["organization", "employee_id"], name="affiliation_employee"),
        ]


class Department(TenantModel):
    name = models.CharField(_("name"), max_length=80)
    name_key = SpelledField("name")
    parent = TenantForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent department"),
    )
    # Ids from the root to this department, each followed by a slash: a subtree is one indexed prefix.
    path = models.TextField(editable=False)
    sequence = models.PositiveIntegerField(_("order"), default=0)
    code = models.CharField(_("code"), max_length=40, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "parent", "name"], name="department_name", nulls_distinct=False
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "path"],
                name="department_path",
                opclasses=["uuid_ops", "text_pattern_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.name


class EmployeeQuerySet(TenantQuerySet):
    def present(self) -> "EmployeeQuerySet":
        """Without those who left."""
        return self.exclude(status=Employee.Status.LEFT)


class Employee(TenantModel):  # type: ignore[django-manager-missing]
    class Status(models.TextChoices):
        INVITED = "invited", _("Not activated")
        ACTIVE = "active", _("Active")
        SUSPENDED = "suspended", _("Suspended")
        LEFT = "left", _("Left")

    account = models.ForeignKey("accounts.Account", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    name_key = SpelledField("name", is_person=True)
    mobile = models.CharField(_("mobile"), max_length=20)
    number = models.CharField(_("employee number"), max_length=40, blank=True)
    position = models.CharField(_("position"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    hired_on = models.DateField(_("date of employment"), null=True, blank=True)
    leader = TenantForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subordinates",
        verbose_name=_("direct leader"),
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.INVITED)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    # When the person stopped in the middle of activation; empty again with their first sign-in (C1.2-02).
    activation_stopped_at = models.DateTimeField(
        _("stopped activating"), null=True, blank=True, editable=False
    )
    # Since when only storage and security may touch what is kept of the person (C6.2-12).
    restricted_at = models.DateTimeField(_("use restricted since"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = TenantManager.from_queryset(EmployeeQuerySet)()  # type: ignore[misc, django-manager-missing]

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "mobile"],
                condition=~models.Q(mobile="") & ~models.Q(status="left"),
                name="employee_mobile",
                violation_error_message=_("Another employee has this mobile number."),
            ),
            models.UniqueConstraint(
                fields=["organization", "number"],
                condition=~models.Q(number="") & ~models.Q(status="left"),
                name="employee_number",
                violation_error_message=_("Another employee has this number."),
            ),
            models.CheckConstraint(
                condition=~models.Q(leader=models.F("id")), name="employee_not_own_leader"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "name_key"], name="employee_name_key"),
            models.Index(
                fields=["organization"],
                condition=models.Q(restricted_at__isnull=False),
                name="employee_restricted",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.number or str(_("Without a name"))

    @property
    def lacks(self) -> list[str]:
        """Which of the two necessary fields are empty: without them the account cannot be used (C2.1.1-08)."""
        return [name for name in ("name", "mobile") if not getattr(self, name)]


class Membership(TenantModel):
    """An employee in a department for a while. Moves close one row and open the next."""

    employee = TenantForeignKey(Employee, models.CASCADE, related_name="memberships")
    department = TenantForeignKey(Department, models.PROTECT, related_name="memberships")
    is_main = models.BooleanField(_("main department"), default=True)
    is_head = models.BooleanField(_("head of the department"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)  # the first day no longer in the department

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee", "department"],
                condition=models.Q(ends_on__isnull=True),
                name="membership_current",
            ),
            models.UniqueConstraint(
                fields=["organization", "employee"],
                condition=models.Q(ends_on__isnull=True, is_main=True),
                name="membership_one_main",
            ),
        ]


class ReportingLine(TenantModel):
    """Who led whom, and when: the history behind `Employee.leader`."""

    employee = TenantForeignKey(Employee, models.CASCADE, related_name="reporting_lines")
    leader = TenantForeignKey(Employee, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee"],
                condition=models.Q(ends_on__isnull=True),
                name="reporting_line_current",
            ),
        ]
