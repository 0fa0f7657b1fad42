import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('erasure', '0001_erasures'), ('erasure', '0002_copies'), ('erasure', '0003_reports')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Farewell',
            fields=[
                ('token_digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('erased_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('mobile', models.CharField(blank=True, max_length=30, verbose_name='mobile')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('case_digest', models.CharField(blank=True, max_length=64)),
                ('state', models.CharField(choices=[('making', 'Being made'), ('ready', 'Ready'), ('failed', 'Failed'), ('gone', 'Removed')], default='making', max_length=10, verbose_name='state')),
                ('expected', models.PositiveIntegerField(default=0)),
                ('processed', models.PositiveIntegerField(default=0)),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='size, bytes')),
                ('requested_at', models.DateTimeField(verbose_name='requested')),
                ('expires_at', models.DateTimeField(verbose_name='expires')),
                ('collected_at', models.DateTimeField(null=True, verbose_name='collected')),
                ('link_digest', models.CharField(blank=True, max_length=64)),
                ('link_until', models.DateTimeField(null=True)),
                ('employee', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('requested_by', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'expires_at'], name='copy_expiry')],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=10, verbose_name='kind')),
                ('subject_id', models.UUIDField(null=True)),
                ('account_id', models.UUIDField(null=True)),
                ('match', models.JSONField(default=dict)),
                ('subject_digest', models.CharField(max_length=64)),
                ('case_digest', models.CharField(blank=True, max_length=64)),
                ('pseudonym', models.CharField(max_length=60, verbose_name='pseudonym')),
                ('ledger_entry', models.PositiveBigIntegerField(verbose_name='number in the erasure ledger')),
                ('state', models.CharField(choices=[('working', 'In progress'), ('held', 'Waiting for a hold'), ('done', 'Done')], default='working', max_length=10, verbose_name='state')),
                ('begun_at', models.DateTimeField(verbose_name='begun')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='finished')),
                ('steps', models.JSONField(default=dict)),
                ('planned', models.JSONField(default=dict)),
                ('proof', models.JSONField(default=dict)),
                ('signature', models.CharField(blank=True, max_length=64)),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('requested_by', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'done'), _negated=True), fields=('organization', 'subject_digest'), name='erasure_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('model', models.CharField(max_length=60, verbose_name='kind of record')),
                ('row_id', models.UUIDField(verbose_name='record')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('reference', models.CharField(max_length=80, verbose_name='contract or file number')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('placed_at', models.DateTimeField(verbose_name='placed')),
                ('released_at', models.DateTimeField(null=True, verbose_name='released')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('placed_by', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('released_at__isnull', True)), fields=['organization', 'model', 'row_id'], name='hold_of_row')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('ran_at', models.DateTimeField(verbose_name='time')),
                ('is_dry_run', models.BooleanField(default=False, verbose_name='on trial')),
                ('lines', models.JSONField(default=list)),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('left', models.PositiveIntegerField(default=0, verbose_name='left over')),
                ('signature', models.CharField(max_length=64)),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', '-ran_at'], name='retention_report_latest')],
            },
        ),
    ]
