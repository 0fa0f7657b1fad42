import django.db.models.deletion
import qince.employee.calendar.models.timed
import qince.kit.ids
import qince.kit.tenancy
import qince.kit.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('calendar', '0001_initial')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('title', qince.kit.vault.fields.EncryptedCharField(max_length=120, null=True, subject='employee_id', verbose_name='title')),
                ('place', qince.kit.vault.fields.EncryptedCharField(blank=True, max_length=200, null=True, subject='employee_id', verbose_name='place')),
                ('notes', qince.kit.vault.fields.EncryptedTextField(blank=True, max_length=4000, null=True, subject='employee_id', verbose_name='notes')),
                ('zone', models.CharField(max_length=50, verbose_name='time zone')),
                ('all_day', models.BooleanField(default=False, verbose_name='all day')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('starts_time', models.TimeField(blank=True, null=True, verbose_name='begins at')),
                ('ends_on', models.DateField(verbose_name='until')),
                ('ends_time', models.TimeField(blank=True, null=True, verbose_name='ends at')),
                ('rrule', models.CharField(blank=True, max_length=500, verbose_name='repeats')),
                ('exdates', models.JSONField(blank=True, default=list, verbose_name='left out')),
                ('original_on', models.DateField(blank=True, null=True)),
                ('original_time', models.TimeField(blank=True, null=True)),
                ('visibility', models.CharField(choices=[('public', 'Public: what it is can be seen'), ('busy', 'Busy: others see only that you are busy'), ('private', 'Private: others see nothing')], default='public', max_length=8, verbose_name='visibility')),
                ('spans_from', models.DateField()),
                ('spans_to', models.DateField(null=True)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(verbose_name='created at')),
                ('updated_at', models.DateTimeField(verbose_name='changed at')),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='calendar_events', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('override_of', qince.kit.tenancy.TenantForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='overrides', to='calendar.event')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'employee', 'spans_from'], name='calendar_event_of')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('override_of__isnull', False)), fields=('organization', 'override_of', 'original_on', 'original_time'), name='calendar_override_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='calendar_event_ends_later'), models.CheckConstraint(condition=models.Q(models.Q(('all_day', True), ('ends_time__isnull', True), ('starts_time__isnull', True)), models.Q(('all_day', False), ('ends_time__isnull', False), ('starts_time__isnull', False)), _connector='OR'), name='calendar_event_has_times')],
            },
            bases=(models.Model, qince.employee.calendar.models.timed.Timed),
        ),
        migrations.CreateModel(
            name='Attendee',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('status', models.CharField(choices=[('needs_answer', 'No answer yet'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('tentative', 'Tentative')], default='needs_answer', max_length=12, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_invitations', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('event', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='attendees', to='calendar.event')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'event', 'employee'), name='calendar_attendee_once')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('minutes_before', models.PositiveIntegerField(verbose_name='minutes before')),
                ('due_at', models.DateTimeField(null=True)),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_reminders', to='people.employee')),
                ('event', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='calendar.event')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'due_at'], name='calendar_reminder_due')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'event', 'employee'), name='calendar_reminder_once')],
            },
        ),
        migrations.CreateModel(
            name='AgendaShare',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateTimeField(verbose_name='since')),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='agenda_shares', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('viewer', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agendas_shared', to='people.employee')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee', 'viewer'), name='agenda_share_once', violation_error_message='This colleague sees your agenda already.'), models.CheckConstraint(condition=models.Q(('employee', models.F('viewer')), _negated=True), name='agenda_share_with_another')],
            },
        ),
        migrations.CreateModel(
            name='CalendarKey',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('feed', 'Address to subscribe to'), ('app', 'Password of an app')], max_length=4, verbose_name='kind')),
                ('name', models.CharField(max_length=60, verbose_name='device or app')),
                ('digest', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(verbose_name='made')),
                ('last_used_at', models.DateTimeField(null=True, verbose_name='last used')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='revoked')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_keys', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'digest'), name='calendar_key_digest')],
            },
        ),
    ]
