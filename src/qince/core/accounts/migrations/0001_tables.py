import django.db.models.deletion
import qince.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial'), ('accounts', '0002_sign_in'), ('accounts', '0003_alter_outboxmessage_mobile'), ('accounts', '0004_alter_onetimecode_purpose'), ('accounts', '0005_alter_onetimecode_purpose'), ('accounts', '0006_scan')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('mobile', models.CharField(max_length=20, unique=True, verbose_name='mobile')),
                ('totp_secret', models.TextField(blank=True, verbose_name='authenticator secret, encrypted')),
                ('totp_last_step', models.BigIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OutboxMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mobile', models.CharField(max_length=254)),
                ('text', models.TextField()),
                ('sent_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-sent_at'],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'at'], name='accounts_at_key_8591c0_idx')],
            },
        ),
        migrations.CreateModel(
            name='OneTimeCode',
            fields=[
                ('id', models.UUIDField(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject', models.CharField(max_length=64)),
                ('purpose', models.CharField(choices=[('sign_in', 'Sign in'), ('register', 'Register an organization'), ('guardian', 'Answer as a guardian'), ('change', 'Change the number'), ('scan', 'Sign in by the phone app')], max_length=10)),
                ('requester', models.CharField(blank=True, max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('wrong_tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
                ('redeemed_by', models.UUIDField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'purpose'], name='accounts_code_subject')],
            },
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('employee_id', models.UUIDField()),
                ('kind', models.CharField(choices=[('phone', 'Phone'), ('console', 'Browser')], max_length=10)),
                ('app_device_id', models.UUIDField(null=True)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('platform', models.CharField(blank=True, max_length=40)),
                ('app_version', models.CharField(blank=True, max_length=20)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('last_seen_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['organization', 'employee_id'], name='accounts_de_organiz_da5d96_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('app_device_id__isnull', False)), fields=('account', 'organization', 'app_device_id'), name='accounts_device_once')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'digest'), name='accounts_recovery_once')],
            },
        ),
    ]
