"""Incidents with personal data: what happened, whom it concerns, what they were told, what became of it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.core.incidents import parts
from qince.core.incidents.plan import STEPS
from qince.kit.errors import Text
from qince.kit.ids import uuid7
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Incident(TenantModel):
    class Kind(models.TextChoices):
        GENERAL = "general", _("General")
        CHILD = "child", _("Data of children")

    class State(models.TextChoices):
        OPEN = "open", _("Being handled")
        CLOSED = "closed", _("Closed")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.GENERAL)
    title = models.CharField(_("title"), max_length=120)
    is_drill = models.BooleanField(_("drill"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    happened_at = models.DateTimeField(_("happened"), null=True, blank=True)
    discovered_at = models.DateTimeField(_("discovered"))
    due_at = models.DateTimeField(_("due"))  # as the operator's deadline stood when it was opened
    data_kinds = models.TextField(_("kinds of data"), blank=True)
    cause = models.TextField(_("cause"), blank=True)
    harm = models.TextField(_("possible harm"), blank=True)
    facts = models.TextField(_("basic facts and effects"), blank=True)
    measures = models.TextField(_("measures"), blank=True)
    advice = models.TextField(_("advice"), blank=True)
    remedies = models.TextField(_("remedies"), blank=True)
    opened_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(_("people told"), null=True, blank=True)
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    receipt = models.CharField(_("receipt number"), max_length=80, blank=True)
    not_reported_because = models.CharField(_("not reported, because"), max_length=300, blank=True)
    alarmed_at = models.DateTimeField(null=True, blank=True)
    alarms = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "state", "due_at"], name="incidents_due")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_child(self) -> bool:
        return self.kind == self.Kind.CHILD

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def missing_parts(self) -> dict[str, Text]:
        return parts.missing(self)

    @property
    def is_settled_with_regulator(self) -> bool:
        return self.reported_on is not None or bool(self.not_reported_because)

    @property
    def is_waiting(self) -> bool:
        """Whether the clock still runs: people not told, or the regulator not told."""
        return self.is_open and (
            self.told_at is None or (not self.is_drill and not self.is_settled_with_regulator)
        )

    def is_near(self, now: datetime) -> bool:
        """Whether three quarters of the time are gone."""
        return now >= self.discovered_at + (self.due_at - self.discovered_at) * 3 / 4

    def is_over(self, now: datetime) -> bool:
        return now > self.due_at

    def left(self, now: datetime) -> timedelta:
        return self.due_at - now


class Affected(TenantModel):
    """Somebody the incident concerns, what they were told and what they are offered."""

    class Remedy(models.TextChoices):
        OPEN = "open", _("Not decided")
        OFFERED = "offered", _("Offered")
        DONE = "done", _("Made good")
        DECLINED = "declined", _("Declined by the person")
        NONE = "none", _("None due, with reason")

    incident = TenantForeignKey(Incident, models.CASCADE, related_name="affected", db_index=False)
    employee = TenantForeignKey("people.Employee", models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    mobile = models.CharField(_("mobile"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    found_by = models.CharField(_("found by"), max_length=200, blank=True)
    guardian_name = models.CharField(_("guardian"), max_length=60, blank=True)
    guardian_mobile = models.CharField(_("guardian's mobile"), max_length=20, blank=True)
    guardian_email = models.EmailField(_("guardian's e-mail"), blank=True)
    letter = TenantForeignKey("letters.Letter", models.SET_NULL, null=True, blank=True, related_name="+")
    guardian_letter = TenantForeignKey(
        "letters.Letter", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    remedy = models.CharField(_("remedy"), max_length=10, choices=Remedy, default=Remedy.OPEN)
    remedy_note = models.CharField(_("note on the remedy"), max_length=300, blank=True)
    guardian_remedy = models.CharField(
        _("remedy for the guardian"), max_length=10, choices=Remedy, default=Remedy.OPEN
    )
    created_at = models.DateTimeField(_("added"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "incident", "employee"],
                condition=models.Q(employee__isnull=False),
                name="incidents_affected_once",
            ),
        ]
        indexes = [models.Index(fields=["organization", "incident", "id"], name="incidents_affected_of")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_told(self) -> bool:
        return self.told_at is not None

    @property
    def remedy_tone(self) -> str:
        return {"open": "orange", "offered": "blue", "done": "green"}.get(self.remedy, "grey")

    @property
    def has_guardian(self) -> bool:
        return bool(self.guardian_name and (self.guardian_mobile or self.guardian_email))


class PlanStep(TenantModel):
    """A step of the plan for incidents with children's data, with an owner and a clock of its own."""

    incident = TenantForeignKey(Incident, models.CASCADE, related_name="steps")
    sequence = models.PositiveSmallIntegerField(_("order"))
    code = models.CharField(_("step"), max_length=20)
    owner = TenantForeignKey("people.Employee", models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(_("due"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "incident", "code"], name="incidents_step_once"),
        ]

    def __str__(self) -> str:
        return str(STEPS[self.code].title) if self.code in STEPS else self.code

    def is_over(self, now: datetime) -> bool:
        return self.done_at is None and now > self.due_at


class Announcement(models.Model):
    """A public warning where people cannot well be told one by one. It belongs to the public: anybody reads it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    incident_id = models.UUIDField()
    code = models.SlugField(max_length=24, unique=True)
    title = models.CharField(_("title"), max_length=120)
    parts: Any = models.JSONField()
    reason = models.CharField(_("reason"), max_length=300)
    published_at = models.DateTimeField(_("published"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    def __str__(self) -> str:
        return self.title
