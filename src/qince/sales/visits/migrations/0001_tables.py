import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
import qince.kit.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('visits', '0001_initial'), ('visits', '0002_sealed_columns'), ('visits', '0003_seal'), ('visits', '0004_no_clear_columns')]

    initial = True

    dependencies = [
        ('customers', '0001_tables'),
        ('files', '0001_tables'),
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
        ('routes', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='VisitTemplate',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('steps', models.JSONField(default=list, verbose_name='steps')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'name'), name='visit_template_name')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('template_version', models.PositiveIntegerField(default=1)),
                ('steps', models.JSONField(default=list)),
                ('on', models.DateField(verbose_name='business date')),
                ('state', models.CharField(choices=[('open', 'In progress'), ('completed', 'Completed'), ('auto_closed', 'Closed by the system')], default='open', max_length=12, verbose_name='state')),
                ('checked_in_at', models.DateTimeField(verbose_name='checked in')),
                ('checked_out_at', models.DateTimeField(null=True, verbose_name='checked out')),
                ('verdict', models.CharField(choices=[('inside', 'Inside'), ('outside', 'Outside'), ('uncertain', 'Uncertain'), ('unusable', 'Position too vague'), ('manual', 'Manual place')], max_length=12, verbose_name='verdict')),
                ('distance_m', qince.kit.vault.fields.EncryptedFloatField(null=True, subject='employee_id', verbose_name='distance, m')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason for checking in outside')),
                ('unproductive_reason', models.CharField(blank=True, choices=[('closed', 'Store closed'), ('refused', 'Visit refused'), ('owner_absent', 'Owner absent'), ('other', 'Other reason')], max_length=14, verbose_name='unproductive because')),
                ('summary', models.TextField(blank=True, max_length=1000, verbose_name='summary')),
                ('flags', models.JSONField(default=list, verbose_name='flags')),
                ('steps_done', models.PositiveSmallIntegerField(default=0, verbose_name='steps done')),
                ('photo_count', models.PositiveSmallIntegerField(default=0, verbose_name='photos')),
                ('version', models.PositiveIntegerField(default=1)),
                ('customer', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='customers.customer')),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('planned_visit', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='routes.plannedvisit')),
                ('template', qince.kit.tenancy.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='visits.visittemplate')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'employee', 'on'], name='visit_employee_day'), models.Index(fields=['organization', 'on', 'id'], name='visit_day')],
            },
        ),
        migrations.CreateModel(
            name='StepRecord',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('step_id', models.CharField(max_length=40)),
                ('kind', models.CharField(max_length=12)),
                ('answer', models.JSONField(null=True)),
                ('at', models.DateTimeField()),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('visit', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='step_records', to='visits.visit')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'visit', 'step_id'), name='step_record_once')],
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='time')),
                ('device_time', models.DateTimeField(verbose_name='time by the phone')),
                ('received_at', models.DateTimeField(verbose_name='received')),
                ('skew_s', models.IntegerField(default=0, verbose_name='clock skew, s')),
                ('lat', qince.kit.vault.fields.EncryptedFloatField(null=True, subject='visit.employee_id', verbose_name='latitude')),
                ('lng', qince.kit.vault.fields.EncryptedFloatField(null=True, subject='visit.employee_id', verbose_name='longitude')),
                ('accuracy_m', qince.kit.vault.fields.EncryptedFloatField(null=True, subject='visit.employee_id', verbose_name='accuracy, m')),
                ('distance_m', qince.kit.vault.fields.EncryptedFloatField(null=True, subject='visit.employee_id', verbose_name='distance, m')),
                ('radius_m', models.PositiveIntegerField(null=True, verbose_name='radius of the fence, m')),
                ('verdict', models.CharField(choices=[('inside', 'Inside'), ('outside', 'Outside'), ('uncertain', 'Uncertain'), ('unusable', 'Position too vague'), ('manual', 'Manual place')], max_length=12, verbose_name='verdict')),
                ('place_text', models.CharField(blank=True, max_length=200, verbose_name='manual place')),
                ('flags', models.JSONField(default=list, verbose_name='flags')),
                ('envelope', qince.kit.vault.fields.EncryptedJSONField(null=True, subject='visit.employee_id', verbose_name='evidence as sent')),
                ('operation_hash', models.CharField(blank=True, max_length=64, verbose_name='hash of the operation')),
                ('step_id', models.CharField(max_length=40)),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the original')),
                ('size', models.PositiveIntegerField(verbose_name='size, bytes')),
                ('taken_at', models.DateTimeField(verbose_name='taken')),
                ('blob', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('visit', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='visits.visit')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'sha256'], name='photo_content')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'visit', 'step_id', 'sha256'), name='photo_once')],
            },
        ),
        migrations.CreateModel(
            name='CheckEvent',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='time')),
                ('device_time', models.DateTimeField(verbose_name='time by the phone')),
                ('received_at', models.DateTimeField(verbose_name='received')),
                ('skew_s', models.IntegerField(default=0, verbose_name='clock skew, s')),
                ('lat', qince.kit.vault.fields.EncryptedFloatField(null=True, subject='visit.employee_id', verbose_name='latitude')),
                ('lng', qince.kit.vault.fields.EncryptedFloatField(null=True, subject='visit.employee_id', verbose_name='longitude')),
                ('accuracy_m', qince.kit.vault.fields.EncryptedFloatField(null=True, subject='visit.employee_id', verbose_name='accuracy, m')),
                ('distance_m', qince.kit.vault.fields.EncryptedFloatField(null=True, subject='visit.employee_id', verbose_name='distance, m')),
                ('radius_m', models.PositiveIntegerField(null=True, verbose_name='radius of the fence, m')),
                ('verdict', models.CharField(choices=[('inside', 'Inside'), ('outside', 'Outside'), ('uncertain', 'Uncertain'), ('unusable', 'Position too vague'), ('manual', 'Manual place')], max_length=12, verbose_name='verdict')),
                ('place_text', models.CharField(blank=True, max_length=200, verbose_name='manual place')),
                ('flags', models.JSONField(default=list, verbose_name='flags')),
                ('envelope', qince.kit.vault.fields.EncryptedJSONField(null=True, subject='visit.employee_id', verbose_name='evidence as sent')),
                ('operation_hash', models.CharField(blank=True, max_length=64, verbose_name='hash of the operation')),
                ('kind', models.CharField(choices=[('in', 'Check-in'), ('out', 'Check-out')], max_length=3, verbose_name='kind')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('visit', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='check_events', to='visits.visit')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'visit', 'kind'), name='check_event_once')],
            },
        ),
    ]
