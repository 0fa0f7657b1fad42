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
