import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('letters', '0001_initial'), ('letters', '0002_reasons')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('mobile', models.CharField(blank=True, max_length=20, verbose_name='mobile')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('values', models.JSONField(default=dict, verbose_name='values')),
                ('link', models.CharField(blank=True, max_length=200, verbose_name='link')),
                ('is_urgent', models.BooleanField(default=False, verbose_name='urgent')),
                ('because', models.CharField(blank=True, max_length=60, verbose_name='reason')),
                ('because_values', models.JSONField(default=dict)),
                ('dedupe', models.CharField(blank=True, max_length=160)),
                ('created_at', models.DateTimeField(verbose_name='sent')),
                ('read_at', models.DateTimeField(null=True, verbose_name='read')),
                ('recalled_at', models.DateTimeField(null=True, verbose_name='no longer needed since')),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('dedupe', ''), _negated=True), fields=['organization', 'dedupe'], name='letters_about'), models.Index(fields=['organization', 'employee', '-created_at'], name='letters_of_employee'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['organization', 'employee'], name='letters_unread')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('read_at__isnull', True), ('recalled_at__isnull', True), models.Q(('dedupe', ''), _negated=True)), fields=('organization', 'employee', 'dedupe'), name='letters_one_unread')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('app', 'In the app'), ('push', 'Push message'), ('email', 'E-mail'), ('sms', 'Text message'), ('letter', 'Letter on paper'), ('phone', 'Phone call')], max_length=10, verbose_name='channel')),
                ('state', models.CharField(choices=[('pending', 'Pending'), ('sent', 'Sent'), ('failed', 'Failed'), ('handed_over', 'Handed over'), ('skipped', 'Skipped'), ('cancelled', 'Cancelled')], default='pending', max_length=12, verbose_name='state')),
                ('reason', models.CharField(blank=True, max_length=40, verbose_name='reason')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('not_before', models.DateTimeField(null=True, verbose_name='not before')),
                ('decided_by', models.CharField(blank=True, max_length=20, verbose_name='decided by')),
                ('is_tracked', models.BooleanField(default=False)),
                ('opened_at', models.DateTimeField(null=True, verbose_name='opened')),
                ('followed_at', models.DateTimeField(null=True, verbose_name='link followed')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('letter', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='letters.letter')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'channel', '-at'], name='letters_delivery_log')],
                'constraints': [models.UniqueConstraint(fields=('organization', 'letter', 'channel'), name='letters_delivery_once')],
            },
        ),
        migrations.CreateModel(
            name='Unsubscription',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('app', 'In the app'), ('push', 'Push message'), ('email', 'E-mail'), ('sms', 'Text message'), ('letter', 'Letter on paper'), ('phone', 'Phone call')], max_length=10, verbose_name='channel')),
                ('address_digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField(verbose_name='time')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'channel', 'address_digest'), name='letters_unsubscription_once')],
            },
        ),
    ]
