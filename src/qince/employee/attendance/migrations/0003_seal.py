from django.db import migrations

from qince.kit.vault.migrating import move


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("attendance", "0002_sealed_columns"),
    ]

    operations = [
        move("attendance", "Punch", ["lat", "lng", "accuracy_m", "distance_m", "envelope"]),
    ]
