import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
import qince.kit.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('tracking', '0001_initial'), ('tracking', '0002_sealed_columns'), ('tracking', '0003_seal'), ('tracking', '0004_no_clear_columns')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Fix',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='time by the phone')),
                ('skew_s', models.IntegerField(default=0, verbose_name='clock skew, s')),
                ('lat', qince.kit.vault.fields.EncryptedFloatField(null=True, subject='employee_id', verbose_name='latitude (WGS-84)')),
                ('lng', qince.kit.vault.fields.EncryptedFloatField(null=True, subject='employee_id', verbose_name='longitude (WGS-84)')),
                ('accuracy_m', qince.kit.vault.fields.EncryptedFloatField(null=True, subject='employee_id', verbose_name='accuracy, m')),
                ('speed_mps', qince.kit.vault.fields.EncryptedFloatField(blank=True, null=True, subject='employee_id', verbose_name='speed, m/s')),
                ('device_id', models.UUIDField(null=True)),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee', 'at'), name='fix_once')],
            },
        ),
    ]
