"""Removing a file for good."""

import pytest
from django.core.files.storage import default_storage

from qince.core.audit.models import Entry
from qince.core.files.models import Blob
from qince.core.files.removal import delete_blob
from qince.core.files.serving import opened_display
from qince.core.people.tests import factories as people
from qince.kit.actor import system_actor
from qince.kit.errors import Forbidden, Refusal
from qince.sales.visits.tests import factories, records

pytestmark = pytest.mark.usefixtures("data_folder")


@pytest.fixture
def eraser(inside):
    return system_actor(inside.pk, "erasure")


@pytest.fixture
def blob(inside):
    found = records.blob(people.employee("王芳"))
    opened_display(found).close()  # somebody has looked at it
    return found


def stored(blob):
    names = (blob.storage_name, f"{blob.storage_name}.display", blob.thumbnail_name)
    return [default_storage.exists(name) for name in names]


def test_original_thumbnail_and_display_copy_go(eraser, blob):
    assert stored(blob) == [True, True, True]
    assert delete_blob(eraser, blob_id=blob.pk)
    assert stored(blob) == [False, False, False]
    assert not Blob.objects.exists()
    assert Entry.objects.filter(action="files.delete", target_id=blob.pk).exists()


def test_a_second_run_finds_nothing_to_do(eraser, blob):
    delete_blob(eraser, blob_id=blob.pk)
    assert not delete_blob(eraser, blob_id=blob.pk)


def test_a_run_cut_off_before_the_end_is_finished_by_the_next(eraser, blob):
    default_storage.delete(blob.storage_name)  # the files are half gone, the row came back
    assert delete_blob(eraser, blob_id=blob.pk)
    assert stored(blob) == [False, False, False]


def test_a_file_of_a_record_stays(eraser, inside):
    rep = people.employee("李娜")
    photo = records.photo(records.visit(rep, factories.store(rep)))
    with pytest.raises(Refusal, match="file_in_use"):
        delete_blob(eraser, blob_id=photo.blob_id)
    assert default_storage.exists(photo.blob.storage_name)


def test_a_stored_file_that_another_row_names_stays(eraser, blob):
    Blob.objects.create(
        sha256="ab" * 32, size=1, media_type="image/jpeg", is_evidence=True,
        storage_name=blob.storage_name, thumbnail_name=blob.thumbnail_name,
    )  # fmt: skip
    delete_blob(eraser, blob_id=blob.pk)
    assert stored(blob) == [True, True, True]
    delete_blob(eraser, blob_id=Blob.objects.get().pk)
    assert stored(blob) == [False, False, False]


def test_nobody_without_the_permission(blob):
    with pytest.raises(Forbidden):
        delete_blob(people.actor(people.employee("赵敏", roles=["rep", "manager"])), blob_id=blob.pk)
    assert stored(blob) == [True, True, True]
