"""Forms, their published versions, who has to fill them in, and what was filled in.

What answers are about decides where they lie: `facts` are about nobody, `answers` are personal, `sealed` is sensitive
and under the key of whoever filled in. Each version of a form says of each field which of the three it is.
"""

from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qince.engines.forms.schema import Definition, Layout, lay_out, read
from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import EncryptedJSONField


class Form(TenantModel):
    class State(models.TextChoices):
        DRAFT = "draft", _("Not published")
        PUBLISHED = "published", pgettext_lazy("form", "Published")
        CLOSED = "closed", _("Closed")

    class Editing(models.TextChoices):
        NEVER = "never", _("Not at all")
        UNTIL_REVIEWED = "until_reviewed", _("Until it is accepted")
        ALWAYS = "always", _("At any time")

    class Decider(models.TextChoices):
        NOBODY = "nobody", _("Nobody: it counts as it is sent")
        REVIEWER = "reviewer", _("A manager accepts or returns it")
        FLOW = "flow", _("The approval flow of this form")

    name = models.CharField(_("name"), max_length=80)
    code = models.CharField(_("code"), max_length=40)  # what XForms and integrations call it
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    draft = models.JSONField(_("draft"), default=dict)
    revision = models.PositiveIntegerField(default=1)  # of the draft: two who edit at once are told
    number = models.PositiveIntegerField(_("published version"), default=0)  # 0: none yet
    editing = models.CharField(
        _("may be changed"), max_length=16, choices=Editing, default=Editing.UNTIL_REVIEWED
    )
    decided_by = models.CharField(
        _("who decides on it"), max_length=8, choices=Decider, default=Decider.NOBODY
    )
    is_open_to_all = models.BooleanField(_("everybody may fill it in at any time"), default=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "code"],
                name="form_code",
                violation_error_message=_("Another form has this code."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class FormVersion(TenantModel):
    """A form as it was published. Never changed: what was filled in on it is read by it."""

    form = TenantForeignKey(Form, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField(_("version"))
    definition = models.JSONField()
    # Before questions could be marked so, one without the mark says nothing of whom it is about.
    can_mark_others = models.BooleanField(_("marks questions about others"), default=False)
    reason = models.CharField(_("what changed"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("published"))
    published_by = TenantForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "form", "number"], name="form_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.number}"

    @cached_property
    def read(self) -> Definition:
        return read(self.definition)

    @cached_property
    def layout(self) -> Layout:
        return lay_out(self.read)


class Assignment(TenantModel):
    """Who has to fill a form in, how often, and until when. `due_day`: weekday 1–7 or day of the month; 0: the last."""

    class Period(models.TextChoices):
        ONCE = "once", _("Once")
        DAY = "day", _("Every day")
        WEEK = "week", _("Every week")
        MONTH = "month", _("Every month")

    form = TenantForeignKey(Form, models.PROTECT, related_name="assignments")
    name = models.CharField(_("name"), max_length=80)
    period = models.CharField(_("how often"), max_length=6, choices=Period, default=Period.DAY)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("until"), null=True, blank=True
    )  # the last day; of what is due once, the due day
    due_day = models.PositiveSmallIntegerField(_("due on"), default=0)
    due_at = models.TimeField(_("due by"))
    weekdays = models.JSONField(
        _("on these weekdays"), default=list, blank=True
    )  # of a daily one; none: every day
    is_for_everybody = models.BooleanField(_("for everybody"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class AssignmentTarget(TenantModel):
    """One employee, or a department with all below it."""

    assignment = TenantForeignKey(Assignment, models.CASCADE, related_name="targets", db_index=False)
    employee = TenantForeignKey("people.Employee", models.CASCADE, null=True, related_name="+")
    department = TenantForeignKey(
        "people.Department", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "assignment", "employee", "department"],
                name="assignment_target_once",
                nulls_distinct=False,
            )
        ]


class Submission(TenantModel):
    """A form filled in. The id comes from whoever filled in, so that sending twice makes one."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("form", "Submitted")
        ACCEPTED = "accepted", _("Accepted")
        RETURNED = "returned", _("Returned")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    VOID = (Status.REJECTED, Status.WITHDRAWN)  # as if it had not been filled in

    class Source(models.TextChoices):
        PHONE = "phone", _("Phone")
        CONSOLE = "console", _("Console")
        OPENROSA = "openrosa", _("ODK Collect")
        API = "api", _("Interface")

    form = TenantForeignKey(Form, models.PROTECT, related_name="submissions", db_index=False)
    form_version = TenantForeignKey(FormVersion, models.PROTECT, related_name="+", db_index=False)
    employee = TenantForeignKey(
        "people.Employee", models.PROTECT, related_name="form_submissions", db_index=False
    )
    assignment = TenantForeignKey(
        Assignment, models.PROTECT, null=True, related_name="submissions", db_index=False
    )
    period_on = models.DateField(_("period"), null=True)  # the first day of the assignment's period
    instance_id = models.CharField(max_length=80, blank=True)  # OpenRosa's name for it
    source = models.CharField(_("came by"), max_length=10, choices=Source)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SUBMITTED)
    facts = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    sealed = EncryptedJSONField(null=True, subject="employee_id")
    filled_at = models.DateTimeField(_("filled in"))
    received_at = models.DateTimeField(_("received"))
    is_attested = models.BooleanField(_("affirmed to give others' information"), default=False)
    review_note = models.CharField(_("reviewer's note"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "form", "instance_id"],
                condition=~models.Q(instance_id=""),
                name="submission_instance",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "form", "filled_at", "id"], name="submission_form"),
            models.Index(fields=["organization", "employee", "filled_at"], name="submission_employee"),
            models.Index(fields=["organization", "assignment", "period_on"], name="submission_period"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.filled_at:%Y-%m-%d}"

    @property
    def data(self) -> dict[str, Any]:
        """All answers together, as they were cleaned."""
        from qince.engines.forms.keeping import joined

        return joined(self.form_version.read, self.facts, self.answers, self.sealed)


class SubmissionEdit(TenantModel):
    """What a submission held before it was changed."""

    submission = TenantForeignKey(Submission, models.CASCADE, related_name="edits", db_index=False)
    number = models.PositiveIntegerField()  # the submission's version that this was
    form_version = TenantForeignKey(FormVersion, models.PROTECT, related_name="+", db_index=False)
    facts = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    sealed = EncryptedJSONField(null=True, subject="submission.employee_id")
    edited_by = TenantForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", db_index=False
    )
    edited_at = models.DateTimeField(_("changed"))
    reason = models.CharField(_("why"), max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "submission", "number"], name="submission_edit_once"
            )
        ]


class SubmissionFile(TenantModel):
    """A picture or file named by an answer; its bytes arrive apart, by content."""

    submission = TenantForeignKey(Submission, models.CASCADE, related_name="files", db_index=False)
    field_id = models.CharField(max_length=40)
    sha256 = models.CharField(_("SHA-256 of the original"), max_length=64)
    name = models.CharField(_("name"), max_length=120, blank=True)
    blob = TenantForeignKey("files.Blob", models.PROTECT, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "submission", "field_id", "sha256"], name="submission_file_once"
            )
        ]
        indexes = [models.Index(fields=["organization", "sha256"], name="submission_file_content")]


class AppToken(TenantModel):
    """A key with which an OpenRosa client, such as ODK Collect, acts for one employee. Only its digest is kept."""

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+")
    name = models.CharField(_("device or app"), max_length=60)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("made"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization", "digest"], name="app_token_digest")]

    def __str__(self) -> str:
        return self.name
