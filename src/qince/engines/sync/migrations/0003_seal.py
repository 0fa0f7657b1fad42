from django.db import migrations

from qince.kit.vault.migrating import move


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("sync", "0002_sealed_columns"),
    ]

    operations = [
        move("sync", "Operation", ["result", "body"]),
    ]
