"""Cases: one queue for every request a person may make, with its clocks; refusals; corrections of the calendar."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.core.rights.kinds import Asked, Kind
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Case(TenantModel):
    class Channel(models.TextChoices):
        PHONE = "phone", _("Phone app")
        CONSOLE = "console", _("Console")
        EMAIL = "email", _("E-mail")
        HOTLINE = "hotline", _("Telephone")
        POST = "post", _("Letter by post")
        COUNTER = "counter", _("In person")

    class State(models.TextChoices):
        IDENTITY = "identity", _("Identity to be checked")
        AUTHORIZATION = "authorization", _("Waits for an administrator")
        WORKING = "working", _("In progress")
        ANSWERED = "answered", _("Answered")
        PARTLY = "partly", _("Answered in part")
        REFUSED = "refused", _("Refused")
        TAKEN_BACK = "taken_back", _("Taken back by the person")

    class Authorization(models.TextChoices):
        NOT_NEEDED = "not_needed", _("Not needed")
        WAITING = "waiting", _("Waiting")
        GIVEN = "given", _("Given")
        DECLINED = "declined", _("Declined: the privacy officer decides")
        SILENT = "silent", _("No answer in time: the privacy officer decides")

    number = models.CharField(_("case number"), max_length=20)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    asked = models.CharField(
        _("asked for"), max_length=8, choices=Asked, blank=True
    )  # where the kind leaves it open
    channel = models.CharField(_("came by"), max_length=8, choices=Channel)
    state = models.CharField(_("state"), max_length=14, choices=State, default=State.IDENTITY)
    # Whose data it is about, when that is somebody of the address book; else the contact alone says who asks.
    subject = TenantForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="rights_cases", verbose_name=_("person")
    )
    contact_name = models.CharField(_("name"), max_length=60, blank=True)
    contact_mobile = models.CharField(_("mobile"), max_length=20, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    details = models.TextField(_("request"), max_length=4000, blank=True)
    ground = models.CharField(_("ground of the deletion"), max_length=16, blank=True)
    ground_text = models.CharField(_("ground, explained"), max_length=500, blank=True)
    is_operator_data = models.BooleanField(_("only data the operator is responsible for"), default=False)
    # Which kinds of data a relative's own lawful interest covers (`erasure.packing.scope`); None: not decided.
    interest = models.JSONField(_("what the interest covers"), null=True, blank=True)
    interest_text = models.CharField(_("why the interest covers it"), max_length=500, blank=True)
    is_fast_track = models.BooleanField(_("fast track"), default=False)
    missing_consents = models.JSONField(_("data without consent"), default=list, blank=True)
    # A machine decision that is to be explained, refused or appealed: its code and the row it was about.
    decision = models.CharField(_("machine decision"), max_length=40, blank=True)
    decision_id = models.UUIDField(null=True, blank=True)
    # A business document the case is about, by reference only (C2.3.2-03).
    document_kind = models.CharField(max_length=60, blank=True)
    document_id = models.UUIDField(null=True, blank=True)
    document_name = models.CharField(_("document"), max_length=120, blank=True)
    first_case = TenantForeignKey(
        "self", models.PROTECT, null=True, related_name="later_cases", verbose_name=_("first case")
    )

    received_at = models.DateTimeField(_("received"))
    contact_at = models.DateTimeField(_("contact data received"), null=True, blank=True)
    verified_at = models.DateTimeField(_("identity checked"), null=True, blank=True)
    verified_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    verified_how = models.CharField(_("how it was checked"), max_length=200, blank=True)
    calendar_due_on = models.DateField(_("15 calendar days"))
    working_due_on = models.DateField(_("15 working days"), null=True, blank=True)
    due_on = models.DateField(_("due"))  # the earlier of the clocks that run
    reminded_on = models.DateField(null=True, blank=True)
    alarmed_on = models.DateField(null=True, blank=True)

    handler = TenantForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", verbose_name=_("handled by")
    )
    # Who handled what is now complained about or escalated, and so may not handle it again (C2.3.2-05, C6.7-04).
    barred = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    escalated_at = models.DateTimeField(_("escalated"), null=True, blank=True)
    authorization = models.CharField(
        _("administrator's authorization"), max_length=12, choices=Authorization, default="not_needed"
    )
    authorization_due_on = models.DateField(null=True, blank=True)
    authorized_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    authorization_text = models.CharField(_("administrator's reason"), max_length=500, blank=True)

    fee = models.DecimalField(_("fee"), max_digits=8, decimal_places=2, null=True, blank=True)
    fee_reason = models.CharField(_("reason of the fee"), max_length=500, blank=True)
    fee_accepted_at = models.DateTimeField(_("fee accepted"), null=True, blank=True)
    solution = models.TextField(_("solution"), max_length=4000, blank=True)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    silent_until = models.DateField(_("the person is told after"), null=True, blank=True)
    disputed_at = models.DateTimeField(_("disputed"), null=True, blank=True)
    is_carried_out = models.BooleanField(_("carried out"), default=False)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization", "number"], name="case_number")]
        indexes = [models.Index(fields=["organization", "state", "due_on"], name="case_due")]

    OPEN = (State.IDENTITY, State.AUTHORIZATION, State.WORKING)

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_anonymous(self) -> bool:
        return self.subject_id is None and not (self.contact_mobile or self.contact_email)

    @property
    def person_name(self) -> str:
        return self.subject.name if self.subject else self.contact_name

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on < today

    def is_silent(self, today: date) -> bool:
        """Whether the person may not be told yet how the case ended (C6.7-13)."""
        return self.silent_until is not None and self.silent_until > today


class Refused(TenantModel):
    """A refusal on one of the listed grounds; some wait for a second person before they count."""

    case = TenantForeignKey(Case, models.CASCADE, related_name="refusals")
    ground = models.CharField(_("ground"), max_length=20)
    text = models.TextField(_("said to the person"), max_length=2000)
    reference = models.CharField(_("legal reference or document number"), max_length=200, blank=True)
    harm = models.CharField(_("harm, named"), max_length=500, blank=True)
    tried = models.CharField(_("what was tried first"), max_length=1000, blank=True)
    partial_answer = models.TextField(_("partial answer"), max_length=4000, blank=True)
    offers_key_destruction = models.BooleanField(_("destruction of the keys was offered"), default=False)
    silent_until = models.DateField(_("keep silent until"), null=True, blank=True)
    proposed_by = TenantForeignKey("people.Employee", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.case}: {self.ground}"


class CalendarDay(TenantModel):
    """A day of the working calendar that is not as the week says, filled in from the library or entered by hand."""

    class Source(models.TextChoices):
        OWN = "own", _("Entered here")
        LIBRARY = "library", _("From the published calendar")

    class Kind(models.TextChoices):
        STATUTORY = "statutory", _("Statutory holiday")
        SWAPPED_REST = "swapped_rest", _("Day off")
        WORKDAY = "workday", _("Working day")

    on = models.DateField(_("day"))
    is_workday = models.BooleanField(_("is a working day"))
    is_statutory = models.BooleanField(_("is a statutory holiday"), default=False)
    note = models.CharField(_("note"), max_length=100, blank=True)
    source = models.CharField(_("source"), max_length=8, choices=Source, default=Source.OWN)
    source_version = models.CharField(_("edition"), max_length=40, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(is_workday=True, is_statutory=True), name="calendar_day_is_one_thing"
            ),
            models.UniqueConstraint(
                fields=["organization", "on"],
                name="calendar_day_once",
                violation_error_message=_("This day is in the calendar already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"

    @property
    def kind(self) -> str:
        if self.is_workday:
            return self.Kind.WORKDAY.value
        return (self.Kind.STATUTORY if self.is_statutory else self.Kind.SWAPPED_REST).value
