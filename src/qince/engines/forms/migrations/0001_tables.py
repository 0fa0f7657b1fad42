import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
import qince.kit.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('forms', '0001_initial'), ('forms', '0002_remove_form_needs_review_form_decided_by_and_more')]

    initial = True

    dependencies = [
        ('files', '0001_tables'),
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('state', models.CharField(choices=[('draft', 'Not published'), ('published', 'Published'), ('closed', 'Closed')], default='draft', max_length=10, verbose_name='state')),
                ('draft', models.JSONField(default=dict, verbose_name='draft')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('number', models.PositiveIntegerField(default=0, verbose_name='published version')),
                ('editing', models.CharField(choices=[('never', 'Not at all'), ('until_reviewed', 'Until it is accepted'), ('always', 'At any time')], default='until_reviewed', max_length=16, verbose_name='may be changed')),
                ('decided_by', models.CharField(choices=[('nobody', 'Nobody: it counts as it is sent'), ('reviewer', 'A manager accepts or returns it'), ('flow', 'The approval flow of this form')], default='nobody', max_length=8, verbose_name='who decides on it')),
                ('is_open_to_all', models.BooleanField(default=False, verbose_name='everybody may fill it in at any time')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'code'), name='form_code', violation_error_message='Another form has this code.')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('period', models.CharField(choices=[('once', 'Once'), ('day', 'Every day'), ('week', 'Every week'), ('month', 'Every month')], default='day', max_length=6, verbose_name='how often')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('due_day', models.PositiveSmallIntegerField(default=0, verbose_name='due on')),
                ('due_at', models.TimeField(verbose_name='due by')),
                ('weekdays', models.JSONField(blank=True, default=list, verbose_name='on these weekdays')),
                ('is_for_everybody', models.BooleanField(default=False, verbose_name='for everybody')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('version', models.PositiveIntegerField(default=1)),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('form', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='forms.form')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('definition', models.JSONField()),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='what changed')),
                ('published_at', models.DateTimeField(verbose_name='published')),
                ('form', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='forms.form')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('published_by', qince.kit.tenancy.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'form', 'number'), name='form_version_number')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('period_on', models.DateField(null=True, verbose_name='period')),
                ('instance_id', models.CharField(blank=True, max_length=80)),
                ('source', models.CharField(choices=[('phone', 'Phone'), ('console', 'Console'), ('openrosa', 'ODK Collect'), ('api', 'Interface')], max_length=10, verbose_name='came by')),
                ('status', models.CharField(choices=[('submitted', 'Submitted'), ('accepted', 'Accepted'), ('returned', 'Returned'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='submitted', max_length=10, verbose_name='status')),
                ('facts', models.JSONField(default=dict)),
                ('answers', models.JSONField(default=dict)),
                ('sealed', qince.kit.vault.fields.EncryptedJSONField(null=True, subject='employee_id')),
                ('filled_at', models.DateTimeField(verbose_name='filled in')),
                ('received_at', models.DateTimeField(verbose_name='received')),
                ('review_note', models.CharField(blank=True, max_length=500, verbose_name="reviewer's note")),
                ('version', models.PositiveIntegerField(default=1)),
                ('assignment', qince.kit.tenancy.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='forms.assignment')),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='form_submissions', to='people.employee')),
                ('form', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='forms.form')),
                ('form_version', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.formversion')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'form', 'filled_at', 'id'], name='submission_form'), models.Index(fields=['organization', 'employee', 'filled_at'], name='submission_employee'), models.Index(fields=['organization', 'assignment', 'period_on'], name='submission_period')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('instance_id', ''), _negated=True), fields=('organization', 'form', 'instance_id'), name='submission_instance')],
            },
        ),
        migrations.CreateModel(
            name='SubmissionEdit',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('facts', models.JSONField(default=dict)),
                ('answers', models.JSONField(default=dict)),
                ('sealed', qince.kit.vault.fields.EncryptedJSONField(null=True, subject='submission.employee_id')),
                ('edited_at', models.DateTimeField(verbose_name='changed')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='why')),
                ('edited_by', qince.kit.tenancy.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('form_version', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.formversion')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('submission', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='edits', to='forms.submission')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'submission', 'number'), name='submission_edit_once')],
            },
        ),
        migrations.CreateModel(
            name='SubmissionFile',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('field_id', models.CharField(max_length=40)),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the original')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('blob', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('submission', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='forms.submission')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'sha256'], name='submission_file_content')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'submission', 'field_id', 'sha256'), name='submission_file_once')],
            },
        ),
        migrations.CreateModel(
            name='AppToken',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='device or app')),
                ('digest', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(verbose_name='made')),
                ('last_used_at', models.DateTimeField(null=True, verbose_name='last used')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='revoked')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'digest'), name='app_token_digest')],
            },
        ),
        migrations.CreateModel(
            name='AssignmentTarget',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('assignment', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='forms.assignment')),
                ('department', qince.kit.tenancy.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department')),
                ('employee', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'assignment', 'employee', 'department'), name='assignment_target_once', nulls_distinct=False)],
            },
        ),
    ]
