"""The registers the agreement promises are complete: what is used but not listed fails here."""

import ast
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation

from qince.core.organizations.settings import Settings
from qince.core.privacy import tables
from qince.core.privacy.documents import TABLE
from qince.core.privacy.functions import FAMILIES
from qince.core.privacy.registers import BROWSER_STORAGE, Platform, registered
from qince.core.privacy.registry import declared
from qince.engines.approvals.decisions import DECIDES
from qince.engines.approvals.flow.schema import Timeout
from qince.engines.evidence.models import Verdict
from qince.engines.sync.registry import operations
from qince.sales.visits.words import FLAGS
from qince.surfaces.phone.modules import LIBRARIES

ROOT = Path(settings.ROOT)
SOURCES = [path for path in (ROOT / "src" / "qince").rglob("*.py") if "tests" not in path.parts]
VENDOR = ROOT / "src/qince/kit/static/vendor"


# --- Functions ---


def without_function(labels):
    known = {each.app for each in declared.functions.values()}
    return sorted(set(labels) - known)


def apps_with_personal_data():
    return {key.partition(".")[0] for key in declared.personal()} - {"sessions"}


@pytest.mark.clause("C1.2-03")
def test_every_app_that_keeps_personal_data_says_with_which_functions():
    assert without_function(apps_with_personal_data()) == []
    assert without_function(operation.partition(".")[0] for operation in operations) == []
    assert without_function({*apps_with_personal_data(), "planted"}) == ["planted"]


@pytest.mark.clause("C1.2-03")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_function_has_its_four_texts_in_both_languages(language):
    """Scope, purpose, method and consequence of refusing; that each is translated, the catalogues' check sees to."""
    with translation.override(language):
        assert incomplete(declared.functions.values()) == []
        planted = replace(next(iter(declared.functions.values())), code="planted.one", if_refused=" ")
        assert incomplete([planted]) == ["planted.one"]


def incomplete(functions):
    return [each.code for each in functions if not all(str(text).strip() for text in each.texts)]


def test_functions_name_known_families_purposes_and_settings():
    known = set(Settings().as_dict()) | {""}
    labels = {config.label for config in apps.get_app_configs()}
    for each in declared.functions.values():
        assert each.family in FAMILIES
        assert each.purposes
        assert set(each.purposes) <= set(declared.purposes), each.code
        assert each.setting in known, each.code
        assert each.app in labels, each.code


# --- Permissions of devices ---


@pytest.mark.clause("C1.2-05")
@pytest.mark.parametrize(("platform", "rows"), [(Platform.IOS, 6), (Platform.ANDROID, 9)])
def test_the_permission_tables_have_the_rows_of_the_agreement(platform, rows):
    listed = [each for each in registered.permissions.values() if platform in each.platforms]
    assert len([each for each in listed if each.code != "notifications"]) == rows  # ours comes beside them
    printed = tables._permissions_on(platform).rows[1:]
    assert [row.cells[0] for row in printed] == [str(each.title) for each in listed]
    assert all(all(row.cells) for row in printed)  # purpose, asked or not, consequence, how to disable


WHAT_BROWSERS_GRANT = {
    "geolocation": "location",
    "getUserMedia": "camera",
    "contacts.select": "contacts",
    "showOpenFilePicker": "storage",
    "bluetooth": "bluetooth",
    "requestMIDIAccess": "midi",
    "Notification.requestPermission": "notifications",
    "getDisplayMedia": "screen",
    "usb.requestDevice": "usb",
}


def permissions_asked_for():
    ours = "".join(
        path.read_text()
        for folder in (ROOT / "pwa", ROOT / "src" / "qince")
        for path in folder.rglob("*.js")
        if "vendor" not in path.parts
    )
    return {code for call, code in WHAT_BROWSERS_GRANT.items() if call in ours}


@pytest.mark.clause("C1.2-05")
def test_the_client_asks_the_device_for_nothing_that_is_not_listed_as_used():
    used = {code for code, each in registered.permissions.items() if each.is_used}
    assert permissions_asked_for() == used == {"location", "camera", "notifications"}


# --- Libraries ---


def vendored():
    return set(json.loads((VENDOR / "vendor.json").read_text()))


def unlisted(packages):
    return sorted(set(packages) - set(registered.libraries))


def networked(libraries):
    """Libraries of the client that speak to a network of their own, though no consent is asked before they start."""
    return sorted(each.name for each in libraries if each.has_network)


