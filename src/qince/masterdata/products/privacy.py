"""Products are about nobody."""

from qince.core.privacy.registry import NotPersonal, declare

declare(
    "products.Product",
    "id organization code name gtin case_gtin brand category specification is_own pieces_per_case "
    "piece_price case_price shelf_life_days picture status created_at updated_at",
    NotPersonal("about the product"),
)
