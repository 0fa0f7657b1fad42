import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('audit', '0001_initial'), ('audit', '0002_erased_words'), ('audit', '0003_signed_heads')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='time')),
                ('action', models.CharField(max_length=80, verbose_name='act')),
                ('actor_id', models.UUIDField(null=True, verbose_name='employee')),
                ('actor_name', models.CharField(max_length=60, verbose_name='by')),
                ('client', models.CharField(max_length=20, verbose_name='client')),
                ('target_kind', models.CharField(blank=True, max_length=60, verbose_name='kind')),
                ('target_id', models.UUIDField(null=True, verbose_name='object id')),
                ('target_name', models.CharField(blank=True, max_length=200, verbose_name='object')),
                ('changes', models.JSONField(default=dict, verbose_name='changes')),
                ('digest', models.BinaryField(max_length=32)),
                ('salt', models.BinaryField(default=bytes, max_length=16)),
                ('erased', models.BinaryField(max_length=32, null=True)),
                ('sequence', models.BigIntegerField(null=True, verbose_name='number')),
                ('link', models.BinaryField(max_length=32, null=True)),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'target_id'], name='audit_target'), models.Index(condition=models.Q(('sequence__isnull', True)), fields=['organization', 'id'], name='audit_unsealed')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('sequence__isnull', False)), fields=('organization', 'sequence'), name='audit_sequence')],
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField(verbose_name='day')),
                ('at', models.DateTimeField(verbose_name='signed at')),
                ('sequence', models.BigIntegerField(verbose_name='number')),
                ('link', models.BinaryField(max_length=32)),
                ('signature', models.BinaryField(max_length=32)),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'on'), name='audit_head_day')],
            },
        ),
    ]
