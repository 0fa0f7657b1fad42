import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('policy', '0001_initial'), ('policy', '0002_release_renews_consents')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.UUIDField(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='release')),
                ('hash', models.CharField(max_length=64, verbose_name='hash')),
                ('snapshot', models.JSONField()),
                ('notes', models.TextField(blank=True, verbose_name='notes')),
                ('reasons', models.JSONField(default=list, verbose_name='why it is significant')),
                ('reduces_rights', models.BooleanField(default=False, verbose_name='reduces rights')),
                ('renews_consents', models.BooleanField(default=False, verbose_name='consents are asked anew')),
                ('announced_at', models.DateTimeField(verbose_name='announced')),
                ('comments_close_at', models.DateTimeField(null=True, verbose_name='comments until')),
                ('effective_at', models.DateTimeField(verbose_name='in force from')),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.UUIDField(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('employee_id', models.UUIDField(null=True)),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('text', models.TextField(max_length=2000, verbose_name='comment')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='policy.release')),
            ],
            options={
                'ordering': ['at'],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject', models.CharField(max_length=60, verbose_name='purpose or function')),
                ('risk', models.CharField(choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], max_length=10, verbose_name='risk')),
                ('necessity', models.TextField(max_length=2000, verbose_name='lawful, proper, necessary')),
                ('effects', models.TextField(max_length=2000, verbose_name='effects on people, and risks')),
                ('measures', models.TextField(max_length=2000, verbose_name='protective measures')),
                ('assessed_at', models.DateTimeField(verbose_name='assessed')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='signed')),
                ('assessed_by', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee', verbose_name='assessed by')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('signed_by', qince.kit.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee', verbose_name='signed by')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'subject'], name='assessment_subject')],
            },
        ),
    ]
