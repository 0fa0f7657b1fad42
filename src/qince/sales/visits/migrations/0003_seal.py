from django.db import migrations

from qince.kit.vault.migrating import move


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("visits", "0002_sealed_columns"),
    ]

    operations = [
        move("visits", "Visit", ["distance_m"]),
        move("visits", "CheckEvent", ["lat", "lng", "accuracy_m", "distance_m", "envelope"], through=["visit"]),
        move("visits", "Photo", ["lat", "lng", "accuracy_m", "distance_m", "envelope"], through=["visit"]),
    ]
