import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
import qince.kit.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('notifications', '0001_initial')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('group', models.CharField(max_length=40, verbose_name='kind of message')),
                ('channel', models.CharField(choices=[('push', 'Push message'), ('email', 'E-mail'), ('sms', 'Text message')], max_length=10, verbose_name='channel')),
                ('when', models.CharField(choices=[('always', 'Always'), ('urgent', 'Urgent only'), ('never', 'Never')], max_length=10, verbose_name='when')),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee', 'group', 'channel'), name='notifications_one_choice')],
            },
        ),
        migrations.CreateModel(
            name='QuietHours',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('is_on', models.BooleanField(default=True, verbose_name='quiet hours')),
                ('starts', models.TimeField(verbose_name='from')),
                ('ends', models.TimeField(verbose_name='until')),
                ('days', models.JSONField(default=list, verbose_name='days on which messages may come')),
                ('zone', models.CharField(max_length=40, verbose_name='time zone')),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee'), name='notifications_one_quiet')],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('device_id', models.UUIDField()),
                ('surface', models.CharField(choices=[('phone', 'Phone'), ('console', 'Browser')], max_length=10, verbose_name='where')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('endpoint', qince.kit.vault.fields.EncryptedCharField(max_length=1000, subject='employee_id', verbose_name='address at the push service')),
                ('p256dh', qince.kit.vault.fields.EncryptedCharField(max_length=120, subject='employee_id', verbose_name='public key')),
                ('auth', qince.kit.vault.fields.EncryptedCharField(max_length=40, subject='employee_id', verbose_name='shared secret')),
                ('created_at', models.DateTimeField(verbose_name='switched on')),
                ('disabled_at', models.DateTimeField(null=True, verbose_name='no longer valid since')),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee', 'device_id'), name='notifications_one_device')],
            },
        ),
    ]
