from django.db import migrations, models

from qince.kit.vault.fields import EncryptedFloatField, EncryptedJSONField
from qince.kit.vault.migrating import make_room

EVIDENCE = {
    "lat": (models.FloatField(null=True), EncryptedFloatField(null=True, subject='visit.employee_id', verbose_name="latitude")),
    "lng": (models.FloatField(null=True), EncryptedFloatField(null=True, subject='visit.employee_id', verbose_name="longitude")),
    "accuracy_m": (models.FloatField(null=True), EncryptedFloatField(null=True, subject='visit.employee_id', verbose_name="accuracy, m")),
    "distance_m": (models.FloatField(null=True), EncryptedFloatField(null=True, subject='visit.employee_id', verbose_name="distance, m")),
    "envelope": (models.JSONField(null=True), EncryptedJSONField(null=True, subject='visit.employee_id', verbose_name="evidence as sent")),
}
DISTANCE = {
    "distance_m": (models.FloatField(null=True), EncryptedFloatField(null=True, subject="employee_id", verbose_name="distance, m")),
}


class Migration(migrations.Migration):

    dependencies = [
        ("visits", "0001_initial"),
    ]

    operations = [
        *make_room("visit", DISTANCE),
        *make_room("checkevent", EVIDENCE),
        *make_room("photo", EVIDENCE),
    ]
