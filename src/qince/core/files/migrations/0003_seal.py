from django.db import migrations

from qince.core.files.sealing import open_all, seal_all


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("files", "0002_is_sealed"),
    ]

    operations = [migrations.RunPython(seal_all, open_all)]
