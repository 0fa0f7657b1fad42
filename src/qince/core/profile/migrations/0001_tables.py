import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('profile', '0001_initial')]

    initial = True

    dependencies = [
        ('files', '0001_tables'),
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('nickname', models.CharField(blank=True, max_length=40, verbose_name='nickname')),
                ('work_status', models.CharField(blank=True, max_length=60, verbose_name='work status')),
                ('gender', models.CharField(blank=True, choices=[('female', 'Female'), ('male', 'Male'), ('other', 'Other')], max_length=6, verbose_name='gender')),
                ('birthday', models.DateField(blank=True, null=True, verbose_name='birthday')),
                ('country', models.CharField(blank=True, max_length=60, verbose_name='country or region')),
                ('residence', models.CharField(blank=True, max_length=120, verbose_name='place of residence')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='further phone')),
                ('qq', models.CharField(blank=True, max_length=20, verbose_name='QQ')),
                ('wechat', models.CharField(blank=True, max_length=40, verbose_name='WeChat ID')),
                ('visibility', models.JSONField(blank=True, default=dict)),
                ('employee', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='profiles', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('picture', qince.kit.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee'), name='profile_once')],
            },
        ),
    ]
