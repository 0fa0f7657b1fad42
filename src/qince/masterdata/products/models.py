"""Products: SKUs, own and rivals', with their barcodes, units and prices."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel


class Product(TenantModel):
    class Status(models.TextChoices):
        ON_SALE = "on_sale", _("On sale")
        DISCONTINUED = "discontinued", _("Discontinued")

    code = models.CharField(_("SKU code"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    gtin = models.CharField(_("barcode (GTIN-13)"), max_length=14, blank=True)
    case_gtin = models.CharField(_("case barcode (GTIN-14)"), max_length=14, blank=True)
    brand = models.CharField(_("brand"), max_length=60, blank=True)
    category = models.CharField(_("category"), max_length=60, blank=True)
    specification = models.CharField(_("specification"), max_length=60, blank=True)
    is_own = models.BooleanField(_("own product"), default=True)
    pieces_per_case = models.PositiveIntegerField(_("pieces per case"), default=1)
    piece_price = models.DecimalField(
        _("price per piece"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    case_price = models.DecimalField(
        _("price per case"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    shelf_life_days = models.PositiveIntegerField(_("shelf life, days"), null=True, blank=True)
    picture = TenantForeignKey(
        "files.Blob", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    status = models.CharField(_("status"), max_length=14, choices=Status, default=Status.ON_SALE)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "code"],
                name="product_code",
                violation_error_message=_("Another product has this code."),
            ),
            models.UniqueConstraint(
                fields=["organization", "gtin"],
                condition=~models.Q(gtin=""),
                name="product_gtin",
                violation_error_message=_("Another product has this barcode."),
            ),
            models.CheckConstraint(
                condition=models.Q(pieces_per_case__gte=1), name="product_case_holds_pieces"
            ),
        ]

    def __str__(self) -> str:
        return self.name
