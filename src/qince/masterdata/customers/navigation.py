"""Where customers are found."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.kit import navigation, search
from qince.kit.actor import Actor
from qince.masterdata.customers import queries, rules

navigation.group("customers", _("Customers and products"), order=30)
navigation.entry(
    "customers",
    _("Customers"),
    icon="building-store",
    url="customers:customer_list",
    permission=rules.VIEW,
    group="customers",
    order=10,
    key="c",
)
navigation.entry(
    "territories",
    _("Territories"),
    icon="map-2",
    url="customers:territories",
    permission=rules.ASSIGN,
    group="customers",
    order=20,
    key="t",
)
navigation.command(
    "customers.new",
    _("New customer"),
    icon="plus",
    url="customers:customer_new",
    permission=rules.EDIT,
    words="new customer store 新建客户 新建门店",
)
navigation.command("customers.import", _("Import customers"), icon="upload", url="customers:customer_import",
                   permission=rules.IMPORT, words="import stores csv 导入客户 导入门店")  # fmt: skip


def found(actor: Actor, text: str) -> Iterator[search.Found]:
    if not actor.may(rules.VIEW):
        return
    for customer in queries.customers_matching(actor, text):
        url = reverse("customers:customer_detail", args=[customer.pk])
        yield search.Found(customer.name, url, f"{customer.code} {customer.district}", "building-store")


search.provide(_("Customers"), found)
