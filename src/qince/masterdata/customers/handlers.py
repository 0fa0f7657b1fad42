"""What other rooms may ask of customers."""

from qince.core.rights import registry as rights
from qince.masterdata.customers import contacts

rights.mobile_finders.append(contacts.rows_with_mobile)
