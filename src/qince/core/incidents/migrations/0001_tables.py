import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('incidents', '0001_initial')]

    initial = True

    dependencies = [
        ('letters', '0001_tables'),
        ('organizations', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.UUIDField(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('incident_id', models.UUIDField()),
                ('code', models.SlugField(max_length=24, unique=True)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('parts', models.JSONField()),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('published_at', models.DateTimeField(verbose_name='published')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('general', 'General'), ('child', 'Data of children')], default='general', max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('is_drill', models.BooleanField(default=False, verbose_name='drill')),
                ('state', models.CharField(choices=[('open', 'Being handled'), ('closed', 'Closed')], default='open', max_length=10, verbose_name='state')),
                ('happened_at', models.DateTimeField(blank=True, null=True, verbose_name='happened')),
                ('discovered_at', models.DateTimeField(verbose_name='discovered')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('data_kinds', models.TextField(blank=True, verbose_name='kinds of data')),
                ('cause', models.TextField(blank=True, verbose_name='cause')),
                ('harm', models.TextField(blank=True, verbose_name='possible harm')),
                ('facts', models.TextField(blank=True, verbose_name='basic facts and effects')),
                ('measures', models.TextField(blank=True, verbose_name='measures')),
                ('advice', models.TextField(blank=True, verbose_name='advice')),
                ('remedies', models.TextField(blank=True, verbose_name='remedies')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='people told')),
                ('reported_on', models.DateField(blank=True, null=True, verbose_name='reported on')),
                ('receipt', models.CharField(blank=True, max_length=80, verbose_name='receipt number')),
                ('not_reported_because', models.CharField(blank=True, max_length=300, verbose_name='not reported, because')),
                ('alarmed_at', models.DateTimeField(blank=True, null=True)),
                ('alarms', models.PositiveSmallIntegerField(default=0)),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('opened_by', qince.kit.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'state', 'due_at'], name='incidents_due')],
            },
        ),
        migrations.CreateModel(
            name='Affected',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('mobile', models.CharField(blank=True, max_length=20, verbose_name='mobile')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('found_by', models.CharField(blank=True, max_length=200, verbose_name='found by')),
                ('guardian_name', models.CharField(blank=True, max_length=60, verbose_name='guardian')),
                ('guardian_mobile', models.CharField(blank=True, max_length=20, verbose_name="guardian's mobile")),
                ('guardian_email', models.EmailField(blank=True, max_length=254, verbose_name="guardian's e-mail")),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='told')),
                ('remedy', models.CharField(choices=[('open', 'Not decided'), ('offered', 'Offered'), ('done', 'Made good'), ('declined', 'Declined by the person'), ('none', 'None due, with reason')], default='open', max_length=10, verbose_name='remedy')),
                ('remedy_note', models.CharField(blank=True, max_length=300, verbose_name='note on the remedy')),
                ('guardian_remedy', models.CharField(choices=[('open', 'Not decided'), ('offered', 'Offered'), ('done', 'Made good'), ('declined', 'Declined by the person'), ('none', 'None due, with reason')], default='open', max_length=10, verbose_name='remedy for the guardian')),
                ('created_at', models.DateTimeField(verbose_name='added')),
                ('employee', qince.kit.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.employee')),
                ('guardian_letter', qince.kit.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='letters.letter')),
                ('letter', qince.kit.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='letters.letter')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('incident', qince.kit.tenancy.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='affected', to='incidents.incident')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organization', 'incident', 'id'], name='incidents_affected_of')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('employee__isnull', False)), fields=('organization', 'incident', 'employee'), name='incidents_affected_once')],
            },
        ),
        migrations.CreateModel(
            name='PlanStep',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sequence', models.PositiveSmallIntegerField(verbose_name='order')),
                ('code', models.CharField(max_length=20, verbose_name='step')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('incident', qince.kit.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='incidents.incident')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('owner', qince.kit.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'incident', 'code'), name='incidents_step_once')],
            },
        ),
    ]
