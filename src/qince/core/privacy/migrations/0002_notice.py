import django.db.models.deletion
from django.db import migrations, models

import qince.kit.ids

ACTS = [
    ("served", "Shown"),
    ("granted", "Agreed"),
    ("declined", "Declined"),
    ("narrowed", "Narrowed"),
    ("withdrawn", "Withdrawn"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0001_initial"),
        ("privacy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("version", models.CharField(max_length=40, verbose_name="version")),
                ("hash", models.CharField(max_length=64, verbose_name="hash")),
                ("content", models.JSONField()),
                ("released_at", models.DateTimeField(verbose_name="released")),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["hash"], name="notice_hash")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "language", "hash"),
                        name="notice_text",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="consent",
            name="act",
            field=models.CharField(choices=ACTS, default="granted", max_length=12),
            preserve_default=False,
        ),
    ]
