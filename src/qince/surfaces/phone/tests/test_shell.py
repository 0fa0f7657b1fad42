"""The phone app as it is served: complete, small, and in both languages."""

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from qince.kit.storage import without_comments
from qince.surfaces.phone import modules, shell, words

LIMIT = 80 * 1024
WHOLE_LIMIT = 224 * 1024
LAZY = re.compile(r'\bimport\("([^"]+)"\)')
MESSAGE = re.compile(r'\bn?gettext\(\s*"((?:[^"\\]|\\.)*)"(?:,\s*"((?:[^"\\]|\\.)*)")?')


def sources() -> list[Path]:
    return [path for path in modules.SOURCE.rglob("*.js") if path.name != "sw.js"]


def wanted_by(path: Path) -> list[str]:
    return modules.imports(path) + LAZY.findall(path.read_text())


def on_disk(address: str) -> Path:
    found = finders.find(address.removeprefix(settings.STATIC_URL))
    assert found, f"{address} is precached but does not exist"
    return Path(found)


def test_every_import_has_an_address():
    known = set(modules.names())
    wanted = {
        (path.name, name)
        for path in sources()
        for name in modules.imports(path) + LAZY.findall(path.read_text())
    }
    assert len(wanted) > len(sources())
    assert not {f"{module} imports {name}" for module, name in wanted if name not in known}


def test_page_allows_its_import_map_and_nothing_else_inline(client):
    response = client.get("/m/")
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert re.search(r"script-src 'self' 'sha256-[\w+/=]+'(;|$)", policy)
    assert "unsafe" not in policy
    html = response.content.decode()
    assert 'style="' not in html
    assert len(re.findall(r"<script", html)) == 2


def test_page_is_the_same_for_everyone(client):
    chinese = client.get("/m/", headers={"Accept-Language": "zh-CN"}).content
    assert chinese == client.get("/m/", headers={"Accept-Language": "en"}).content


def test_service_worker_lists_files_that_are_served(client):
    response = client.get("/m/sw.js")
    assert response["Content-Type"] == "text/javascript"
    assert response["Cache-Control"] == "no-cache"
    release = json.loads(
        response.content.decode().split("\n", 1)[0].removeprefix("const SHELL = ").rstrip(";")
    )
    assert release["page"] == "/m/"
    for address in release["files"]:
        if address.startswith(settings.STATIC_URL):
            on_disk(address)
        else:
            assert client.get(address).status_code == 200


def test_catalogue_of_another_release_is_not_found(client):
    assert client.get("/m/words/zh-hans.first.000000000000.json").status_code == 404
    assert client.get(f"/m/words/en.all.{words.digest('en', 'rest')}.json").status_code == 404
    assert client.get(words.address("en", "rest")).status_code == 200


def test_manifest_names_icons_that_exist(client):
    manifest = client.get("/m/manifest.webmanifest").json()
    assert manifest["scope"] == manifest["start_url"] == "/m/"
    for icon in manifest["icons"]:
        on_disk(icon["src"])


def test_shell_stays_small(client):
    """What must come over the air before the first page shows, in the language with the larger catalogue."""
    at_once = [static(modules.names()[name]) for name in modules.needed_at_once()]
    needed = ["/m/", static("pwa/main.js"), *shell.styles(), words.address("zh-hans", "first"), *at_once]
    sizes = {address: compressed(client, address) for address in needed}
    print(f"phone shell: {sum(sizes.values()) / 1024:.1f} KB compressed in {len(sizes)} files")  # noqa: T201
    assert sum(sizes.values()) <= LIMIT


def test_everything_a_phone_keeps_stays_small(client):
    """The whole release, as it comes over the air; see docs/figures.md."""
    addresses = ["/m/", "/m/sw.js", *shell.files()]
    total = sum(brotli_size(client, address) for address in addresses)
    print(f"phone release: {total / 1024:.1f} KB compressed in {len(addresses)} files")  # noqa: T201
    assert total <= WHOLE_LIMIT


def brotli_size(client, address: str) -> int:
    """Bytes as served to a browser that takes Brotli: every one a phone may have."""
    if not address.startswith(settings.STATIC_URL):
        answer = client.get(address, headers={"Accept-Encoding": "gzip, br"})
        assert answer["Content-Encoding"] == "br"
        assert "Accept-Encoding" in answer["Vary"]
        return len(answer.content)
    content = on_disk(address).read_bytes()
    if "/pwa/" in address and address.endswith((".js", ".css")):
        content = without_comments(content.decode()).encode()
    return min(len(content), len(brotli.compress(content)))


@pytest.mark.parametrize(("name", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_what_python_writes_is_compressed_for_those_who_take_it(client, name, unpack):
    plain = client.get("/m/sw.js")
    packed = client.get("/m/sw.js", headers={"Accept-Encoding": f"deflate, {name};q=0.9"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == name
    assert unpack(packed.content) == plain.content


def compressed(client, address: str) -> int:
    """Bytes as served: phone modules without their comments, then gzip."""
    if not address.startswith(settings.STATIC_URL):
        content = client.get(address).content
    else:
        content = on_disk(address).read_bytes()
        if "/pwa/" in address and address.endswith((".js", ".css")):
            content = without_comments(content.decode()).encode()
    return min(len(content), len(gzip.compress(content, 9)))


def test_every_word_is_translated():
    parts = [json.loads(words.catalogue("zh-hans", part)) for part in words.PARTS]
    assert not parts[0].keys() & parts[1].keys()
    known = parts[0] | parts[1]
    if not known:
        pytest.skip("the catalogues are not compiled here")
    used = {singular for path in sources() for singular, _many in MESSAGE.findall(path.read_text())}
    assert used > {"Today", "Check in"}
    assert not {text for text in used if text.replace('\\"', '"') not in known}


def test_first_page_has_its_own_words():
    """What is needed at once does not wait for the words of other pages."""
    first = json.loads(words.catalogue("zh-hans", words.FIRST))
    if not first:
        pytest.skip("the catalogues are not compiled here")
    early = {text for path in modules.files_at_once() for text, _many in MESSAGE.findall(path.read_text())}
    assert early > {"Today"}
    assert not {text for text in early if text.replace('\\"', '"') not in first}


def test_a_class_is_laid_out_in_one_place():
    """All features share the style sheets: a class that two of them define changes the other's pages."""
    text = "\n".join(path.read_text("utf-8") for path in sorted((modules.SOURCE / "style").glob("*.css")))
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    own, depth = Counter(), 0
    for part in re.finditer(r"([^{}]*)([{}])", text):
        selector = part[1].strip()
        if depth == 0 and part[2] == "{" and re.fullmatch(r"\.[\w-]+", selector):
            own[selector] += 1
        depth += 1 if part[2] == "{" else -1
    assert len(own) > 40
    assert [name for name, times in own.items() if times > 1] == []
