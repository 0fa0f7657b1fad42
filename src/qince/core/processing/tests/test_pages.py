"""The page of the export: proof of who asks, progress, taking it away, removing it; also when only reading is left."""

import io
import zipfile

import pyotp
import pytest

from qince.core.accounts import totp
from qince.core.accounts.models import Account
from qince.core.audit.models import Entry
from qince.core.organizations.models import Organization
from qince.core.people.tests import factories as people
from qince.core.processing import archives
from qince.core.processing.models import Archive
from qince.core.watch.models import Alert
from qince.kit import clock

PAGE = "/organization/export/"
SECRET = "shanquan-huixiang-2026"
REASON = "换到另一套系统，需要全部数据"


@pytest.fixture
def admin(inside, data_folder):
    found = people.employee("李雷", roles=["administrator"])
    account = Account.objects.get(pk=found.account_id)
    account.set_password(SECRET)
    account.save()
    return found


@pytest.fixture
def desk(admin):
    return people.browser(admin)


def ask(desk, **changes):
    return desk.post(PAGE, {"reason": REASON, "proof": SECRET, **changes})


def made():
    found = Archive.objects.latest("requested_at")
    archives.make(found.organization_id, found.pk, now=clock.now())
    found.refresh_from_db()
    return found


@pytest.mark.parametrize("changes", [{"proof": "wrong"}, {"proof": ""}, {"reason": "数据"}])
def test_without_a_proof_and_a_reason_nothing_is_made(desk, changes):
    assert ask(desk, **changes).status_code == 422
    assert not Archive.objects.exists()


def test_an_authenticator_is_asked_where_there_is_one(admin, desk):
    secret = totp.new_secret()
    account = Account.objects.get(pk=admin.account_id)
    totp.enroll(account, secret, pyotp.TOTP(secret).now(), now=clock.now())
    assert ask(desk).status_code == 422  # the password alone does not do any more
    recovery = totp.renew_recovery_codes(account)[0]
    assert ask(desk, proof=recovery).status_code == 302
    assert Archive.objects.exists()


def test_whoever_has_neither_is_told_to_set_one(inside, data_folder):
    desk = people.browser(people.employee("韩梅", roles=["administrator"]))
    answer = ask(desk)
    assert (answer.status_code, "authenticator app" in answer.text) == (422, True)


@pytest.mark.clause("C1.1-08")
@pytest.mark.parametrize("state", ["active", "expired"])
def test_it_is_asked_for_followed_taken_away_and_removed(admin, desk, inside, state):
    """The same while the organization may only read and export."""
    Organization.objects.filter(pk=inside.pk).update(state=state)
    assert ask(desk).status_code == 302
    assert "Being made" in desk.get(PAGE).text
    assert ask(desk).status_code == 422  # one at a time
    found = made()
    assert "Download" in desk.get(PAGE).text
    answer = desk.post(f"{PAGE}{found.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert {"index.html", "index.json", "data/people.employee.csv"} <= set(names)
    acts = list(
        Entry.objects.filter(action__startswith="processing.").order_by("id").values_list("action", flat=True)
    )
    assert acts == ["processing.request_export", "processing.export"]
    taken = Entry.objects.get(action="processing.export")
    assert (taken.actor_id, taken.changes["rows"], taken.changes["reason"]) == (admin.pk, found.rows, REASON)
    assert desk.post(f"{PAGE}{found.pk}/removal/").status_code == 302
    assert not archives.archive_file(found).exists()
    assert desk.post(f"{PAGE}{found.pk}/").status_code == 404


def test_taking_it_away_counts_as_the_mass_export_it_is(admin, desk, inside):
    organization = Organization.objects.get(pk=inside.pk)
    organization.settings = {"export_rows_per_hour": 1}
    organization.save()
    ask(desk)
    desk.post(f"{PAGE}{made().pk}/")
    assert Alert.objects.get(rule="watch-mass-export").employee_id == admin.pk


@pytest.mark.parametrize("role", ["rep", "manager", "auditor", "privacy_officer"])
def test_nobody_else_finds_the_page(admin, desk, role):
    ask(desk)
    other = people.browser(people.employee(role, roles=[role]))
    assert other.get(PAGE).status_code == 403
    assert other.post(f"{PAGE}{made().pk}/").status_code == 403
