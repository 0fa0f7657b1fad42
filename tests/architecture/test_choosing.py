"""Forms choose people, departments and customers by typing; no collection tells of another organization."""

import pytest
from django import forms
from django.apps import apps
from django.urls import reverse

from qince.core.people.tests import factories
from qince.engines.approvals.forms import ForDepartment
from qince.kit.choosing import OneOf, SomeOf, known
from qince.kit.resource import ActorForm
from qince.kit.tenancy import tenant
from qince.masterdata.customers.tests import factories as customers

COUNTLESS = (
    "people.Employee", "people.Department", "customers.Customer", "products.Product", "attendance.WorkPlace",
)  # fmt: skip
OWN = "department"  # for which of one's own departments a request is: a few


def test_no_form_of_the_product_lists_all_people_or_customers():
    """Whoever adds one learns of it here."""
    heavy = {apps.get_model(label) for label in COUNTLESS}

    def every(kind):
        for each in kind.__subclasses__():
            yield each
            yield from every(each)

    listing = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in every(ActorForm)
        for name, field in form.base_fields.items()
        if isinstance(field, forms.ModelChoiceField)
        and not (name == OWN and issubclass(form, ForDepartment))
        and not isinstance(field, (OneOf, SomeOf))
        and (field.queryset is None or field.queryset.model in heavy)
    ]
    assert listing == []
    assert (
        sum(
            isinstance(field, (OneOf, SomeOf))
            for form in every(ActorForm)
            for field in form.base_fields.values()
        )
        > 20
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(known()))
def test_every_collection_answers_within_one_organization(name):
    home, away = factories.organization("金陵饮品"), factories.organization("别家")
    with tenant(home):
        browser = factories.browser(factories.employee("林主任", roles=["administrator"]))
    with tenant(away):
        factories.employee("外人甲")
        customers.distributor(name="外人乙")
    results = browser.get(reverse("choose", args=[name]), {"q": "外人"}).json()["results"]
    assert results == []
