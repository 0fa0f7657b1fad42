from django.db import migrations, models

from qince.kit.vault.fields import EncryptedFloatField
from qince.kit.vault.migrating import make_room

PLACE = {
    "lat": (models.FloatField(null=True), EncryptedFloatField(null=True, subject="employee_id", verbose_name="latitude (WGS-84)")),
    "lng": (models.FloatField(null=True), EncryptedFloatField(null=True, subject="employee_id", verbose_name="longitude (WGS-84)")),
    "accuracy_m": (models.FloatField(null=True), EncryptedFloatField(null=True, subject="employee_id", verbose_name="accuracy, m")),
    "speed_mps": (models.FloatField(null=True), EncryptedFloatField(blank=True, null=True, subject="employee_id", verbose_name="speed, m/s")),
}


class Migration(migrations.Migration):

    dependencies = [
        ("tracking", "0001_initial"),
    ]

    operations = [migrations.RemoveConstraint("fix", "fix_place"), *make_room("fix", PLACE)]
