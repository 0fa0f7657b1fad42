import django.db.models.deletion
import qince.kit.ids
import qince.kit.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('products', '0001_initial')]

    initial = True

    dependencies = [
        ('files', '0001_tables'),
        ('organizations', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', qince.kit.tenancy.TenantKey(default=qince.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40, verbose_name='SKU code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('gtin', models.CharField(blank=True, max_length=14, verbose_name='barcode (GTIN-13)')),
                ('case_gtin', models.CharField(blank=True, max_length=14, verbose_name='case barcode (GTIN-14)')),
                ('brand', models.CharField(blank=True, max_length=60, verbose_name='brand')),
                ('category', models.CharField(blank=True, max_length=60, verbose_name='category')),
                ('specification', models.CharField(blank=True, max_length=60, verbose_name='specification')),
                ('is_own', models.BooleanField(default=True, verbose_name='own product')),
                ('pieces_per_case', models.PositiveIntegerField(default=1, verbose_name='pieces per case')),
                ('piece_price', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='price per piece')),
                ('case_price', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='price per case')),
                ('shelf_life_days', models.PositiveIntegerField(blank=True, null=True, verbose_name='shelf life, days')),
                ('status', models.CharField(choices=[('on_sale', 'On sale'), ('discontinued', 'Discontinued')], default='on_sale', max_length=14, verbose_name='status')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                ('organization', models.ForeignKey(db_index=False, default=qince.kit.tenancy.organization_or_none, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('picture', qince.kit.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob', verbose_name='picture')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organization', 'code'), name='product_code', violation_error_message='Another product has this code.'), models.UniqueConstraint(condition=models.Q(('gtin', ''), _negated=True), fields=('organization', 'gtin'), name='product_gtin', violation_error_message='Another product has this barcode.'), models.CheckConstraint(condition=models.Q(('pieces_per_case__gte', 1)), name='product_case_holds_pieces')],
            },
        ),
    ]
