import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('routes', '0001_initial')]

    initial = True

    dependencies = [
        ('customers', '0001_tables'),
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Route',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('weeks_in_cycle', models.PositiveSmallIntegerField(default=1, verbose_name='weeks in the cycle')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='routes', to='people.employee', verbose_name='rep')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee', 'name'), name='route_name'), models.CheckConstraint(condition=models.Q(('weeks_in_cycle__range', (1, 8))), name='route_cycle')],
            },
        ),
        migrations.CreateModel(
            name='PlannedVisit',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField(verbose_name='date')),
                ('sequence', models.PositiveSmallIntegerField(default=1, verbose_name='order')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('done', 'Done'), ('missed', 'Missed'), ('cancelled', 'Cancelled')], default='planned', max_length=10, verbose_name='status')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('customer', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='planned_visits', to='customers.customer')),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='planned_visits', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('route', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='planned_visits', to='routes.route')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'on', 'status'], name='planned_visit_day')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee', 'on', 'customer'), name='planned_visit_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='RouteStop',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('week', models.PositiveSmallIntegerField(default=1, verbose_name='week of the cycle')),
                ('weekday', models.PositiveSmallIntegerField(verbose_name='weekday, Monday is 0')),
                ('sequence', models.PositiveSmallIntegerField(verbose_name='order')),
                ('customer', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('route', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stops', to='routes.route')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'route', 'week', 'weekday', 'customer'), name='route_stop_once_a_day'), models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='route_stop_weekday')],
            },
        ),
    ]
