"""Templates of reports; what a template says is versioned."""

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.employee.daily_reports.owing.rules import Rule, RuleVersion, rule_of
from qince.engines.forms.schema import Definition, Layout, lay_out, read
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Template(TenantModel):
    name = models.CharField(_("name"), max_length=40)
    sequence = models.PositiveIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    latest = models.PositiveIntegerField(_("version"), default=0, editable=False)
    draft = models.JSONField(_("draft"), default=dict)  # of the fields, as the designer has them
    revision = models.PositiveIntegerField(default=1)  # of the draft: two who edit at once are told

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="report_template_name",
                violation_error_message=_("Another template has this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class TemplateVersion(TenantModel):
    """What a template says from a day on; never changed.

    `definition` are the questions, as forms have them. `autofill` names the fact that fills a field in beforehand.
    `levels`: whom of the reporting line it goes to, 1 the direct leader.
    """

    template = TenantForeignKey(Template, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField(_("version"))
    effective_from = models.DateField(_("effective from"))
    rule = models.JSONField(_("rules"))
    definition = models.JSONField(_("fields"))
    autofill = models.JSONField(_("filled in from facts"), default=dict)
    is_for_everybody = models.BooleanField(_("for everybody"), default=False)
    levels = models.JSONField(_("levels of leaders"), default=list)
    to_head = models.BooleanField(_("to the head of the department"), default=False)
    created_at = models.DateTimeField(_("created at"))
    created_by = TenantForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "template", "number"], name="report_template_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} v{self.number}"

    @cached_property
    def rules(self) -> Rule:
        return rule_of(self.rule)

    @property
    def as_version(self) -> RuleVersion:
        return RuleVersion(self.number, self.effective_from, self.rules, self.pk)

    @cached_property
    def form(self) -> Definition:
        return read(self.definition)

    @cached_property
    def layout(self) -> Layout:
        return lay_out(self.form)


class Target(TenantModel):
    """Whom a version speaks of: a person, a department with all below it, or everybody of a position."""

    class Role(models.TextChoices):
        REPORTER = "reporter", _("Reports")
        EXEMPT = "exempt", _("Need not report")
        RECEIVER = "receiver", _("Receives")

    version = TenantForeignKey(TemplateVersion, models.CASCADE, related_name="targets", db_index=False)
    role = models.CharField(_("part"), max_length=8, choices=Role)
    employee = TenantForeignKey("people.Employee", models.CASCADE, null=True, related_name="+")
    department = TenantForeignKey(
        "people.Department", models.PROTECT, null=True, related_name="+", db_index=False
    )
    position = models.CharField(_("position"), max_length=60, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "version", "role", "employee", "department", "position"],
                name="report_target_once",
                nulls_distinct=False,
            )
        ]
