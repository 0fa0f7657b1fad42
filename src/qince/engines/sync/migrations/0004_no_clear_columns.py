from django.db import migrations

from qince.kit.vault.migrating import clear_away


class Migration(migrations.Migration):

    dependencies = [
        ("sync", "0003_seal"),
    ]

    operations = [*clear_away("operation", ["result", "body"])]
