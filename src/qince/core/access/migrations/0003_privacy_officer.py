from django.db import migrations

from qince.kit.tenancy import tenant


def add_role(apps, schema_editor):
    """Organizations registered before get the built-in role as well."""
    for organization in apps.get_model("organizations", "Organization").objects.values_list("pk", flat=True):
        with tenant(organization):
            Role = apps.get_model("access", "Role")
            Role.objects.get_or_create(
                organization_id=organization, key="privacy_officer", defaults={"name": "隐私专员"}
            )


class Migration(migrations.Migration):
    dependencies = [("access", "0002_saved_views")]
    operations = [migrations.RunPython(add_role, migrations.RunPython.noop)]
