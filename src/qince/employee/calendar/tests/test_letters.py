"""Letters about events: the writer's words are read for as long as the writer's key is there, and no longer."""

import json

from qince.core.letters.models import Letter
from qince.core.letters.sealing import MARK, sealed, unsealed
from qince.employee.calendar.tests.scene import create
from qince.kit.vault import api as vault

TITLE, PLACE = "与法务谈离职补偿", "三楼小会议室"


def letters(who):
    return list(Letter.objects.filter(employee=who).order_by("created_at"))


def test_the_title_in_an_invitation_ends_with_whoever_wrote_it(company):
    create(company.ann, title=TITLE, place=PLACE, guest_ids=[company.ben.pk])
    [letter] = letters(company.ben)
    assert TITLE in letter.rendered.title
    assert TITLE not in json.dumps([letter.values, letter.because_values], ensure_ascii=False)
    vault.destroy_subject(company.ann.organization_id, company.ann.pk)
    [letter] = letters(company.ben)
    assert TITLE not in letter.rendered.title
    assert letter.rendered.title.strip()  # it can still be opened, and says what kind of thing it was


def test_words_of_one_writer_do_not_end_with_another(company):
    create(company.ann, title=TITLE, guest_ids=[company.ben.pk])
    vault.destroy_subject(company.ben.organization_id, company.ben.pk)
    [letter] = letters(company.ben)
    assert TITLE in letter.rendered.title


def test_what_was_never_sealed_is_read_as_it_is_and_what_is_damaged_is_empty(company):
    assert unsealed("周会") == "周会"
    assert unsealed(sealed(company.ann.pk, "")) == ""
    assert unsealed(f"{MARK}not base64!") == ""
    assert unsealed(sealed(company.ann.pk, "sealed:周会")) == "sealed:周会"
