import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
import qince.kit.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('signin', '0001_opener_proof')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='OpenerProof',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('media_type', models.CharField(max_length=40)),
                ('size', models.PositiveIntegerField(verbose_name='size, bytes')),
                ('content', qince.kit.vault.fields.EncryptedBinaryField(blank=True, null=True, subject='employee_id', verbose_name='document')),
                ('given_at', models.DateTimeField(verbose_name='handed in')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization',), name='signin_opener_proof_once')],
            },
        ),
    ]
