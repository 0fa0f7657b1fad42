from django.db import migrations

from qince.kit.vault.migrating import clear_away


class Migration(migrations.Migration):

    dependencies = [
        ("visits", "0003_seal"),
    ]

    operations = [
        *clear_away("visit", ["distance_m"]),
        *clear_away("checkevent", ["lat", "lng", "accuracy_m", "distance_m", "envelope"]),
        *clear_away("photo", ["lat", "lng", "accuracy_m", "distance_m", "envelope"]),
    ]
