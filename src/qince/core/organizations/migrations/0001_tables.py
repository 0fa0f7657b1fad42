import qince.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('organizations', '0001_initial'), ('organizations', '0002_sign_in'), ('organizations', '0003_reading_only_states'), ('organizations', '0004_opener_proof')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.UUIDField(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('kind', models.CharField(choices=[('company', 'Company with legal personality'), ('government', 'Government body'), ('partnership', 'Partnership'), ('sole_trader', 'Individual business'), ('other', 'Other organization')], default='company', max_length=20, verbose_name='kind')),
                ('state', models.CharField(choices=[('registered', 'Registered, details missing'), ('active', 'Active'), ('expired', 'Expired: reading and export only'), ('suspended', 'Suspended'), ('ceased', 'Service ended: reading and export only'), ('closed', 'Closed')], default='registered', max_length=20, verbose_name='state')),
                ('location', models.CharField(blank=True, max_length=200, verbose_name='location')),
                ('industry', models.CharField(blank=True, max_length=60, verbose_name='industry')),
                ('headcount', models.PositiveIntegerField(blank=True, null=True, verbose_name='headcount')),
                ('opened_by', models.CharField(blank=True, choices=[('administrator', 'Authorized administrator'), ('legal_representative', 'Legal representative')], max_length=24, verbose_name='opened by')),
                ('opener_proof', models.CharField(blank=True, max_length=64, verbose_name="opener's proof")),
                ('terms_accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='data-processing terms accepted at')),
                ('terms_version', models.CharField(blank=True, max_length=20, verbose_name='data-processing terms')),
                ('credit_code', models.CharField(blank=True, max_length=18, verbose_name='unified social credit code')),
                ('time_zone', models.CharField(default='Asia/Shanghai', max_length=40, verbose_name='time zone')),
                ('settings', models.JSONField(blank=True, default=dict, verbose_name='settings')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state', 'registered'), models.Q(('headcount__isnull', False), models.Q(('location', ''), _negated=True), models.Q(('industry', ''), _negated=True)), _connector='OR'), name='organization_active_is_complete'), models.CheckConstraint(condition=models.Q(('state', 'registered'), models.Q(('opened_by', ''), _negated=True), _connector='OR'), name='organization_active_has_opener'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='organization_has_name')],
            },
        ),
    ]
