import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
import qince.kit.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('sync', '0001_initial'), ('sync', '0002_sealed_columns'), ('sync', '0003_seal'), ('sync', '0004_no_clear_columns')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('device_id', models.UUIDField()),
                ('cursor', models.BigIntegerField(default=0)),
                ('held', models.JSONField(default=dict)),
                ('offered_cursor', models.BigIntegerField(default=0)),
                ('offered', models.JSONField(default=dict)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'device_id'), name='holding_device')],
            },
        ),
        migrations.CreateModel(
            name='Operation',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(editable=False, primary_key=True, serialize=False)),
                ('device_id', models.UUIDField(null=True)),
                ('type', models.CharField(max_length=60)),
                ('hash', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('accepted', 'Accepted'), ('waiting', 'Waiting'), ('rejected', 'Rejected')], max_length=10)),
                ('code', models.CharField(blank=True, max_length=60)),
                ('result', qince.kit.vault.fields.EncryptedJSONField(null=True, subject='employee_id')),
                ('body', qince.kit.vault.fields.EncryptedBinaryField(null=True, subject='employee_id')),
                ('occurred_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['organization', 'employee'], name='operation_waiting')],
            },
        ),
    ]
