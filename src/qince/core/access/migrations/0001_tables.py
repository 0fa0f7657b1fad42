import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('access', '0001_initial'), ('access', '0002_saved_views'), ('access', '0003_privacy_officer')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(blank=True, editable=False, max_length=40)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('permissions', models.JSONField(blank=True, default=list, verbose_name='permissions')),
                ('masked_fields', models.JSONField(blank=True, default=list, verbose_name='masked fields')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'name'), name='role_name'), models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('organization', 'key'), name='role_key')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reach', models.CharField(choices=[('self', 'Own rows'), ('subordinates', "Own and subordinates'"), ('departments', 'Listed departments and below'), ('organization', 'Whole organization')], default='self', max_length=16, verbose_name='reach')),
                ('department_ids', models.JSONField(blank=True, default=list, verbose_name='departments')),
                ('granted_at', models.DateTimeField(auto_now_add=True)),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='people.employee')),
                ('granted_by', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('role', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='access.role')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee', 'role', 'reach'), name='grant_once')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('resource', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.TextField(blank=True)),
                ('is_shared', models.BooleanField(default=False, verbose_name='shared')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'resource'], name='saved_view_resource')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee', 'resource', 'name'), name='saved_view_name')],
            },
        ),
    ]
