"""S8: hostile files, each within 256 MiB and 5 s of CPU, refused with a code or kept harmless."""

import hashlib
import io
import multiprocessing
import re
import resource
import tempfile
import time
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from PIL import Image

from qince.core.files import serving
from qince.core.files.images import reencoded
from qince.core.files.models import Blob
from qince.core.files.sniff import sniff
from qince.core.people.tests import factories as people
from qince.kit.errors import Refusal
from qince.kit.resource import sheets
from qince.kit.tenancy import tenant
from tests.access.planting import person, phone_token
from tests.security import corpus

MEBIBYTE = 1024 * 1024
MOST_MEMORY, MOST_CPU = 256 * MEBIBYTE, 5.0
HARMFUL = (corpus.SCRIPT, b"GPS", b"Exif", b"Q7 camera", b"<html")


@pytest.fixture(scope="module")
def pictures():
    return corpus.pictures()


@pytest.fixture(scope="module")
def tables():
    return corpus.tables()


@pytest.fixture
def rep(db, data_folder):
    with tenant(people.organization()):
        return person("rep", roles=["rep"])


def test_the_corpus_is_large_enough(pictures, tables):
    assert len(pictures) + len(tables) >= 60


# --- Cost, each file in a process of its own ---


def open_picture(path):
    """What taking in and showing a picture does to its bytes."""
    if sniff(path).is_image:
        reencoded(path, max_px=480)
        reencoded(path, max_px=4000)


def open_table(path):
    for _number, _cells in sheets.read(path):
        pass


def cost(content, use):
    """(bytes of memory beyond the start, CPU seconds, what happened) of `use` on a file, in a limited child."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        child = context.Process(target=_measured, args=(Path(file.name), use, sender))
        child.start()
        sender.close()
        try:
            return receiver.recv()
        except EOFError:
            return 0, 0.0, "killed"
        finally:
            child.join(30)


def _measured(path, use, sender):
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    virtual = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (virtual + 1024 * MEBIBYTE,) * 2)
    before, started = _peak(), time.process_time()
    try:
        use(path)
        outcome = "kept"
    except Refusal as refusal:
        outcome = refusal.code
    except BaseException as error:
        outcome = f"failed: {type(error).__name__}: {error}"
    sender.send((_peak() - before, time.process_time() - started, outcome))


def _peak():
    """The most memory this process has held, bytes."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024


@pytest.mark.parametrize("kind", ["pictures", "tables"])
def test_no_file_costs_too_much(kind, request, capsys):
    use = open_picture if kind == "pictures" else open_table
    costs = {file.name[:40]: cost(file.content, use) for file in request.getfixturevalue(kind)}
    dear = {name: found for name, found in costs.items() if found[0] > MOST_MEMORY or found[1] > MOST_CPU}
    failed = {name: found for name, found in costs.items() if found[2].startswith(("failed", "killed"))}
    with capsys.disabled():
        memory, cpu = (max(found[n] for found in costs.values()) for n in (0, 1))
        print(f"\nS8: {len(costs)} {kind}, at most {memory / MEBIBYTE:.0f} MiB and {cpu:.1f} s of CPU")
    assert not dear
    assert not failed


def test_a_costly_or_failing_file_is_found():
    """The planted faults: a bomb that is unpacked, an endless loop, an unexpected error."""
    assert cost(b"x", lambda path: bytearray(300 * MEBIBYTE))[0] > MOST_MEMORY
    assert cost(b"x", lambda path: [hash(n) for n in range(10)] and 1 / 0)[2].startswith(
        "failed: ZeroDivision"
    )


# --- Outcome, through the doors that people use ---


def send(token, content):
    """The answer to the last piece of a file sent from a phone, and its hash."""
    client, sha256 = Client(headers={"Authorization": f"Bearer {token}"}), hashlib.sha256(content).hexdigest()
    answer = None
    for offset in range(0, len(content), MEBIBYTE):
        headers = {"Upload-Offset": str(offset), "Upload-Length": str(len(content))}
        piece = content[offset : offset + MEBIBYTE]
        answer = client.patch(f"/api/phone/v1/files/{sha256}", piece, "image/jpeg", headers=headers)
    return answer, sha256


