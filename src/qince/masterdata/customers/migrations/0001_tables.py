import django.db.models.deletion
import qince.kit.ids
import qince.kit.spelling
import qince.kit.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('customers', '0001_initial'), ('customers', '0002_name_keys'), ('customers', '0003_district_order')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Customer',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('name_key', qince.kit.spelling.SpelledField('name')),
                ('kind', models.CharField(choices=[('store', 'Store'), ('distributor', 'Distributor')], default='store', max_length=12, verbose_name='kind')),
                ('channel', models.CharField(blank=True, max_length=40, verbose_name='channel')),
                ('tier', models.CharField(blank=True, choices=[('A', 'A'), ('B', 'B'), ('C', 'C')], max_length=1, verbose_name='tier')),
                ('status', models.CharField(choices=[('open', 'In business'), ('closed', 'Closed down')], default='open', max_length=8, verbose_name='status')),
                ('district', models.CharField(blank=True, max_length=40, verbose_name='district')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('lat', models.FloatField(blank=True, null=True, verbose_name='latitude (WGS-84)')),
                ('lng', models.FloatField(blank=True, null=True, verbose_name='longitude (WGS-84)')),
                ('given_lat', models.FloatField(blank=True, null=True, verbose_name='latitude as given')),
                ('given_lng', models.FloatField(blank=True, null=True, verbose_name='longitude as given')),
                ('given_datum', models.CharField(default='WGS84', max_length=8, verbose_name='datum as given')),
                ('radius_m', models.PositiveIntegerField(default=200, verbose_name='fence radius, m')),
                ('contact_name', models.CharField(blank=True, max_length=60, verbose_name='contact')),
                ('contact_phone', models.CharField(blank=True, max_length=30, verbose_name="contact's phone")),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'kind', 'status'], name='customer_kind'), models.Index(fields=['organization', 'name_key'], name='customer_name_key'), models.Index(fields=['organization', 'district', 'code'], name='customer_district')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'code'), name='customer_code', violation_error_message='Another customer has this code.'), models.CheckConstraint(condition=models.Q(models.Q(('lat__isnull', True), ('lng__isnull', True)), models.Q(('lat__gte', -90), ('lat__lte', 90), ('lng__gte', -180), ('lng__lte', 180)), _connector='OR'), name='customer_place')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('customer', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='customers.customer')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('organization', 'customer', 'employee'), name='assignment_current')],
            },
        ),
        migrations.CreateModel(
            name='SupplyLink',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('distributor', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supplies', to='customers.customer')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('store', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supplied_by', to='customers.customer')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('organization', 'store', 'distributor'), name='supply_current')],
            },
        ),
    ]