@pytest.mark.clause("C4.1-22")
def test_a_client_with_an_unlisted_or_networked_library_fails():
    assert unlisted(vendored()) == []
    assert sorted(set(registered.libraries) - vendored()) == []
    assert unlisted({*vendored(), "@tracker/sdk"}) == ["@tracker/sdk"]
    folders = {path.name for path in VENDOR.iterdir() if path.is_dir()}
    known = {each["folder"] for each in json.loads((VENDOR / "vendor.json").read_text()).values()}
    assert folders == known
    assert {path.split("/")[1] for path in LIBRARIES.values()} <= known
    assert networked(registered.libraries.values()) == []
    planted = replace(registered.libraries["htm"], has_network=True)
    assert networked([planted]) == ["htm"]


@pytest.mark.clause("C4.1-22")
def test_every_library_says_owner_purpose_data_link_and_licence():
    licences = json.loads((VENDOR / "vendor.json").read_text())
    for each in registered.libraries.values():
        assert all(str(text).strip() for text in (each.owner, each.purpose, each.data, each.link)), each.name
        assert each.licence == licences[each.name]["licence"]


# --- Cookies ---

READS = re.compile(r"""(?:COOKIES(?:\.get)?[\[(]|get_signed_cookie\()\s*["'](\w+)["']""")
STORED = re.compile(r"""localStorage\.(?:setItem|getItem)\(\s*["']([\w.]+)["']""")


@pytest.mark.clause("C3.1-05")
def test_no_cookie_is_read_that_is_not_listed_with_its_purpose():
    """By name in Python; scripts read none at all."""
    read = {name for path in SOURCES for name in READS.findall(path.read_text())}
    assert read <= set(registered.cookies)
    scripts = [path for path in (ROOT / "src" / "qince").rglob("*.js") if "vendor" not in path.parts]
    scripts += (ROOT / "pwa").rglob("*.js")
    assert [path for path in scripts if "document.cookie" in path.read_text()] == []
    stored = {name for path in scripts for name in STORED.findall(path.read_text())}
    assert stored <= {name for name, each in registered.cookies.items() if each.store == BROWSER_STORAGE}
    assert READS.findall('request.COOKIES["planted"]') == ["planted"]


# --- Decisions by machine ---


def decided():
    return {code for each in registered.decisions.values() for code in each.outcomes}


def flags_in(source):
    """Codes that code puts among `flags`: appended, assigned, or under that key of a dict."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("flags.append"):
            yield from _texts(node.args[0])
        if isinstance(node, ast.Assign) and any(ast.unparse(to).endswith("flags") for to in node.targets):
            yield from _texts(node.value)
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "flags":
                    yield from _texts(value)


def _texts(node):
    """Texts that stand alone or as items of a list."""
    items = [each for part in ast.walk(node) if isinstance(part, ast.List) for each in part.elts]
    texts = [each.value for each in (node, *items) if isinstance(each, ast.Constant)]
    return [each for each in texts if isinstance(each, str)]


@pytest.mark.clause("C6.5-01")
def test_whatever_the_code_decides_by_machine_is_registered():
    """Every verdict, every flag that is set anywhere, every flag that has words."""
    set_by_code = {flag for path in SOURCES for flag in flags_in(path.read_text())}
    assert {"clock_skew", "mock", "short", "overlap", "repeated_photo", "estimated"} <= set_by_code
    assert (set_by_code | set(FLAGS) | set(Verdict.values)) - decided() == set()
    assert set(flags_in("visit.flags.append('planted')")) - decided() == {"planted"}


def test_what_a_term_decides_is_registered():
    """Of what a flow may do when nobody decides in time, whatever ends a step."""
    may = set(get_args(get_type_hints(Timeout)["then"]))
    assert may - {"remind", "hand_up"} == set(DECIDES) == set(registered.decisions["approvals-term"].outcomes)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_decision_tells_its_logic_inputs_and_consequence(language):
    with translation.override(language):
        for each in registered.decisions.values():
            assert all(str(text).strip() for text in (each.title, each.logic, each.inputs, each.consequence))
            assert each.version
            assert each.outcomes


def test_the_roles_of_the_agreement_are_there():
    wanted = "operator organization administrator sub_administrator privacy_officer auditor member subject"
    assert set(registered.roles) == set(wanted.split())


def test_every_table_of_the_notice_has_as_many_cells_as_headings():
    made = [
        *tables.permissions(),
        *tables.cookies(),
        *tables.libraries(),
        *tables.decisions(),
        *tables.rights(),
    ]
    for each in made:
        assert each.style == TABLE
        assert {len(row.cells) for row in each.rows} == {len(each.rows[0].cells)}
