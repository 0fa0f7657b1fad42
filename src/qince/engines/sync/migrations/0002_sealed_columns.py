from django.db import migrations, models

from qince.kit.vault.fields import EncryptedBinaryField, EncryptedJSONField
from qince.kit.vault.migrating import make_room

SEALED = {
    "result": (models.JSONField(null=True), EncryptedJSONField(null=True, subject="employee_id")),
    "body": (models.BinaryField(null=True), EncryptedBinaryField(null=True, subject="employee_id")),
}


class Migration(migrations.Migration):

    dependencies = [
        ("sync", "0001_initial"),
    ]

    operations = [*make_room("operation", SEALED)]
