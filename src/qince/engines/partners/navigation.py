"""Where sharing is found."""

from django.utils.translation import gettext_lazy as _

from qince.engines.partners import reviews
from qince.engines.partners.rules import LOG, VIEW
from qince.kit import navigation

navigation.group("sharing", _("Sharing"), order=85)
for order, (name, label, icon, permission) in enumerate(
    (
        ("recipient", _("Recipients and partners"), "users", VIEW),
        ("disclosure", _("Disclosure log"), "history", LOG),
        ("exception", _("Without consent"), "alert-triangle", VIEW),
        ("contract", _("Contracts with people"), "file-text", VIEW),
        ("border", _("Cross-border register"), "world", VIEW),
        ("publication", _("Publications about people"), "eye", VIEW),
    )
):
    navigation.entry(
        f"partners.{name}", label, icon=icon, url=f"partners:{name}_list", permission=permission,
        group="sharing", order=10 + order, badge=reviews.alerts if name == "recipient" else None,
    )  # fmt: skip
navigation.entry(
    "partners.published", _("Published items"), icon="eye", url="partners:published",
    place=navigation.USER, order=65,
)  # fmt: skip
