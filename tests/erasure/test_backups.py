"""`./qince privacy sweep MARKER --backup FILE`: what an old backup still holds is found, and named."""

import io
import tarfile

import pytest
from django.core.management import CommandError, call_command

from qince.core.people.tests import factories as people
from qince.kit.tenancy import tenant
from tests import backups

MARKER = "ZQ7backup"


@pytest.fixture
def looking(data_folder, monkeypatch):
    """The program that reads dumps, as the launcher names it to the command."""
    monkeypatch.setenv("QINCE_PG_RESTORE", backups.database().binaries["pg_restore"])


def sweep(*files, marker=MARKER):
    """What the command prints, and whether it found anything."""
    out = io.StringIO()
    try:
        call_command("sweep", marker, backup=list(files), stdout=out)
    except SystemExit as ended:
        return out.getvalue(), ended.code
    return out.getvalue(), 0


@pytest.mark.django_db(transaction=True)
def test_a_backup_made_before_still_holds_who_is_gone_and_one_made_after_does_not(
    looking, data_folder, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("elsewhere")  # apart from the data, as an operator keeps them
    before, after = folder / "before.qince", folder / "after.qince"
    organization = people.organization()
    photo = data_folder / "blobs" / "ab" / "abcdef"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(f"a picture of {MARKER}".encode())
    with tenant(organization):
        person = people.employee(f"{MARKER}人")
    backups.write(before)
    with tenant(organization):
        person.name = "已删除"
        person.save()
    photo.unlink()
    backups.write(after)
    assert sweep() == ("0 found\n", 0)
    assert sweep(after) == ("0 found\n", 0)
    text, code = sweep(after, before)
    assert code == 1
    assert sorted(line.split(maxsplit=1)[1] for line in text.splitlines()[:-1]) == [
        "backup before.qince: blobs/ab/abcdef",
        "backup before.qince: database.dump",
    ]
    with pytest.raises(CommandError, match=r"no\.qince"):
        sweep(folder / "no.qince")
    broken = folder / "broken.qince"
    with tarfile.open(broken, "w") as tar:
        entry = tarfile.TarInfo("database.dump")
        entry.size = 9
        tar.addfile(entry, io.BytesIO(b"no dump\n\n"))
    with pytest.raises(CommandError, match="cannot be read"):  # never "nothing found" of what was not read
        sweep(broken)
