import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('daily_reports', '0001_initial'), ('daily_reports', '0002_draft_of_fields')]

    initial = True

    dependencies = [
        ('files', '0001_tables'),
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('period_on', models.DateField(verbose_name='period')),
                ('ends_on', models.DateField(verbose_name='last day of the period')),
                ('sent_at', models.DateTimeField(verbose_name='sent')),
                ('received_at', models.DateTimeField(verbose_name='received')),
                ('edition', models.PositiveIntegerField(default=1, verbose_name='edition')),
                ('edited_at', models.DateTimeField(null=True, verbose_name='last changed')),
                ('filled_until', models.DateTimeField(verbose_name='facts as of')),
                ('facts', models.JSONField(default=dict)),
                ('answers', models.JSONField(default=dict)),
                ('autofill', models.JSONField(default=dict, verbose_name='what the records said')),
                ('marks', models.JSONField(default=dict, verbose_name='where each answer is from')),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='daily_reports', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(blank=True, max_length=1000, verbose_name='comment')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('taken_back_at', models.DateTimeField(null=True, verbose_name='taken back')),
                ('author', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('report', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='daily_reports.report')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'report', 'at'], name='report_comments')],
            },
        ),
        migrations.CreateModel(
            name='ReportFile',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('field_id', models.CharField(max_length=40)),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the original')),
                ('blob', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('report', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='daily_reports.report')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'sha256'], name='report_file_content')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'report', 'field_id', 'sha256'), name='report_file_once')],
            },
        ),
        migrations.CreateModel(
            name='Template',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('sequence', models.PositiveIntegerField(default=0, verbose_name='order')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('latest', models.PositiveIntegerField(default=0, editable=False, verbose_name='version')),
                ('draft', models.JSONField(default=dict, verbose_name='draft')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'name'), name='report_template_name', violation_error_message='Another template has this name.')],
            },
        ),
        migrations.AddField(
            model_name='report',
            name='template',
            field=qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='daily_reports.template'),
        ),
        migrations.CreateModel(
            name='Nudge',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('period_on', models.DateField(verbose_name='period')),
                ('kind', models.CharField(choices=[('due', 'Soon due'), ('missing', 'List of the missing')], max_length=8, verbose_name='kind')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('template', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='daily_reports.template')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'template', 'period_on', 'employee', 'kind'), name='report_nudge_once')],
            },
        ),
        migrations.CreateModel(
            name='TemplateVersion',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('effective_from', models.DateField(verbose_name='effective from')),
                ('rule', models.JSONField(verbose_name='rules')),
                ('definition', models.JSONField(verbose_name='fields')),
                ('autofill', models.JSONField(default=dict, verbose_name='filled in from facts')),
                ('is_for_everybody', models.BooleanField(default=False, verbose_name='for everybody')),
                ('levels', models.JSONField(default=list, verbose_name='levels of leaders')),
                ('to_head', models.BooleanField(default=False, verbose_name='to the head of the department')),
                ('created_at', models.DateTimeField(verbose_name='created at')),
                ('created_by', qince.kit.tenancy.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('template', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='daily_reports.template')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'template', 'number'), name='report_template_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('reporter', 'Reports'), ('exempt', 'Need not report'), ('receiver', 'Receives')], max_length=8, verbose_name='part')),
                ('position', models.CharField(blank=True, max_length=60, verbose_name='position')),
                ('department', qince.kit.tenancy.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department')),
                ('employee', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('version', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='daily_reports.templateversion')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'version', 'role', 'employee', 'department', 'position'), name='report_target_once', nulls_distinct=False)],
            },
        ),
        migrations.AddField(
            model_name='report',
            name='by_version',
            field=qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='daily_reports.templateversion'),
        ),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('period_on', models.DateField(verbose_name='period')),
                ('ends_on', models.DateField(verbose_name='last day of the period')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('late_until', models.DateTimeField(verbose_name='taken as late until')),
                ('reason', models.CharField(blank=True, choices=[('named', 'The template exempts the person'), ('not_yet', 'Not yet there'), ('left', 'Gone before it was due'), ('weekday', 'Not on this weekday'), ('day_off', 'Day off'), ('holiday', 'Holiday'), ('leave', 'On leave')], max_length=8, verbose_name='exempt because')),
                ('facts', models.JSONField(default=dict)),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                ('department', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department')),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('report', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='obligations', to='daily_reports.report')),
                ('template', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='daily_reports.template')),
                ('by_version', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='daily_reports.templateversion')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'period_on', 'template'], name='report_obligation_period'), models.Index(fields=['organization', 'employee', 'period_on'], name='report_obligation_of')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'template', 'employee', 'period_on'), name='report_obligation_once')],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('comment', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='daily_reports.comment')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'comment', 'employee'), name='report_mention_once')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('why', models.CharField(choices=[('leader', 'Leader'), ('head', 'Head of the department'), ('named', 'Named in the template'), ('handed_over', 'Took over from somebody who left')], max_length=12, verbose_name='because')),
                ('level', models.PositiveSmallIntegerField(default=0, verbose_name='level')),
                ('read_at', models.DateTimeField(null=True, verbose_name='read')),
                ('read_edition', models.PositiveIntegerField(default=0)),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='report_receipts', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('report', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='receipts', to='daily_reports.report')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'employee', 'read_edition'], name='report_inbox')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'report', 'employee'), name='report_receipt_once')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='edition')),
                ('facts', models.JSONField(default=dict)),
                ('answers', models.JSONField(default=dict)),
                ('marks', models.JSONField(default=dict)),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('replaced_at', models.DateTimeField(verbose_name='replaced')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('report', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='daily_reports.report')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'report', 'number'), name='report_edition_once')],
            },
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['organization', 'period_on', 'id'], name='daily_report_period'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['organization', 'employee', '-period_on'], name='daily_report_of'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('organization', 'template', 'employee', 'period_on'), name='daily_report_once'),
        ),
    ]
