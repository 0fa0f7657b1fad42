"""What the trail keeps as codes reads in words."""

from django.utils.translation import override

from qince.core.audit.timeline import moments
from qince.engines.partners.tests.factories import recipient


def test_the_kind_of_a_recipient_and_the_data_it_may_be_given_stand_in_words(admin):
    found = recipient(admin, is_on=False, profile="points")
    with override("en"):
        entered = moments(admin, found)[-1].changes
    assert ("Kind", "", "Points mall") in entered
    assert ("Data shared", "", "Login account, Full name, Mobile number") in entered
