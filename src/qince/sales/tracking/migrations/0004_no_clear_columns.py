from django.db import migrations

from qince.kit.vault.migrating import clear_away


class Migration(migrations.Migration):

    dependencies = [
        ("tracking", "0003_seal"),
    ]

    operations = [*clear_away("fix", ["lat", "lng", "accuracy_m", "speed_mps"])]
