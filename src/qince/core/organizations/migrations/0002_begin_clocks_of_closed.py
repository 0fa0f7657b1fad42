"""Families closed before their closing started a clock: it starts now, so that nothing goes sooner than anybody was told."""

from django.db import migrations
from django.utils import timezone


def begin(apps, editor):
    now = timezone.now().isoformat()
    for organization in apps.get_model("organizations", "Organization").objects.all():
        closed = organization.settings.get("closed_families", {})
        if closed:
            since = organization.settings.get("closed_since", {})
            organization.settings["closed_since"] = {**dict.fromkeys(closed, now), **since}
            organization.save(update_fields=["settings"])


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_tables")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
