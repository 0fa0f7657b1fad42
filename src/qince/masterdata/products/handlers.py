"""What other rooms may ask of products."""

from qince.engines.forms import references
from qince.engines.forms.schema import Kind
from qince.masterdata.products.queries import products_visible_to

references.provide(
    Kind.PRODUCT,
    references.Reference(
        products_visible_to, search=("name", "code", "gtin"), hint=lambda product: product.code
    ),
)