@pytest.mark.clause("C5.1-04")
@pytest.mark.django_db
def test_pictures_from_the_phone_are_refused_with_a_code_or_kept_harmless(rep, pictures):
    token, faults = phone_token(rep), []
    for file in pictures:
        answer, sha256 = send(token, file.content)
        outcome = corpus.KEPT if answer.status_code == 204 else corpus.REFUSED
        if file.expected not in (corpus.EITHER, outcome):
            faults.append(f"{file.name}: {outcome}, {answer.text}")
        if outcome == corpus.REFUSED and (answer.status_code != 422 or not answer.json()["code"]):
            faults.append(f"{file.name}: {answer.status_code} {answer.text[:200]}")
        if outcome == corpus.KEPT:
            faults += [f"{file.name}: {fault}" for fault in _harm(rep, sha256, file.content)]
    assert not faults, "\n".join(faults)


def _harm(rep, sha256, content):
    """What may reach a browser of a kept file: pictures of our own making only; the original untouched, as download."""
    with tenant(rep.organization):
        blob = Blob.objects.get(sha256=sha256)
        request = RequestFactory().get("/")
        original = serving.original(request, blob)
        shown = (
            [serving.thumbnail(request, blob), serving.display(request, blob)] if blob.thumbnail_name else []
        )
    if b"".join(original.streaming_content) != content:
        yield "the evidence was changed"
    if not blob.thumbnail_name and not original["Content-Disposition"].startswith("attachment"):
        yield "opens in the browser"
    for answer in [original, *shown]:
        if (
            "sandbox" not in answer["Content-Security-Policy"]
            or answer.get("X-Content-Type-Options") != "nosniff"
        ):
            yield "is served without a guard"
        if answer["Content-Type"] not in (
            "image/jpeg",
            "image/png",
            "image/webp",
            "application/pdf",
            "application/zip",
        ):
            yield f"is served as {answer['Content-Type']}"
    for answer in shown:
        picture = b"".join(answer.streaming_content)
        if found := [mark for mark in HARMFUL if mark in picture]:
            yield f"what is shown holds {found}"
        with Image.open(io.BytesIO(picture)) as image:
            if image.getexif() or getattr(image, "n_frames", 1) > 1:
                yield "what is shown holds metadata or an animation"
    if not default_storage.exists(blob.storage_name):
        yield "is gone"


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (
            lambda serving: serving.original,
            "what is shown holds",
        ),  # the evidence itself, where a copy belongs
        (lambda serving: _unguarded(serving.display), "is served without a guard"),
    ],
    ids=["the original is shown", "without a guard"],
)
def test_planted_fault_a_harmful_way_to_serve_a_picture_is_told(rep, monkeypatch, fault, told):
    content = corpus.with_gps()
    _answer, sha256 = send(phone_token(rep), content)
    assert list(_harm(rep, sha256, content)) == []
    monkeypatch.setattr(serving, "display", fault(serving))
    assert any(told in each for each in _harm(rep, sha256, content))


def _unguarded(serve):
    def served(request, blob):
        answer = serve(request, blob)
        del answer["X-Content-Type-Options"]
        return answer

    return served


@pytest.mark.clause("C2.3.3-06")
def test_metadata_is_stripped_unless_it_is_evidence(tmp_path):
    path = tmp_path / "gps.jpg"
    path.write_bytes(corpus.with_gps())
    with Image.open(path) as image:
        assert image.getexif().get_ifd(0x8825)  # the twin: it is there before
    stripped = reencoded(path, max_px=4000)
    with Image.open(io.BytesIO(stripped)) as image:
        assert not image.getexif()
        assert image.size == (150, 200)  # and the picture stands upright without it
    assert not [mark for mark in HARMFUL if mark in stripped]


@pytest.mark.django_db
def test_tables_on_the_import_page_are_refused_in_words_or_read(data_folder, tables):
    home = people.organization()
    with tenant(home):
        browser = people.browser(person("boss", roles=["administrator"]))
    browser.raise_request_exception = False
    faults = []
    for file in tables:
        upload = SimpleUploadedFile(file.name, file.content)
        answer = browser.post("/customers/import/", {"file": upload})
        if answer.status_code == 302:
            answer = browser.get(answer.url)
        outcome = corpus.REFUSED if answer.status_code == 422 else corpus.KEPT
        if answer.status_code not in (200, 422) or file.expected not in (corpus.EITHER, outcome):
            faults.append(f"{file.name[:40]}: {answer.status_code}, expected {file.expected}")
        if "root:" in answer.text or "hahaha" in answer.text or corpus.SCRIPT.decode() in answer.text:
            faults.append(f"{file.name[:40]}: the page shows what it must not")
    assert not faults, "\n".join(faults)
    assert not list(Path("/tmp").glob("q7*"))
