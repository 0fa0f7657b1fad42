"""Erasures and their proof, copies people asked for, holds on single records, reports of the daily retention run."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel


class Erasure(TenantModel):
    """One person erased. What names the person is here only while the work goes on, and emptied with its last step."""

    class State(models.TextChoices):
        WORKING = "working", _("In progress")
        HELD = "held", _("Waiting for a hold")
        DONE = "done", _("Done")

    kind = models.CharField(_("kind"), max_length=10)
    subject_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    match = models.JSONField(default=dict)  # of a contact outside: by what its rows are known
    subject_digest = models.CharField(max_length=64)
    case_digest = models.CharField(max_length=64, blank=True)
    pseudonym = models.CharField(_("pseudonym"), max_length=60)
    ledger_entry = models.PositiveBigIntegerField(_("number in the erasure ledger"))
    requested_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WORKING)
    begun_at = models.DateTimeField(_("begun"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    # Step → rows done; written with each chunk, so that a crash loses nothing and repeats nothing that matters.
    steps = models.JSONField(default=dict)
    planned = models.JSONField(default=dict)  # step → rows the plan counted
    proof = models.JSONField(default=dict)
    signature = models.CharField(max_length=64, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "subject_digest"],
                condition=~Q(state="done"),
                name="erasure_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def processed(self) -> int:
        return sum(self.steps.values())

    @property
    def expected(self) -> int:
        return max(sum(self.planned.values()), self.processed)


class Mark(models.Model):
    """An entry of the erasure ledger that this database has carried out. A restored backup lacks the later ones."""

    number = models.PositiveBigIntegerField(primary_key=True)


class Farewell(models.Model):
    """The token of an erased person's phone: at its next contact the phone is told to clear itself."""

    token_digest = models.CharField(max_length=64, primary_key=True)
    erased_at = models.DateTimeField()


class Copy(TenantModel):
    """A package of everything kept about one person, sealed under their own key, gone at `expires_at`.

    A member collects it behind the own sign-in; for somebody outside an officer does and hands it over.
    """

    class State(models.TextChoices):
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")
        GONE = "gone", _("Removed")

    employee = TenantForeignKey("people.Employee", models.CASCADE, null=True, related_name="+")
    # Of somebody outside: by what their rows are known.
    name = models.CharField(_("name"), max_length=60, blank=True)
    mobile = models.CharField(_("mobile"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    requested_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    case_digest = models.CharField(max_length=64, blank=True)
    # What it is cut to (`packing.scope`); None: everything.
    scope = models.JSONField(_("cut to"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.MAKING)
    expected = models.PositiveIntegerField(default=0)
    processed = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(_("size, bytes"), default=0)
    requested_at = models.DateTimeField(_("requested"))
    expires_at = models.DateTimeField(_("expires"))
    collected_at = models.DateTimeField(_("collected"), null=True)
    # Digest of the link given out last, and until when it opens the package, once.
    link_digest = models.CharField(max_length=64, blank=True)
    link_until = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "expires_at"], name="copy_expiry")]

    def __str__(self) -> str:
        return f"{self.requested_at:%Y-%m-%d}"

    @property
    def is_handed_over(self) -> bool:
        """Whether an officer has to collect it, because its person cannot sign in."""
        return self.employee is None or self.employee.status != "active"


class Report(TenantModel):
    """What one run of the retention job did, or on trial would do; signed, so that it can be shown to others."""

    ran_at = models.DateTimeField(_("time"))
    is_dry_run = models.BooleanField(_("on trial"), default=False)
    lines = models.JSONField(default=list)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    left = models.PositiveIntegerField(_("left over"), default=0)  # overdue rows after the run
    signature = models.CharField(max_length=64)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "-ran_at"], name="retention_report_latest")]

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d}"


class SetAside(TenantModel):
    """What a row of work said of a contact outside whose data may not be used now: kept here, and nowhere else.

    No list, page, phone or export reads this table, so storing and securing is all that happens (C6.2-12).
    """

    model = models.CharField(_("kind of record"), max_length=60)
    row_id = models.UUIDField(_("record"))
    name = models.CharField(_("name"), max_length=80, blank=True)
    mobile = models.CharField(_("mobile"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    case_digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(_("set aside"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "model", "row_id"], name="set_aside_once")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.row_id}"


class Hold(TenantModel):
    """One record that must stay although its term is over, or its person erased (C5.4-09). Nothing else is held."""

    model = models.CharField(_("kind of record"), max_length=60)
    row_id = models.UUIDField(_("record"))
    reason = models.CharField(_("reason"), max_length=200)
    reference = models.CharField(_("contract or file number"), max_length=80)
    until = models.DateField(_("until"), null=True, blank=True)
    placed_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    placed_at = models.DateTimeField(_("placed"))
    released_at = models.DateTimeField(_("released"), null=True)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["organization", "model", "row_id"],
                condition=Q(released_at__isnull=True),
                name="hold_of_row",
            )
        ]

    def __str__(self) -> str:
        return self.reference
