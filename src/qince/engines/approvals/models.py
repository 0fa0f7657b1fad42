"""Flows and their versions; requests under way, their steps, and everybody's tasks in them."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from qince.engines.approvals.flow.schema import Flow as Drawn
from qince.engines.approvals.flow.schema import from_stored
from qince.engines.approvals.registry import Subject, find, name_of
from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import EncryptedFloatField, EncryptedJSONField, EncryptedTextField


class Flow(TenantModel):
    """How requests of one subject are decided, for applicants of the listed departments (none: everybody).

    The first flow in `sequence` whose departments the applicant is in is taken. `draft` is what the designer shows;
    requests run by the version that was in force when they were handed in.
    """

    subject = models.CharField(_("subject"), max_length=60)
    name = models.CharField(_("name"), max_length=60)
    department_ids = models.JSONField(_("for departments"), default=list, blank=True)
    sequence = models.PositiveIntegerField(_("order"), default=0)
    draft = models.JSONField(_("draft"), default=dict)
    is_changed = models.BooleanField(_("draft not published"), default=True)
    is_active = models.BooleanField(_("in use"), default=False)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "subject", "name"],
                name="approval_flow_name",
                violation_error_message=_("Another flow of this kind has the name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject_name(self) -> str:
        return str(name_of(self.subject))


class FlowVersion(TenantModel):
    """A published flow; never changed. Without a flow: the simple one, in which the direct leader decides."""

    flow = TenantForeignKey(Flow, models.PROTECT, null=True, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    body = models.JSONField(_("flow"))
    published_at = models.DateTimeField(_("published"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "flow", "number"],
                name="approval_version_number",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.flow or '—'} v{self.number}"

    @cached_property
    def drawn(self) -> Drawn:
        return from_stored(self.body)


class Instance(TenantModel):
    """One request on its way. `round` counts from 1; each return to the applicant begins another."""

    SUBJECT = "applicant_id"

    class Status(models.TextChoices):
        RUNNING = "running", _("Under way")
        RETURNED = "returned", _("Returned to the applicant")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REVOKED = "revoked", _("Revoked")
        LAPSED = "lapsed", _("Lapsed")

    class EffectState(models.TextChoices):
        NONE = "none", _("Nothing to do yet")
        DONE = "done", _("Carried out")
        FAILED = "failed", _("Not carried out, will be tried again")

    number = models.CharField(_("number"), max_length=20)
    subject = models.CharField(_("kind"), max_length=60)
    target_id = models.UUIDField()
    version = TenantForeignKey(FlowVersion, models.PROTECT, related_name="instances")
    applicant = TenantForeignKey("people.Employee", models.PROTECT, related_name="applications")
    department = TenantForeignKey("people.Department", models.PROTECT, null=True, related_name="+")
    title = EncryptedTextField(_("request"))
    facts = EncryptedJSONField(_("what conditions asked"))
    chosen = models.JSONField(default=dict, blank=True)  # the applicant's choices of approvers, by step
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.RUNNING)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    submitted_at = models.DateTimeField(_("handed in"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    revokes = TenantForeignKey("self", models.PROTECT, null=True, related_name="revocations")
    effect_state = models.CharField(_("effect"), max_length=6, choices=EffectState, default=EffectState.NONE)
    effect_attempts = models.PositiveSmallIntegerField(default=0)
    effect_error = models.CharField(max_length=60, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="approval_number"),
            # A request is on one way at a time: handed in twice at once, the second is refused.
            models.UniqueConstraint(
                fields=["organization", "subject", "target_id"],
                condition=models.Q(status__in=["running", "returned"]),
                name="approval_once_under_way",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "applicant", "-submitted_at"], name="approval_of_applicant"),
            models.Index(fields=["organization", "subject", "-submitted_at"], name="approval_of_subject"),
        ]

    def __str__(self) -> str:
        return self.number

    @cached_property
    def declared(self) -> Subject | None:
        return find(self.subject)

    @property
    def subject_name(self) -> str:
        return str(name_of(self.subject))

    @property
    def is_changeable(self) -> bool:
        """Whether its applicant could change it. Asking for an undoing has nothing in it that could be changed."""
        return self.revokes_id is None and self.declared is not None and self.declared.is_changeable

    @property
    def is_under_way(self) -> bool:
        return self.status in (self.Status.RUNNING, self.Status.RETURNED)


CHOOSE = "choose"  # the kind of a step in which the applicant says who decides in the next one


class Step(TenantModel):
    """A stop of the flow that was reached, in one round."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        PASSED = "passed", _("Passed")
        REFUSED = "refused", _("Refused")
        RETURNED = "returned", _("Returned")
        CANCELLED = "cancelled", _("Cancelled")

    instance = TenantForeignKey(Instance, models.CASCADE, related_name="steps", db_index=False)
    node = models.CharField(max_length=40)
    name = models.CharField(_("step"), max_length=60)
    kind = models.CharField(max_length=8)
    mode = models.CharField(max_length=8, blank=True)
    round = models.PositiveSmallIntegerField()
    sequence = models.PositiveSmallIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    how = models.CharField(max_length=14)  # how the people were come by: flow.approvers.How
    opened_at = models.DateTimeField(_("reached"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    due_at = models.DateTimeField(_("due"), null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "instance", "sequence"], name="approval_step_order"
            )
        ]
        indexes = [
            models.Index(
                fields=["organization", "due_at"],
                condition=models.Q(state="open", due_at__isnull=False),
                name="approval_steps_due",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Task(TenantModel):
    """Somebody's part in a step. `on_behalf_of`: whose part it is when the assignee stands in for them."""

    SUBJECT = "instance.applicant_id"

    class State(models.TextChoices):
        WAITING = "waiting", _("Not yet their turn")
        PENDING = "pending", _("Awaiting decision")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        RETURNED = "returned", _("Returned")
        TRANSFERRED = "transferred", _("Passed on")
        DONE = "done", _("Closed by another decision")
        OVERDUE = "overdue", _("Closed by the deadline")
        COPIED = "copied", _("Told")

    step = TenantForeignKey(Step, models.CASCADE, related_name="tasks", db_index=False)
    instance = TenantForeignKey(Instance, models.CASCADE, related_name="tasks", db_index=False)
    assignee = TenantForeignKey(
        "people.Employee", models.PROTECT, related_name="approval_tasks", db_index=False
    )
    on_behalf_of = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    acted_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    # Added by an approver to their own part, before it, after it or beside it.
    added_to = TenantForeignKey("self", models.CASCADE, null=True, related_name="added")
    waits_for = TenantForeignKey("self", models.CASCADE, null=True, related_name="followers")
    is_merged = models.BooleanField(default=False)  # had agreed earlier in this round
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(_("state"), max_length=11, choices=State, default=State.PENDING)
    comment = EncryptedTextField(_("comment"), null=True)
    created_at = models.DateTimeField(_("arrived"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    read_at = models.DateTimeField(_("read"), null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "assignee", "state", "-created_at"], name="approval_inbox"),
            models.Index(fields=["organization", "instance"], name="approval_tasks_of"),
            models.Index(fields=["organization", "step"], name="approval_tasks_of_step"),
        ]

    def __str__(self) -> str:
        return f"{self.instance_id} {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PENDING, self.State.WAITING)


OPEN = (Task.State.PENDING, Task.State.WAITING)


class DecisionPlace(TenantModel):
    """Where somebody was when they decided, if they chose to say so: WGS-84, sealed under their own key."""

    task = TenantForeignKey(Task, models.CASCADE, related_name="places")
    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+")
    at = models.DateTimeField(_("time"))
    lat = EncryptedFloatField(_("latitude (WGS-84)"), subject="employee_id")
    lng = EncryptedFloatField(_("longitude (WGS-84)"), subject="employee_id")
    accuracy_m = EncryptedFloatField(_("accuracy, m"), subject="employee_id")

    class Meta(TenantModel.Meta):
        pass

    def __str__(self) -> str:
        return str(self.at)


class Remark(TenantModel):
    """Something said beside the decisions."""

    SUBJECT = "instance.applicant_id"

    instance = TenantForeignKey(Instance, models.CASCADE, related_name="remarks")
    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="+")
    text = EncryptedTextField(_("remark"))
    at = models.DateTimeField(_("time"))

    class Meta(TenantModel.Meta):
        pass

    def __str__(self) -> str:
        return str(self.at)


class Delegation(TenantModel):
    """For a while another decides in one's place; no subjects means all of them."""

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="delegations")
    delegate = TenantForeignKey("people.Employee", models.PROTECT, related_name="+")
    subjects = models.JSONField(_("kinds of requests"), default=list, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="delegation_has_length"
            ),
            models.CheckConstraint(
                condition=~models.Q(delegate=models.F("employee")), name="delegation_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee} → {self.delegate}"
