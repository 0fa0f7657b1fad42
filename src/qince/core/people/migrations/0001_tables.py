import django.db.models.deletion
import qince.kit.ids
import qince.kit.spelling
import qince.kit.tenancy
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('people', '0001_initial'), ('people', '0002_name_keys'), ('people', '0003_mobile_may_be_empty'), ('people', '0004_restricted'), ('people', '0005_activation_stopped')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('organizations', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('name_key', qince.kit.spelling.SpelledField('name')),
                ('path', models.TextField(editable=False)),
                ('sequence', models.PositiveIntegerField(default=0, verbose_name='order')),
                ('code', models.CharField(blank=True, max_length=40, verbose_name='code')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('parent', qince.kit.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.department', verbose_name='parent department')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'path'], name='department_path', opclasses=['uuid_ops', 'text_pattern_ops'])],
                'constraints': [models.UniqueConstraint(fields=('organization', 'parent', 'name'), name='department_name', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Employee',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('name_key', qince.kit.spelling.SpelledField('name', is_person=True)),
                ('mobile', models.CharField(max_length=20, verbose_name='mobile')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='employee number')),
                ('position', models.CharField(blank=True, max_length=60, verbose_name='position')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('hired_on', models.DateField(blank=True, null=True, verbose_name='date of employment')),
                ('status', models.CharField(choices=[('invited', 'Not activated'), ('active', 'Active'), ('suspended', 'Suspended'), ('left', 'Left')], default='invited', max_length=12, verbose_name='status')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='left on')),
                ('activation_stopped_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='stopped activating')),
                ('restricted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='use restricted since')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('leader', qince.kit.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='subordinates', to='people.employee', verbose_name='direct leader')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'name_key'], name='employee_name_key'), models.Index(condition=models.Q(('restricted_at__isnull', False)), fields=['organization'], name='employee_restricted')],
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('mobile', ''), _negated=True), models.Q(('status', 'left'), _negated=True)), fields=('organization', 'mobile'), name='employee_mobile', violation_error_message='Another employee has this mobile number.'), models.UniqueConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), models.Q(('status', 'left'), _negated=True)), fields=('organization', 'number'), name='employee_number', violation_error_message='Another employee has this number.'), models.CheckConstraint(condition=models.Q(('leader', models.F('id')), _negated=True), name='employee_not_own_leader')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('is_main', models.BooleanField(default=True, verbose_name='main department')),
                ('is_head', models.BooleanField(default=False, verbose_name='head of the department')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('department', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.department')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('organization', 'employee', 'department'), name='membership_current'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True), ('is_main', True)), fields=('organization', 'employee'), name='membership_one_main')],
            },
        ),
        migrations.CreateModel(
            name='ReportingLine',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reporting_lines', to='people.employee')),
                ('leader', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('organization', 'employee'), name='reporting_line_current')],
            },
        ),
        migrations.CreateModel(
            name='Affiliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('employee_id', models.UUIDField()),
                ('is_active', models.BooleanField(default=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliations', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'organization'), name='affiliation_once'), models.UniqueConstraint(fields=('organization', 'employee_id'), name='affiliation_employee')],
            },
        ),
    ]
