import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
import qince.kit.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('leave', '0001_initial')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='LeaveType',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('tone', models.CharField(choices=[('green', 'Green'), ('blue', 'Blue'), ('orange', 'Orange'), ('red', 'Red'), ('purple', 'Purple'), ('teal', 'Teal'), ('pink', 'Pink'), ('grey', 'Grey')], default='green', max_length=8, verbose_name='colour')),
                ('sequence', models.PositiveIntegerField(default=0, verbose_name='order')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('template', models.CharField(blank=True, editable=False, max_length=20)),
                ('latest', models.PositiveIntegerField(default=0, editable=False, verbose_name='version')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'name'), name='leave_type_name', violation_error_message='Another type of leave has this name.')],
            },
        ),
        migrations.CreateModel(
            name='LeaveRequest',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('segments', models.JSONField(verbose_name='asked for')),
                ('qty', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='length of leave')),
                ('first_on', models.DateField(verbose_name='first day')),
                ('last_on', models.DateField(verbose_name='last day')),
                ('state', models.CharField(choices=[('pending', 'Under way'), ('returned', 'Returned'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn'), ('cancelled', 'Cancelled')], default='pending', max_length=10, verbose_name='state')),
                ('reason', qince.kit.vault.fields.EncryptedCharField(blank=True, max_length=300, null=True, subject='employee_id', verbose_name='reason')),
                ('health_reason', qince.kit.vault.fields.EncryptedCharField(blank=True, max_length=300, null=True, subject='employee_id', verbose_name='reason (about health)')),
                ('paper_by_hand', models.BooleanField(default=False, verbose_name='paper handed to HR')),
                ('paper_seen_at', models.DateTimeField(null=True, verbose_name='paper seen by HR')),
                ('is_short', models.BooleanField(default=False, verbose_name='no longer covered by the balance')),
                ('submitted_at', models.DateTimeField(verbose_name='handed in')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='leave_requests', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('type', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='leave.leavetype')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('balance', models.DecimalField(decimal_places=2, default=0, max_digits=8, verbose_name='balance')),
                ('closed_on', models.DateField(null=True, verbose_name='as of')),
                ('lapses_on', models.DateField(null=True, verbose_name='next to lapse on')),
                ('lapsing', models.DecimalField(decimal_places=2, default=0, max_digits=8, verbose_name='next to lapse')),
                ('entries', models.PositiveIntegerField(default=0)),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='leave_accounts', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('type', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='leave.leavetype')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee', 'type'), name='leave_account_once')],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sequence', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('grant', 'Leave granted'), ('carry', 'Carried over'), ('use', 'Used'), ('hold', 'Held for a request'), ('release', 'Hold released'), ('expire', 'Lapsed'), ('adjust', 'Adjusted')], max_length=8, verbose_name='kind')),
                ('qty', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='quantity')),
                ('counts_on', models.DateField(verbose_name='counts from')),
                ('lot', models.CharField(blank=True, max_length=60)),
                ('valid_from', models.DateField(null=True, verbose_name='valid from')),
                ('valid_to', models.DateField(null=True, verbose_name='valid until')),
                ('source', models.CharField(blank=True, max_length=60)),
                ('day', models.DateField(null=True, verbose_name='day of leave')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('account', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='leave.account')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('written_by', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'account', 'sequence'), name='leave_entry_once')],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', qince.kit.vault.fields.EncryptedCharField(max_length=120, subject='request.employee_id', verbose_name='name')),
                ('media_type', models.CharField(max_length=40)),
                ('size', models.PositiveIntegerField()),
                ('content', qince.kit.vault.fields.EncryptedBinaryField(subject='request.employee_id', verbose_name='content')),
                ('added_at', models.DateTimeField(verbose_name='added')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('request', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='leave.leaverequest')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='ServiceRecord',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('working_since', models.DateField(verbose_name='working since')),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='leave_service', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee'), name='leave_service_once')],
            },
        ),
        migrations.CreateModel(
            name='TypeVersion',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('effective_from', models.DateField(verbose_name='effective from')),
                ('definition', models.JSONField(verbose_name='rules')),
                ('created_at', models.DateTimeField(verbose_name='created at')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('type', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='leave.leavetype')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'type', 'version'), name='leave_type_version_once')],
            },
        ),
        migrations.AddField(
            model_name='leaverequest',
            name='version',
            field=qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leave.typeversion'),
        ),
        migrations.CreateModel(
            name='LeaveDay',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField(verbose_name='day')),
                ('part', models.CharField(choices=[('full', 'Whole day'), ('am', 'Morning'), ('pm', 'Afternoon'), ('hours', 'Hours')], max_length=5, verbose_name='part')),
                ('from_minute', models.PositiveSmallIntegerField(null=True)),
                ('to_minute', models.PositiveSmallIntegerField(null=True)),
                ('qty', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='length of leave')),
                ('why', models.CharField(choices=[('work', 'Working day'), ('rest', 'Day off, not counted'), ('holiday', 'Holiday, not counted'), ('bridge', 'Day off between two days of leave'), ('calendar', 'Every day counts')], max_length=8, verbose_name='because')),
                ('starts_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField(null=True)),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('request', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='days', to='leave.leaverequest')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'on'], name='leave_day_on')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'request', 'on', 'part', 'from_minute'), name='leave_day_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Cancellation',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kept', models.JSONField(verbose_name='what remains')),
                ('qty', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='given back')),
                ('reason', qince.kit.vault.fields.EncryptedCharField(blank=True, max_length=300, null=True, subject='request.employee_id', verbose_name='reason')),
                ('state', models.CharField(choices=[('pending', 'Under way'), ('returned', 'Returned'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='pending', max_length=10, verbose_name='state')),
                ('submitted_at', models.DateTimeField(verbose_name='handed in')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('request', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cancellations', to='leave.leaverequest')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('pending', 'returned'))), fields=('organization', 'request'), name='leave_cancellation_once', violation_error_message='A change of this leave is on its way already.')],
            },
        ),
        migrations.AddIndex(
            model_name='leaverequest',
            index=models.Index(fields=['organization', 'employee', '-first_on'], name='leave_request_of'),
        ),
        migrations.AddIndex(
            model_name='leaverequest',
            index=models.Index(fields=['organization', 'last_on'], name='leave_request_last'),
        ),
    ]
