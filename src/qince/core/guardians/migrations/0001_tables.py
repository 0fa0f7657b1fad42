import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
import qince.kit.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('guardians', '0001_initial')]

    initial = True

    dependencies = [
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guardian',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', qince.kit.vault.fields.EncryptedCharField(max_length=60, null=True, subject='employee_id', verbose_name="guardian's name")),
                ('mobile', qince.kit.vault.fields.EncryptedCharField(max_length=20, null=True, subject='employee_id', verbose_name="guardian's mobile")),
                ('relation', models.CharField(choices=[('parent', 'Father or mother'), ('grandparent', 'Grandfather or grandmother'), ('sibling', 'Elder brother or sister of age'), ('appointed', 'Appointed guardian')], max_length=12, verbose_name='relation')),
                ('proof', models.BinaryField(blank=True, null=True, verbose_name='proof of kinship')),
                ('proof_type', models.CharField(max_length=40)),
                ('proof_sha256', models.CharField(max_length=64)),
                ('proof_erased_at', models.DateTimeField(blank=True, null=True, verbose_name='proof erased')),
                ('entered_at', models.DateTimeField(verbose_name='entered')),
                ('question', models.PositiveIntegerField(default=0)),
                ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('entered_by', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('organization', 'employee'), name='guardian_current')],
            },
        ),
        migrations.CreateModel(
            name='GuardianConsent',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('act', models.CharField(choices=[('asked', 'Asked'), ('granted', 'Agreed'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], max_length=10, verbose_name='act')),
                ('why', models.CharField(max_length=20, verbose_name='occasion')),
                ('notice_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField(verbose_name='time')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('guardian', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='guardians.guardian')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'employee', 'at'], name='guardian_consent_of')],
            },
        ),
        migrations.CreateModel(
            name='Minor',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('stage', models.CharField(choices=[('waiting', "Waiting for the guardian's consent"), ('consented', 'The guardian has consented'), ('closed', 'Below working age, or not admitted'), ('child', "A child's data: being erased"), ('grown', 'Has turned 18')], max_length=10, verbose_name='stage')),
                ('adult_on', models.DateField(blank=True, null=True, verbose_name='turns 18 on')),
                ('found_at', models.DateTimeField(verbose_name='found')),
                ('erase_from', models.DateTimeField(blank=True, null=True)),
                ('erase_by', models.DateTimeField(blank=True, null=True, verbose_name='to be erased by')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'employee'), name='minor_once'), models.CheckConstraint(condition=models.Q(('stage', 'child'), ('adult_on__isnull', False), _connector='OR'), name='minor_has_an_end')],
            },
        ),
        migrations.CreateModel(
            name='AgeReview',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(choices=[('report', 'Somebody reported it'), ('verified', 'Verified data, such as an identity document')], max_length=10, verbose_name='where it comes from')),
                ('reason', models.CharField(max_length=500, verbose_name='what was said or seen')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('administrator_finding', models.CharField(blank=True, choices=[('adult', '18 or older'), ('minor', 'Under 18, born on')], max_length=10)),
                ('administrator_birthday', models.DateField(blank=True, null=True)),
                ('officer_finding', models.CharField(blank=True, choices=[('adult', '18 or older'), ('minor', 'Under 18, born on')], max_length=10)),
                ('officer_birthday', models.DateField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('administrator', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('employee', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('officer', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('opened_by', qince.kit.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('organization', 'employee'), name='age_review_open')],
            },
        ),
    ]
