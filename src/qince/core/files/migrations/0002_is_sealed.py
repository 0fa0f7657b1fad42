from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.AddField("blob", "is_sealed", models.BooleanField(default=False)),
    ]
