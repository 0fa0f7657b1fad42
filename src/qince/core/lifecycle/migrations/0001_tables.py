import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('lifecycle', '0001_initial'), ('lifecycle', '0002_succession'), ('lifecycle', '0003_ceased_channel'), ('lifecycle', '0004_handover')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cessation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('announced_at', models.DateTimeField()),
                ('announced_by', models.CharField(max_length=60)),
                ('ceases_on', models.DateField()),
                ('text', models.TextField()),
                ('ceased_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(choices=[('merger', 'Merger'), ('acquisition', 'Acquisition'), ('bankruptcy', 'Bankruptcy'), ('other', 'Another reason')], max_length=12, verbose_name='cause')),
                ('before', models.CharField(blank=True, max_length=100, verbose_name='operator until then')),
                ('successor', models.CharField(max_length=100, verbose_name='new operator')),
                ('address', models.CharField(max_length=200, verbose_name='address')),
                ('contact', models.CharField(max_length=200, verbose_name='how to reach it')),
                ('text', models.TextField(verbose_name='text')),
                ('takes_over_on', models.DateField(verbose_name='takes over on')),
                ('announced_at', models.DateTimeField()),
                ('announced_by', models.CharField(max_length=60)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('completed_at', models.DateTimeField(null=True)),
                ('completed_by', models.CharField(blank=True, max_length=60)),
                ('release', models.PositiveIntegerField(null=True)),
                ('differs', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Cancellation',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('console', 'By an administrator in the console'), ('hotline', 'By telephone, caller verified'), ('expiry', 'Not renewed thirty days after the term ended'), ('ceased', 'The service has ended'), ('free', 'Free organization taken back under the service agreement')], max_length=10, verbose_name='how it came')),
                ('state', models.CharField(choices=[('requested', 'Requested'), ('confirmed', 'Confirmed: time to export'), ('done', 'Carried out'), ('withdrawn', 'Withdrawn')], default='requested', max_length=10, verbose_name='state')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('requested_at', models.DateTimeField(verbose_name='requested')),
                ('caller', models.CharField(blank=True, max_length=60, verbose_name='caller')),
                ('verification', models.CharField(blank=True, max_length=200, verbose_name='how the caller was verified')),
                ('confirmed_by', models.CharField(blank=True, max_length=60, verbose_name='confirmed by')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed')),
                ('export_until', models.DateField(null=True, verbose_name='export until')),
                ('done_at', models.DateTimeField(null=True, verbose_name='carried out')),
                ('proof', models.JSONField(default=dict, verbose_name='proof')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('requested_by', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('requested', 'confirmed'))), fields=('organization',), name='cancellation_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('offered', 'Waiting for the successor'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='offered', max_length=10, verbose_name='state')),
                ('offered_at', models.DateTimeField(verbose_name='offered')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('giver', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee', verbose_name='hands over')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('taker', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee', verbose_name='takes over')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'offered')), fields=('organization', 'giver'), name='handover_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('edition', models.CharField(choices=[('free', 'Free'), ('paid', 'Paid')], max_length=10, verbose_name='edition')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('noted_by', models.CharField(max_length=60, verbose_name='noted by')),
                ('noted_at', models.DateTimeField(verbose_name='noted')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('edition', 'free'), ('ends_on__isnull', False), _connector='OR'), name='term_paid_ends')],
            },
        ),
        migrations.CreateModel(
            name='Warning',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('about', models.CharField(max_length=30, verbose_name='about')),
                ('of_day', models.DateField(verbose_name='concerns the day')),
                ('sent_at', models.DateTimeField(verbose_name='sent')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'about', 'of_day'), name='warning_once')],
            },
        ),
    ]
