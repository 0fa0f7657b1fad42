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
