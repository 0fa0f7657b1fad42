"""Where sharing is found."""

from django.utils.translation import gettext_lazy as _

from qince.engines.partners import reviews
from qince.engines.partners.rules import APPROVE, LOG, VIEW
from qince.kit import navigation

navigation.group("sharing", _("Sharing"), order=85)
for order, (name, label, icon, permission) in enumerate(
    (
        ("recipient_list", _("Recipients and partners"), "users", VIEW),
        ("disclosure_list", _("Disclosure log"), "history", LOG),
        ("exception_list", _("Without consent"), "alert-triangle", VIEW),
        ("contract_list", _("Contracts with people"), "file-text", VIEW),
        ("border_list", _("Cross-border register"), "world", VIEW),
        ("publication_list", _("Publications about people"), "eye", VIEW),
        ("anonymous", _("Anonymous figures"), "chart-bar", APPROVE),
    )
):
    badge = reviews.alerts if name == "recipient_list" else None
    navigation.entry(
        f"partners.{name}", label, icon=icon, url=f"partners:{name}", permission=permission,
        group="sharing", order=10 + order, badge=badge,
    )  # fmt: skip
navigation.entry(
    "partners.published", _("Published items"), icon="eye", url="partners:published",
    place=navigation.USER, order=65,
)  # fmt: skip
navigation.entry(
    "partners.packages", _("Give my data to somebody"), icon="package", url="partners:packages",
    place=navigation.USER, order=63,
)  # fmt: skip
