"""What the server remembers of phones: operations that arrived, and what each phone holds."""

from django.db import models

from qince.kit.tenancy import TenantForeignKey, TenantKey, TenantModel
from qince.kit.vault.fields import EncryptedBinaryField, EncryptedJSONField


class Operation(TenantModel):
    """One act sent by a phone, under the phone's own id. Written in the transaction of its effect."""

    class State(models.TextChoices):
        ACCEPTED = "accepted"
        WAITING = "waiting"
        REJECTED = "rejected"

    id = TenantKey(primary_key=True, editable=False)  # the client's UUIDv7
    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="+")
    device_id = models.UUIDField(null=True)
    type = models.CharField(max_length=60)
    hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State)
    code = models.CharField(max_length=60, blank=True)
    # Sealed under the sender's key: answers tell the distance to a place, and what waits holds positions.
    result = EncryptedJSONField(null=True, subject="employee_id")
    body = EncryptedBinaryField(
        null=True, subject="employee_id"
    )  # the operation as sent, only while it waits
    # Of an operation that makes or edits a record others may edit, too (`edits`): which, on which version, to which.
    record_id = models.UUIDField(null=True)
    base_version = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(null=True)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["organization", "employee"],
                condition=models.Q(state="waiting"),
                name="operation_waiting",
            )
        ]


class Holding(TenantModel):
    """What one phone holds: `{collection: {id: version}}` at its cursor, and at the cursor offered last.

    Two states suffice: if the offer reached the phone it comes back with the new cursor, else with the old one.
    """

    device_id = models.UUIDField()
    cursor = models.BigIntegerField(default=0)
    held = models.JSONField(default=dict)
    offered_cursor = models.BigIntegerField(default=0)
    offered = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization", "device_id"], name="holding_device")]
