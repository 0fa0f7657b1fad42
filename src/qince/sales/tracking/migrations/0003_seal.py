from django.db import migrations

from qince.kit.vault.migrating import move


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("tracking", "0002_sealed_columns"),
    ]

    operations = [
        move("tracking", "Fix", ["lat", "lng", "accuracy_m", "speed_mps"]),
    ]
