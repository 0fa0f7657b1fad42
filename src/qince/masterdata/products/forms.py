"""Forms of products."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.kit.resource import ActorForm
from qince.masterdata.products.models import Product


class ProductForm(ActorForm):
    code = forms.CharField(label=_("SKU code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=100)
    brand = forms.CharField(label=_("Brand"), max_length=60, required=False)
    category = forms.CharField(label=_("Category"), max_length=60, required=False)
    specification = forms.CharField(label=_("Specification"), max_length=60, required=False)
    is_own = forms.BooleanField(label=_("Own product"), required=False, initial=True)
    gtin = forms.CharField(
        label=_("Barcode (GTIN-13)"),
        max_length=20,
        required=False,
        help_text=_("13 digits; the last one checks the others."),
    )
    case_gtin = forms.CharField(label=_("Case barcode (GTIN-14)"), max_length=20, required=False)
    pieces_per_case = forms.IntegerField(
        label=_("Pieces per case"), min_value=1, max_value=100_000, initial=1
    )
    piece_price = forms.DecimalField(
        label=_("Price per piece"), max_digits=12, decimal_places=2, min_value=0, required=False
    )
    case_price = forms.DecimalField(
        label=_("Price per case"), max_digits=12, decimal_places=2, min_value=0, required=False
    )
    shelf_life_days = forms.IntegerField(
        label=_("Shelf life, days"), min_value=1, max_value=36_500, required=False
    )
    status = forms.ChoiceField(label=_("Status"), choices=Product.Status.choices)
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP. A new picture replaces the present one."),
    )


class PicturesForm(forms.Form):
    file = forms.FileField(
        label=_("ZIP archive"),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        help_text=_("Each picture is named after its product: P0001.webp, or the barcode."),
    )
