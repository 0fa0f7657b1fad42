import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
import qince.kit.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('certification', '0001_initial')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='CertifiedCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('credit_code', models.CharField(max_length=18, unique=True)),
                ('valid_to', models.DateField(null=True)),
                ('organization', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Certification',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted, being checked'), ('approved', 'Certified'), ('rejected', 'Rejected'), ('expired', 'Expired')], default='draft', max_length=10, verbose_name='state')),
                ('certificate', models.CharField(choices=[('business_licence', 'Business licence'), ('practice_licence', 'Licence to practise (law firm, accountants)'), ('code_certificate', 'Certificate of the unified social credit code'), ('institution', 'Registration of a public institution'), ('social_organization', 'Registration of a social organization')], max_length=20, verbose_name='kind of certificate')),
                ('name', models.CharField(max_length=100, verbose_name='registered name')),
                ('credit_code', models.CharField(max_length=18, verbose_name='unified social credit code')),
                ('address', models.CharField(max_length=200, verbose_name='registered address')),
                ('representative', qince.kit.vault.fields.EncryptedCharField(blank=True, max_length=60, null=True, subject='id', verbose_name='legal representative')),
                ('id_kind', models.CharField(choices=[('resident', 'Resident identity card'), ('passport', 'Passport or other travel document')], default='resident', max_length=10, verbose_name='identity document')),
                ('id_number', qince.kit.vault.fields.EncryptedCharField(blank=True, max_length=20, null=True, subject='id', verbose_name='number of the identity document')),
                ('licence', qince.kit.vault.fields.EncryptedBinaryField(blank=True, null=True, subject='id', verbose_name='copy of the certificate')),
                ('licence_type', models.CharField(max_length=40)),
                ('letter', qince.kit.vault.fields.EncryptedBinaryField(blank=True, null=True, subject='id', verbose_name='certification letter')),
                ('letter_type', models.CharField(max_length=40)),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='certificate valid until')),
                ('entered_at', models.DateTimeField(verbose_name='entered')),
                ('attested_at', models.DateTimeField(blank=True, null=True, verbose_name='authority confirmed')),
                ('decided_by', models.CharField(blank=True, max_length=60, verbose_name='decided by')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('attested_by', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('entered_by', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'submitted', 'approved'))), fields=('organization', 'state'), name='certification_one_of_each')],
            },
        ),
    ]
