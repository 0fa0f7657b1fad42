from django.db import migrations

from qince.kit.vault.migrating import clear_away


class Migration(migrations.Migration):

    dependencies = [
        ("attendance", "0003_seal"),
    ]

    operations = [*clear_away("punch", ["lat", "lng", "accuracy_m", "distance_m", "envelope"])]
