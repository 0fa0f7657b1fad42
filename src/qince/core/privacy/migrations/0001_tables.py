import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('privacy', '0001_initial'), ('privacy', '0002_notice'), ('privacy', '0003_release')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentEntry',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=40, verbose_name='purpose')),
                ('act', models.CharField(choices=[('served', 'Shown'), ('granted', 'Agreed'), ('declined', 'Declined'), ('narrowed', 'Narrowed'), ('withdrawn', 'Withdrawn')], max_length=12, verbose_name='act')),
                ('circumstances', models.CharField(blank=True, max_length=20, verbose_name='circumstances')),
                ('notice_version', models.CharField(max_length=40, verbose_name='version of the notice')),
                ('notice_hash', models.CharField(max_length=64, verbose_name='hash of the notice')),
                ('method', models.CharField(max_length=20, verbose_name='method')),
                ('client', models.CharField(max_length=20, verbose_name='client')),
                ('occurred_at', models.DateTimeField(verbose_name='time')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consent_entries', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=40)),
                ('act', models.CharField(choices=[('served', 'Shown'), ('granted', 'Agreed'), ('declined', 'Declined'), ('narrowed', 'Narrowed'), ('withdrawn', 'Withdrawn')], max_length=12)),
                ('is_granted', models.BooleanField()),
                ('circumstances', models.CharField(blank=True, max_length=20)),
                ('release', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('entry', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='privacy.consententry')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee', 'purpose'), name='consent_one_per_purpose')],
            },
        ),
        migrations.CreateModel(
            name='NoticeVersion',
            fields=[
                ('id', models.UUIDField(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=10)),
                ('version', models.CharField(max_length=40, verbose_name='version')),
                ('hash', models.CharField(max_length=64, verbose_name='hash')),
                ('content', models.JSONField()),
                ('release', models.PositiveIntegerField(default=1, verbose_name='release')),
                ('released_at', models.DateTimeField(verbose_name='released')),
                ('organization', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['hash'], name='notice_hash')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'language', 'hash'), name='notice_text', nulls_distinct=False)],
            },
        ),
    ]
