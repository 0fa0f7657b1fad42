import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
import qince.kit.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('approvals', '0001_initial'), ('approvals', '0002_alter_task_state'), ('approvals', '0003_decision_place')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Flow',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject', models.CharField(max_length=60, verbose_name='subject')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('department_ids', models.JSONField(blank=True, default=list, verbose_name='for departments')),
                ('sequence', models.PositiveIntegerField(default=0, verbose_name='order')),
                ('draft', models.JSONField(default=dict, verbose_name='draft')),
                ('is_changed', models.BooleanField(default=True, verbose_name='draft not published')),
                ('is_active', models.BooleanField(default=False, verbose_name='in use')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'subject', 'name'), name='approval_flow_name', violation_error_message='Another flow of this kind has the name.')],
            },
        ),
        migrations.CreateModel(
            name='FlowVersion',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('body', models.JSONField(verbose_name='flow')),
                ('published_at', models.DateTimeField(verbose_name='published')),
                ('flow', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='approvals.flow')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'flow', 'number'), name='approval_version_number', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Instance',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, verbose_name='number')),
                ('subject', models.CharField(max_length=60, verbose_name='kind')),
                ('target_id', models.UUIDField()),
                ('title', qince.kit.vault.fields.EncryptedTextField(subject='applicant_id', verbose_name='request')),
                ('facts', qince.kit.vault.fields.EncryptedJSONField(subject='applicant_id', verbose_name='what conditions asked')),
                ('chosen', models.JSONField(blank=True, default=dict)),
                ('status', models.CharField(choices=[('running', 'Under way'), ('returned', 'Returned to the applicant'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn'), ('revoked', 'Revoked')], default='running', max_length=10, verbose_name='state')),
                ('round', models.PositiveSmallIntegerField(default=1, verbose_name='round')),
                ('submitted_at', models.DateTimeField(verbose_name='handed in')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('effect_state', models.CharField(choices=[('none', 'Nothing to do yet'), ('done', 'Carried out'), ('failed', 'Not carried out, will be tried again')], default='none', max_length=6, verbose_name='effect')),
                ('effect_attempts', models.PositiveSmallIntegerField(default=0)),
                ('effect_error', models.CharField(blank=True, max_length=60)),
                ('applicant', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='people.employee')),
                ('department', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('revokes', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revocations', to='approvals.instance')),
                ('version', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instances', to='approvals.flowversion')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'applicant', '-submitted_at'], name='approval_of_applicant'), models.Index(fields=['organization', 'subject', '-submitted_at'], name='approval_of_subject')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'number'), name='approval_number'), models.UniqueConstraint(condition=models.Q(('status__in', ['running', 'returned'])), fields=('organization', 'subject', 'target_id'), name='approval_once_under_way')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('text', qince.kit.vault.fields.EncryptedTextField(subject='instance.applicant_id', verbose_name='remark')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('instance', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='approvals.instance')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('node', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=60, verbose_name='step')),
                ('kind', models.CharField(max_length=8)),
                ('mode', models.CharField(blank=True, max_length=8)),
                ('round', models.PositiveSmallIntegerField()),
                ('sequence', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('passed', 'Passed'), ('refused', 'Refused'), ('returned', 'Returned'), ('cancelled', 'Cancelled')], default='open', max_length=10, verbose_name='state')),
                ('how', models.CharField(max_length=14)),
                ('opened_at', models.DateTimeField(verbose_name='reached')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('due_at', models.DateTimeField(null=True, verbose_name='due')),
                ('instance', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='approvals.instance')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('due_at__isnull', False), ('state', 'open')), fields=['organization', 'due_at'], name='approval_steps_due')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'instance', 'sequence'), name='approval_step_order')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('is_merged', models.BooleanField(default=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('state', models.CharField(choices=[('waiting', 'Not yet their turn'), ('pending', 'Awaiting decision'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('returned', 'Returned'), ('transferred', 'Passed on'), ('done', 'Closed by another decision'), ('overdue', 'Closed by the deadline'), ('copied', 'Told')], default='pending', max_length=11, verbose_name='state')),
                ('comment', qince.kit.vault.fields.EncryptedTextField(null=True, subject='instance.applicant_id', verbose_name='comment')),
                ('created_at', models.DateTimeField(verbose_name='arrived')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('read_at', models.DateTimeField(null=True, verbose_name='read')),
                ('reminded_at', models.DateTimeField(null=True)),
                ('acted_by', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('added_to', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='added', to='approvals.task')),
                ('assignee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='approval_tasks', to='people.employee')),
                ('instance', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='approvals.instance')),
                ('on_behalf_of', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('step', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='approvals.step')),
                ('waits_for', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='followers', to='approvals.task')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'assignee', 'state', '-created_at'], name='approval_inbox'), models.Index(fields=['organization', 'instance'], name='approval_tasks_of'), models.Index(fields=['organization', 'step'], name='approval_tasks_of_step')],
            },
        ),
        migrations.CreateModel(
            name='DecisionPlace',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='time')),
                ('lat', qince.kit.vault.fields.EncryptedFloatField(subject='employee_id', verbose_name='latitude (WGS-84)')),
                ('lng', qince.kit.vault.fields.EncryptedFloatField(subject='employee_id', verbose_name='longitude (WGS-84)')),
                ('accuracy_m', qince.kit.vault.fields.EncryptedFloatField(subject='employee_id', verbose_name='accuracy, m')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('task', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='approvals.task')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subjects', models.JSONField(blank=True, default=list, verbose_name='kinds of requests')),
                ('starts_at', models.DateTimeField(verbose_name='from')),
                ('ends_at', models.DateTimeField(verbose_name='until')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('delegate', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='delegation_has_length'), models.CheckConstraint(condition=models.Q(('delegate', models.F('employee')), _negated=True), name='delegation_to_another')],
            },
        ),
    ]
