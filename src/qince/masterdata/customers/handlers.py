"""What other rooms may ask of customers."""

from qince.core.rights import registry as rights
from qince.engines.forms import references
from qince.engines.forms.schema import Kind
from qince.masterdata.customers import contacts
from qince.masterdata.customers.queries import customers_visible_to

rights.mobile_finders.append(contacts.rows_with_mobile)

references.provide(
    Kind.CUSTOMER,
    references.Reference(customers_visible_to, search=("name", "code"), hint=lambda customer: customer.code),
)
