"""What is watched: every request, every look at somebody's sensitive data, and what looked unusual.

Requests and looks are network logs: the database itself refuses to remove or change one before six calendar months
are over (migration 0001), whoever asks; only the address is cut short after the security window.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.ids import uuid7
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Line(models.Model):
    """A request, in exactly the declared fields. No address with values, no body, no free text of the client's."""

    at = models.DateTimeField(_("time"))
    ip = models.CharField(_("IP address"), max_length=49, blank=True)
    browser = models.CharField(_("browser"), max_length=40, blank=True)
    carrier = models.CharField(_("carrier"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    method = models.CharField(_("method"), max_length=8)
    route = models.CharField(_("page"), max_length=100, blank=True)  # its name; "" where nothing answers
    status = models.PositiveSmallIntegerField(_("answer"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.status}"


class Access(Line, TenantModel):
    """A request within an organization."""

    employee_id = models.UUIDField(
        _("employee"), null=True
    )  # no reference: the log outlives the person's row

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "at"], name="watch_access_at"),
            models.Index(fields=["organization", "employee_id", "at"], name="watch_access_of"),
        ]


class OutsideAccess(Line):
    """A request of somebody who is not signed in: of no organization yet."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        indexes = [models.Index(fields=["at"], name="watch_outside_at")]


class Reading(TenantModel):
    """Somebody's sensitive data was opened by somebody else, on a page. Once an hour for each of the three."""

    employee_id = models.UUIDField(_("whose"))
    reader_id = models.UUIDField(_("reader"))
    reader_name = models.CharField(_("who looked"), max_length=60)
    page = models.CharField(_("page"), max_length=100)
    hour = models.DateTimeField()  # the full hour of `at`: what happens once
    at = models.DateTimeField(_("time"))  # the first look in that hour

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "reader_id", "hour", "employee_id", "page"], name="watch_reading_once"
            ),
        ]
        indexes = [models.Index(fields=["organization", "employee_id", "at"], name="watch_reading_of")]

    def __str__(self) -> str:
        return f"{self.reader_name}: {self.page}"


class Alert(TenantModel):
    """Something about an account looked unusual. A person decides what it was; a locked account waits for that."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        RELEASED = "released", _("Released")
        CONFIRMED = "confirmed", _("Confirmed")

    employee = TenantForeignKey(
        "people.Employee", models.CASCADE, related_name="+", verbose_name=_("employee")
    )
    rule = models.CharField(_("rule"), max_length=40)
    version = models.CharField(_("version"), max_length=10)
    facts = models.JSONField(
        _("facts"), default=dict
    )  # the numbers the rule compared; no positions, no texts
    key = models.CharField(max_length=60)  # of the occasion: the same one raises no second alert
    at = models.DateTimeField(_("time"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    is_locked = models.BooleanField(_("account locked"), default=False)
    decided_by = TenantForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee", "rule", "key"], name="watch_alert_once"
            ),
        ]
        indexes = [models.Index(fields=["organization", "state", "at"], name="watch_alert_state")]

    def __str__(self) -> str:
        return f"{self.rule} {self.key}"


class Staff(models.Model):
    """Somebody who works for the operator. Being on this list opens nothing: each access needs a ticket."""

    class Kind(models.TextChoices):
        EMPLOYED = "employed", _("Employed")
        OUTSOURCED = "outsourced", _("Outsourced")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.OneToOneField("accounts.Account", models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    ends_on = models.DateField(_("last day"), null=True)
    added_by = models.CharField(_("added by"), max_length=60)
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="employed") | models.Q(ends_on__isnull=False),
                name="watch_outsourced_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Undertaking(models.Model):
    """A signed confidentiality agreement of the operator's staff."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="undertakings")
    signed_on = models.DateField(_("signed on"))
    expires_on = models.DateField(_("valid until"))  # the last day


class StaffTraining(models.Model):
    """A training in security and privacy that one of the operator's staff has done."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="trainings")
    topic = models.CharField(_("topic"), max_length=80)
    done_on = models.DateField(_("done on"))
    due_on = models.DateField(_("to be repeated by"))  # the last day it counts


class Training(TenantModel):
    """A training in security and privacy that a member of the organization has done."""

    employee = TenantForeignKey(
        "people.Employee", models.CASCADE, related_name="+", verbose_name=_("employee")
    )
    topic = models.CharField(_("topic"), max_length=80)
    done_on = models.DateField(_("done on"))
    due_on = models.DateField(_("to be repeated by"))
    reminded_at = models.DateTimeField(_("reminded at"), null=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "employee", "due_on"], name="watch_training_of")]

    def __str__(self) -> str:
        return self.topic


class StaffAccess(TenantModel):
    """A ticket: one of the operator's staff may read in this organization for some hours, and everybody sees why."""

    staff_id = models.UUIDField()  # of the operator's own list, which belongs to no organization
    staff_name = models.CharField(_("operator's staff"), max_length=60)
    employee = TenantForeignKey(
        "people.Employee", models.PROTECT, related_name="+", verbose_name=_("acts here as")
    )
    reason = models.CharField(_("reason"), max_length=300)
    # On what it rests: the organization's instruction (its entry of the trail), or a law that does without one.
    instruction = models.UUIDField(_("instruction"), null=True)
    exception = models.CharField(_("lawful exception"), max_length=200, blank=True)
    opened_by = models.CharField(_("opened by"), max_length=60)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "employee", "ends_at"], name="watch_ticket_of")]

    def __str__(self) -> str:
        return f"{self.staff_name}: {self.reason}"
