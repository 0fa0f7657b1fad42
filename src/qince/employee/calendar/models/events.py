"""Events: wall time and zone, or dates for what lasts all day. An occurrence that differs is a row of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qince.employee.calendar.models.timed import Timed
from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import EncryptedCharField, EncryptedTextField


class Event(TenantModel, Timed):
    """`ends_on` of an all-day event is its last day. `original_*` is the start an exception would have had.

    `spans_from` and `spans_to` enclose everything the series and its exceptions take up (None: without end), so that
    a window can be asked for without expanding what lies elsewhere.
    """

    SUBJECT = "employee_id"

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Public: what it is can be seen")
        BUSY = "busy", _("Busy: others see only that you are busy")
        PRIVATE = "private", _("Private: others see nothing")

    employee = TenantForeignKey(
        "people.Employee", models.CASCADE, related_name="calendar_events", db_index=False
    )
    title = EncryptedCharField(_("title"), max_length=120, null=True)
    place = EncryptedCharField(_("place"), max_length=200, null=True, blank=True)
    notes = EncryptedTextField(_("notes"), max_length=4000, null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=50)
    all_day = models.BooleanField(_("all day"), default=False)
    starts_on = models.DateField(_("from"))
    starts_time = models.TimeField(_("begins at"), null=True, blank=True)
    ends_on = models.DateField(_("until"))
    ends_time = models.TimeField(_("ends at"), null=True, blank=True)
    rrule = models.CharField(_("repeats"), max_length=500, blank=True)
    exdates = models.JSONField(_("left out"), default=list, blank=True)
    override_of = TenantForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="overrides", db_index=False
    )
    original_on = models.DateField(null=True, blank=True)
    original_time = models.TimeField(null=True, blank=True)
    visibility = models.CharField(
        _("visibility"), max_length=8, choices=Visibility, default=Visibility.PUBLIC
    )
    spans_from = models.DateField()
    spans_to = models.DateField(null=True)
    sequence = models.PositiveIntegerField(
        default=0
    )  # iCalendar's: rises with each change that matters to guests
    version = models.PositiveIntegerField(default=1)
    # Of an event that was taken over from a file: its UID there, and a digest of what the file said of it.
    uid = models.CharField(max_length=255, blank=True, editable=False)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"))
    updated_at = models.DateTimeField(_("changed at"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "override_of", "original_on", "original_time"],
                name="calendar_override_once",
                nulls_distinct=False,
                condition=models.Q(override_of__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["organization", "employee", "uid"],
                name="calendar_event_uid",
                condition=~models.Q(uid=""),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="calendar_event_ends_later"
            ),
            models.CheckConstraint(
                condition=models.Q(all_day=True, starts_time__isnull=True, ends_time__isnull=True)
                | models.Q(all_day=False, starts_time__isnull=False, ends_time__isnull=False),
                name="calendar_event_has_times",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "employee", "spans_from"], name="calendar_event_of"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}"  # the title is nobody's but the owner's and the guests': not for trails


class Attendee(TenantModel):
    """Somebody invited, for the whole series."""

    class Status(models.TextChoices):
        NEEDS_ANSWER = "needs_answer", _("No answer yet")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", pgettext_lazy("invitation", "Declined")
        TENTATIVE = "tentative", _("Tentative")

    event = TenantForeignKey(Event, models.CASCADE, related_name="attendees", db_index=False)
    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="calendar_invitations")
    status = models.CharField(_("answer"), max_length=12, choices=Status, default=Status.NEEDS_ANSWER)
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "event", "employee"], name="calendar_attendee_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee} {self.get_status_display()}"


class Reminder(TenantModel):
    """When somebody wants to be told before an event. `due_at` is the next time, None when nothing comes any more."""

    event = TenantForeignKey(Event, models.CASCADE, related_name="reminders", db_index=False)
    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="calendar_reminders")
    minutes_before = models.PositiveIntegerField(_("minutes before"))
    due_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "event", "employee"], name="calendar_reminder_once"
            )
        ]
        indexes = [models.Index(fields=["organization", "due_at"], name="calendar_reminder_due")]

    def __str__(self) -> str:
        return f"{self.minutes_before}"
