"""What other rooms may ask of products."""

from qince.engines.forms import references
from qince.engines.forms.schema import Kind
from qince.masterdata.products.choices import PRODUCTS

references.provide(Kind.PRODUCT, PRODUCTS)
