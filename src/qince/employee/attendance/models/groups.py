"""Attendance groups: who works by which rules, and single days that differ."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.employee.attendance.models.shifts import Shift
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Group(TenantModel):
    class Kind(models.TextChoices):
        FIXED = "fixed", _("Fixed week")
        ROSTER = "roster", _("Roster")
        FREE = "free", _("Free hours")

    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.FIXED)
    is_active = models.BooleanField(_("in use"), default=True)
    latest = models.PositiveIntegerField(_("version"), default=0, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="attendance_group_name",
                violation_error_message=_("Another group has this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class GroupVersion(TenantModel):
    """A group's rules from a date on. Never changed; `definition` is read by `definitions.group_terms`."""

    group = TenantForeignKey(Group, models.PROTECT, related_name="versions", db_index=False)
    version = models.PositiveIntegerField(_("version"))
    effective_from = models.DateField(_("effective from"))
    definition = models.JSONField(_("rules"))
    created_at = models.DateTimeField(_("created at"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "group", "version"], name="group_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.group} v{self.version}"


class Member(TenantModel):
    """An employee, or a department with all below it, in a group for a while. Naming the person goes first."""

    group = TenantForeignKey(Group, models.PROTECT, related_name="members")
    employee = TenantForeignKey("people.Employee", models.CASCADE, null=True, blank=True, related_name="+")
    department = TenantForeignKey(
        "people.Department", models.CASCADE, null=True, blank=True, related_name="+"
    )
    is_exempt = models.BooleanField(_("need not clock in"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)  # the first day no longer in the group

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(employee__isnull=False, department__isnull=True)
                | models.Q(employee__isnull=True, department__isnull=False),
                name="attendance_member_is_one",
            ),
            models.UniqueConstraint(
                fields=["organization", "employee"],
                condition=models.Q(ends_on__isnull=True, employee__isnull=False),
                name="attendance_member_employee",
            ),
            models.UniqueConstraint(
                fields=["organization", "department"],
                condition=models.Q(ends_on__isnull=True, department__isnull=False),
                name="attendance_member_department",
            ),
        ]

    def __str__(self) -> str:
        return str(self.employee or self.department)


class RosterEntry(TenantModel):
    """One person's one day: a shift, or rest when there is none."""

    employee = TenantForeignKey(
        "people.Employee", models.CASCADE, related_name="roster_entries", db_index=False
    )
    on = models.DateField(_("date"))
    shift = TenantForeignKey(Shift, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee", "on"], name="roster_entry_day")
        ]
        indexes = [models.Index(fields=["organization", "on"], name="roster_entry_on")]

    def __str__(self) -> str:
        return f"{self.employee} {self.on}"


class SpecialDay(TenantModel):
    """A day on which a group works, or rests, other than its week says."""

    group = TenantForeignKey(Group, models.CASCADE, related_name="special_days", db_index=False)
    on = models.DateField(_("date"))
    shift = TenantForeignKey(Shift, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=100, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "group", "on"], name="special_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.on}"
