"""Everybody at once: what an organization of ten thousand takes along, and its end, in memory that does not grow.

20 people; with QINCE_TEST_FULL=yes 10,000. Prints counts, times and memory.
"""

import gc
import io
import time
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command

from qince.core.erasure import copies, working
from qince.core.erasure.models import Copy, Erasure
from qince.core.lifecycle import ending, leaving
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.core.processing import archives
from qince.core.processing.models import Archive
from qince.employee.attendance.models import Punch
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.tenancy import tenant
from qince.sales.tracking.tests import factories as tracking
from tests.conftest import FULL

PEOPLE = 10_000 if FULL else 20
COPIES = 200 if FULL else 3
GROWTH_MIB = 48
PAGE_MIB = 4096 / 2**20


def resident_mib():
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_MIB


def forget_peak():
    """Let the kernel count the peak of this process anew."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_mib():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


@pytest.fixture
def company(transactional_db, data_folder):
    organization = people.organization(name="万人公司")
    with tenant(organization):
        boss = people.employee("总经理", roles=["administrator"])
    for first in range(0, PEOPLE, 500):
        with tenant(organization):
            for number in range(first, min(first + 500, PEOPLE)):
                person = people.employee(f"员工马可辨{number:05d}")
                agree(person)
                tracking.punch(person, "in", clock.now())
    return organization, boss


def test_everybody_is_exported_and_erased_in_memory_that_does_not_grow(company):
    organization, boss = company
    _exported(organization, boss)
    _copied(organization, boss)
    _archived(organization, boss)
    now = _ended(organization, boss)
    _erased(organization, now)
    with tenant(organization):
        assert not Employee.objects.filter(name__contains="马可辨").exists()
        assert not Punch.objects.filter(lat__isnull=False).exists()
        assert Erasure.objects.filter(state=Erasure.State.DONE).count() == PEOPLE + 1


def _exported(organization, boss):
    with tenant(organization):
        browser = people.browser(boss)
    before = resident_mib()
    answer = browser.get("/employees/export.csv")
    lines = sum(piece.count(b"\n") for piece in answer.streaming_content)
    assert lines == PEOPLE + 2
    assert resident_mib() - before < GROWTH_MIB
    book = b"".join(browser.get("/employees/export.xlsx").streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(book), read_only=True).active
    assert sum(1 for _row in sheet.iter_rows()) >= PEOPLE + 2


def _copied(organization, boss):
    with tenant(organization):
        chosen = list(Employee.objects.exclude(pk=boss.pk)[:COPIES])
        asked = [copies.request_own_copy(people.actor(one), now=clock.now()) for one in chosen]
    with _growing_little(len(asked)) as done:
        for copy in asked:
            copies.make(organization.pk, copy.pk, now=clock.now())
            done()
    with tenant(organization):
        assert Copy.objects.filter(state=Copy.State.READY).count() == COPIES


def _archived(organization, boss):
    """All of the organization's data in one archive: what is held at once at the worst is a page, not the table."""
    with tenant(organization):
        asked = archives.request_export(
            people.actor(boss), reason="换到另一套系统，需要全部数据", now=clock.now()
        )
    before = resident_mib()
    began = time.monotonic()
    forget_peak()
    archives.make(organization.pk, asked.pk, now=clock.now())
    grown = peak_mib() - before
    with tenant(organization):
        made = Archive.objects.get(pk=asked.pk)
    print(
        f"archive: {made.rows} rows in {time.monotonic() - began:.0f} s, {made.size / 2**20:.1f} MiB, +{grown:.0f} MiB"
    )
    assert made.state == Archive.State.READY
    assert made.rows > PEOPLE * 3
    assert grown < GROWTH_MIB


def _ended(organization, boss):
    """Cancelled, confirmed, the window over: everybody's erasure has begun. How far it is can be read meanwhile."""
    now, operator = clock.now(), system_actor(organization.pk, "operator")
    with tenant(organization):
        leaving.request_cancellation(people.actor(boss), reason="停业", now=now)
        leaving.confirm_cancellation(operator, confirmed_by="李", now=now)
    later = now + timedelta(days=31)
    before, began = resident_mib(), time.monotonic()
    assert ending.carry_out(operator, now=later)
    assert resident_mib() - before < GROWTH_MIB
    print(f"begun: {PEOPLE + 1} people in {time.monotonic() - began:.0f} s")
    return later


def _erased(organization, now):
    waiting = working.unfinished(organization.pk)
    half = len(waiting) // 2
    with _growing_little(len(waiting)) as done:
        for number, key in enumerate(waiting, 1):
            working.carry_out(organization.pk, key, now=now)
            done()
            if number == half:
                assert f"{half} of {PEOPLE + 1} people erased" in _progress()


def _progress():
    out = io.StringIO()
    call_command("organization", "list", stdout=out)
    return out.getvalue()


class _growing_little:
    """Counts what is done; memory after all of it is about what it was after the first tenth."""

    def __init__(self, total):
        self.total, self.count = total, 0

    def __enter__(self):
        self.began = time.monotonic()
        return self.done

    def done(self):
        self.count += 1
        if self.count == max(1, self.total // 10):
            self.early = resident_mib()

    def __exit__(self, *fault):
        if fault[0] is None:
            late = resident_mib()
            each = (time.monotonic() - self.began) / self.total * 1000
            print(f"{self.total} done, {each:.0f} ms each, {self.early:.0f} → {late:.0f} MiB")
            assert late - self.early < GROWTH_MIB
