import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('watch', '0001_logs_and_alerts'), ('watch', '0003_staff_and_training')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutsideAccess',
            fields=[
                ('at', models.DateTimeField(verbose_name='time')),
                ('ip', models.CharField(blank=True, max_length=49, verbose_name='IP address')),
                ('browser', models.CharField(blank=True, max_length=40, verbose_name='browser')),
                ('carrier', models.CharField(blank=True, max_length=20, verbose_name='carrier')),
                ('language', models.CharField(blank=True, max_length=12, verbose_name='language')),
                ('method', models.CharField(max_length=8, verbose_name='method')),
                ('route', models.CharField(blank=True, max_length=100, verbose_name='page')),
                ('status', models.PositiveSmallIntegerField(verbose_name='answer')),
                ('id', models.UUIDField(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='watch_outside_at')],
            },
        ),
        migrations.CreateModel(
            name='Staff',
            fields=[
                ('id', models.UUIDField(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('kind', models.CharField(choices=[('employed', 'Employed'), ('outsourced', 'Outsourced')], max_length=10, verbose_name='kind')),
                ('ends_on', models.DateField(null=True, verbose_name='last day')),
                ('added_by', models.CharField(max_length=60, verbose_name='added by')),
                ('added_at', models.DateTimeField(verbose_name='added at')),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'employed'), ('ends_on__isnull', False), _connector='OR'), name='watch_outsourced_ends')],
            },
        ),
        migrations.CreateModel(
            name='StaffAccess',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('staff_id', models.UUIDField()),
                ('staff_name', models.CharField(max_length=60, verbose_name="operator's staff")),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('opened_by', models.CharField(max_length=60, verbose_name='opened by')),
                ('starts_at', models.DateTimeField(verbose_name='from')),
                ('ends_at', models.DateTimeField(verbose_name='until')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed at')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee', verbose_name='acts here as')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'employee', 'ends_at'], name='watch_ticket_of')],
            },
        ),
        migrations.CreateModel(
            name='StaffTraining',
            fields=[
                ('id', models.UUIDField(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('topic', models.CharField(max_length=80, verbose_name='topic')),
                ('done_on', models.DateField(verbose_name='done on')),
                ('due_on', models.DateField(verbose_name='to be repeated by')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trainings', to='watch.staff')),
            ],
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('topic', models.CharField(max_length=80, verbose_name='topic')),
                ('done_on', models.DateField(verbose_name='done on')),
                ('due_on', models.DateField(verbose_name='to be repeated by')),
                ('reminded_at', models.DateTimeField(null=True, verbose_name='reminded at')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee', verbose_name='employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'employee', 'due_on'], name='watch_training_of')],
            },
        ),
        migrations.CreateModel(
            name='Undertaking',
            fields=[
                ('id', models.UUIDField(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('signed_on', models.DateField(verbose_name='signed on')),
                ('expires_on', models.DateField(verbose_name='valid until')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='undertakings', to='watch.staff')),
            ],
        ),
        migrations.CreateModel(
            name='Access',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='time')),
                ('ip', models.CharField(blank=True, max_length=49, verbose_name='IP address')),
                ('browser', models.CharField(blank=True, max_length=40, verbose_name='browser')),
                ('carrier', models.CharField(blank=True, max_length=20, verbose_name='carrier')),
                ('language', models.CharField(blank=True, max_length=12, verbose_name='language')),
                ('method', models.CharField(max_length=8, verbose_name='method')),
                ('route', models.CharField(blank=True, max_length=100, verbose_name='page')),
                ('status', models.PositiveSmallIntegerField(verbose_name='answer')),
                ('employee_id', models.UUIDField(null=True, verbose_name='employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'at'], name='watch_access_at'), models.Index(fields=['organization', 'employee_id', 'at'], name='watch_access_of')],
            },
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('rule', models.CharField(max_length=40, verbose_name='rule')),
                ('version', models.CharField(max_length=10, verbose_name='version')),
                ('facts', models.JSONField(default=dict, verbose_name='facts')),
                ('key', models.CharField(max_length=60)),
                ('at', models.DateTimeField(verbose_name='time')),
                ('state', models.CharField(choices=[('open', 'Open'), ('released', 'Released'), ('confirmed', 'Confirmed')], default='open', max_length=10, verbose_name='state')),
                ('is_locked', models.BooleanField(default=False, verbose_name='account locked')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided at')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('decided_by', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee', verbose_name='decided by')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee', verbose_name='employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'state', 'at'], name='watch_alert_state')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee', 'rule', 'key'), name='watch_alert_once')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('employee_id', models.UUIDField(verbose_name='whose')),
                ('reader_id', models.UUIDField(verbose_name='reader')),
                ('reader_name', models.CharField(max_length=60, verbose_name='who looked')),
                ('page', models.CharField(max_length=100, verbose_name='page')),
                ('hour', models.DateTimeField()),
                ('at', models.DateTimeField(verbose_name='time')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'employee_id', 'at'], name='watch_reading_of')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'reader_id', 'hour', 'employee_id', 'page'), name='watch_reading_once')],
            },
        ),
    ]
