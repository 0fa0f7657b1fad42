"""A customer's contact is corrected here and nobody outside has to hear of it: nothing that leaves holds one (C6.2-08).

Should one of these fail, a recipient can hold a contact, and a case that corrects one needs a task for each of them.
"""

import io
import zipfile

import pytest

from qince.core.erasure.restricting import columns_of, used
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.recipients import recipients_of
from qince.core.privacy.registry import declared
from qince.core.privacy.services import SMTP
from qince.core.privacy.tests.factories import agree
from qince.core.rights.actions.carrying import correct_contact
from qince.core.rights.actions.handling import verify_identity
from qince.core.rights.models import Onward
from qince.core.rights.tests.factories import entered
from qince.engines.partners import packages
from qince.engines.partners.models import Disclosure, Recipient
from qince.engines.partners.registry import FIELDS, PROFILES
from qince.engines.partners.tests import factories as partners
from qince.kit import clock
from qince.masterdata.customers.models import Assignment
from qince.masterdata.customers.tests.factories import store
from qince.sales.visits.tests import records

NOW = clock.now()
CONTACT, PHONE, DIGITS = "马店主ZQ", "13966667777", "966667777"


@pytest.fixture
def rep(inside, settings, tmp_path):
    """Somebody who looks after a shop, knows its contact and has visited it."""
    settings.DATA, settings.OPERATOR_KEY = tmp_path, ""
    found = people.employee("王芳", roles=["rep"], email="wang@x.example", position="销售")
    agree(found)
    shop = store(name="老马便利店", contact_name=CONTACT, contact_phone=PHONE)
    Assignment.objects.create(customer=shop, employee=found, starts_on=NOW.date())
    records.visit(found, shop)
    return found


def contact_columns():
    """Every column in which a row of work names somebody outside (`customers.customer.contact_phone`)."""
    return {
        f"{part.model._meta.label_lower}.{column}"
        for part in used()
        for column in columns_of(part.model).values()
    }


def test_no_recipient_there_is_may_be_given_what_a_row_of_work_says_of_a_contact(rep, settings):
    """The operator's services, the makers of browsers, and a partner of every kind that can be entered."""
    settings.TILE_URL, settings.SMS_ADAPTER = "https://{s}.tile.example/{z}", "qince.x.Sms"
    settings.EMAIL_BACKEND = SMTP
    admin = partners.administrator()
    for code, profile in PROFILES.items():
        partners.recipient(admin, is_on=False, profile=code, fields=list(profile.fields))
    Recipient.objects.update(is_on=True)
    named = recipients_of(rep.organization)
    assert {each.code for each in named} >= {"operator.map", "operator.sms", "operator.mail"}
    assert len([each for each in named if each.code.startswith("partner.")]) == len(PROFILES)
    given = {field for each in named for field in each.fields}
    assert "people.employee.mobile" in given
    assert contact_columns()
    assert given & contact_columns() == set()


def test_a_partner_reads_of_the_member_it_asks_about_and_is_noted_with_that_member(rep):
    told = {code: shared.read(rep, rep.pk) for code, shared in FIELDS.items() if shared.read}
    assert (told["name"], told["phone"]) == (rep.name, rep.mobile)
    assert not [code for code, value in told.items() if CONTACT in value or DIGITS in value]
    sources = {shared.source for shared in FIELDS.values() if shared.source}
    assert {source.rpartition(".")[0] for source in sources} == {"people.employee"}
    assert {declared.personal()[source].subject for source in sources} == {"self"}
    subject = Disclosure._meta.get_field("subject")
    assert (subject.related_model, subject.null) == (Employee, False)


def test_a_package_for_whom_a_member_names_holds_no_contact_even_with_everything_chosen(rep):
    scope = list(packages.offered(rep))
    found = packages.prepare(
        people.actor(rep), scope=scope, now=NOW, recipient_name="Heron Insurance", why="Claim 12"
    )
    packages.decide(
        people.actor(rep), found, act="granted", given_hash=packages.text_hash(found), now=clock.now()
    )
    archive = zipfile.ZipFile(io.BytesIO(packages.give(people.actor(rep), found, now=NOW).read()))
    whole = "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert "老马便利店" in whole  # the shop that was visited is told
    assert CONTACT not in whole
    assert DIGITS not in whole


def test_so_a_corrected_contact_leaves_nobody_to_tell(rep):
    officer = people.actor(people.employee("周专员", roles=["privacy_officer"]))
    case = entered(
        officer, "outside", contact_name=CONTACT, contact_mobile=PHONE, details="号码错了", asked="correct"
    )
    verify_identity(officer, case, now=NOW, how="回拨")
    correct_contact(officer, case, now=NOW, stands_as=PHONE, mobile="13811112222")
    assert not Onward.objects.exists()
