"""S1, the phone: every operation of the OpenAPI × every role × another organization's rows, and no token at all."""

import json
import re
from uuid import UUID

import msgspec
import pytest
from django.test import Client

from qince.engines.sync.registry import OperationType
from qince.engines.sync.registry import operations as sync_operations
from qince.kit.tenancy import tenant
from tests.access.asking import _shapeless, leaks, undone
from tests.access.operations import Names, UnknownOperation, absent, api_operations, sync_payloads
from tests.access.planting import ROLES, phone_token, plant, tenant_models
from tests.access.public import PUBLIC_OPERATIONS
from tests.conftest import FULL


@pytest.fixture
def foreign(world):
    blob = world.foreign.rows["files.Blob"]
    return names_of(world.foreign, blob)


def names_of(planted, blob):
    from qince.core.files import keeping

    with keeping.opened(blob, blob.storage_name, keeping.ORIGINAL) as stream:
        content = stream.read()
    return Names({**planted.ids, "organization": planted.organization.pk}, blob.sha256, content)


def send(request, token):
    """Answer of the API; bodies as text."""
    headers = {"Accept-Language": "en", **(request.headers or {})}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    client = Client(raise_request_exception=False)
    kind = headers.pop("Content-Type", "application/json")
    return client.generic(
        request.method, request.path, request.body or b"", content_type=kind, headers=headers
    )


def answered(request, token):
    with undone(Client()):
        return send(request, token)


def test_every_operation_is_understood(foreign):
    """An operation nobody taught the generator fails here instead of staying untested."""
    requests = {operation.id: len(list(operation.requests(foreign))) for operation in api_operations()}
    assert len(requests) >= 15
    assert min(requests.values()) >= 1
    assert set(PUBLIC_OPERATIONS) <= set(requests)


@pytest.mark.clause("C0-02")
@pytest.mark.parametrize("role", [*ROLES, "anonymous"] if FULL else ["administrator", "rep", "anonymous"])
def test_foreign_rows_look_absent(world, foreign, role):
    token = phone_token(world.staff[role]) if role != "anonymous" else None
    faults = [
        fault for operation in api_operations() for fault in _faults(operation, foreign, world.foreign, token)
    ]
    assert not faults, "\n".join(f"{role}: {fault}" for fault in faults)


def _faults(operation, names, planted, token):
    nowhere = absent(names)
    pairs = zip(operation.requests(names), operation.requests(nowhere), strict=True)
    for request, other in pairs:
        answer, beside = answered(request, token), answered(other, token)
        where = f"{request.method} {request.path} {str(request.body)[:300]} → {answer.status_code}"
        if _shape(answer) != _shape(beside):
            yield f"{where}: differs from an absent row's: {_shape(answer)} / {_shape(beside)}"
        if found := leaks(_Told(answer), planted, request.path, request.body):
            yield f"{where}: tells {found}"
        if answer.status_code >= 500:
            yield where
        if token is None and operation.id not in PUBLIC_OPERATIONS and answer.status_code != 401:
            yield f"{where}: a stranger is let in"


class _Told:
    def __init__(self, answer):
        self.body, self.location = answer.text, str(dict(answer.headers))


def _shape(answer):
    headers = {name: value for name, value in answer.headers.items() if name.startswith("Upload")}
    text = re.sub(r"[0-9a-f]{64}", "HASH", answer.text)
    return answer.status_code, headers, re.sub(r'"server_time":"[^"]+"', "", _shapeless(text))


def test_the_same_operations_work_with_ones_own_rows(world):
    """Otherwise the test above would pass on an API that answers nobody."""
    own = plant(world.home, world.staff["rep"], "Zq7Rep")
    names, token = names_of(own, own.rows["files.Blob"]), phone_token(world.staff["rep"])
    done = {}
    for operation in api_operations():
        for request in operation.requests(names):
            answer = answered(request, token)
            done.setdefault(operation.id, set()).add(answer.status_code)
            assert answer.status_code < 500, answer.text
    closed = {key: codes for key, codes in done.items() if not codes & {200, 202, 204}}
    assert set(closed) <= {
        "qince_core_signin_api_look_at_scan",  # a made-up code
        "qince_core_signin_api_answer_scan",  # a made-up code
        "qince_core_signin_api_verify_code",  # a wrong code
        "qince_core_signin_api_cancel_activation",  # a made-up ticket
        "qince_core_signin_api_complete_activation",  # a made-up ticket
        "qince_core_privacy_api_get_version",  # the hash of a picture
        "qince_core_privacy_api_post_prompt",  # the hash of no notice
        "qince_core_erasure_api_post_copy_link",  # a copy still being made
        "qince_core_erasure_api_post_copy_package",  # a made-up link
        "qince_core_privacy_api_post_anew",  # nothing is asked anew
        "qince_core_rights_api_post_survey",  # a case still worked on
        "qince_employee_attendance_api_show",  # faces are off until an assessment is signed
        "qince_employee_attendance_api_turns",  # likewise
        "qince_employee_attendance_api_turned",  # likewise
        "qince_core_profile_api_get_picture",  # nobody has one
        "qince_engines_notifications_api_put_address",  # the addresses refuse nothing
        "qince_engines_notifications_api_switch_on",  # no push service is named
        "qince_engines_approvals_deputies_name_deputy",  # the only person there is oneself
    }


def test_pull_brings_what_is_ones_own_and_nothing_else(world):
    own = plant(world.home, world.staff["rep"], "Zq7Rep")
    for role in ROLES:
        token = phone_token(world.staff[role])
        answer = Client(headers={"Authorization": f"Bearer {token}"}).get("/api/phone/v1/pull")
        assert answer.status_code == 200
        assert not leaks(_Told(answer), world.foreign)
        assert ("Zq7Rep" in json.dumps(answer.json()["collections"]["customers"])) == (role == "rep")
    assert own.rows


def test_pushing_against_foreign_rows_changes_nothing_there(world, foreign):
    before, token = _content(world.foreign.organization), phone_token(world.staff["rep"])
    for operation in api_operations():
        if operation.body_name == "Push":
            for request in operation.requests(foreign):
                assert send(request, token).status_code == 200
    assert _content(world.foreign.organization) == before


def _content(organization):
    with tenant(organization):
        return {model._meta.label: sorted(map(str, model.objects.values_list())) for model in tenant_models()}


def test_one_organizations_file_is_not_completed_by_anothers(world, foreign):
    """A hash alone opens nothing: who has not sent the bytes is not told that somebody did."""
    token = phone_token(world.staff["rep"])
    head = Client(headers={"Authorization": f"Bearer {token}"}).head(f"/api/phone/v1/files/{foreign.sha256}")
    assert head.status_code == 404


class TestTheTestCanFail:
    def test_an_unknown_reference_in_a_payload(self, foreign):
        strange = msgspec.defstruct("Strange", [("stranger_id", UUID)])
        with pytest.raises(UnknownOperation):
            list(sync_payloads(OperationType("x", strange, lambda *_: []), foreign))

    def test_an_unknown_parameter(self, foreign, monkeypatch):
        operation = next(each for each in api_operations() if "{" in each.path)
        operation.details["parameters"][0]["name"] = "whatever"
        with pytest.raises((UnknownOperation, KeyError)):
            list(operation.requests(foreign))

    def test_an_answer_that_tells_of_foreign_rows(self, world, foreign, monkeypatch):
        """Files looked up past the tenant: the difference between 404 and 200 is found."""
        from qince.core.files import api

        known = {foreign.sha256}
        monkeypatch.setattr(api, "upload_state", lambda actor, sha256: (True, 0) if sha256 in known else None)
        head = next(each for each in api_operations() if each.method == "HEAD")
        token = phone_token(world.staff["rep"])
        assert any("differs" in fault for fault in _faults(head, foreign, world.foreign, token))

    def test_every_type_of_operation_is_pushed(self, foreign):
        push = next(each for each in api_operations() if each.body_name == "Push")
        sent = {json.loads(request.body)["operations"][0]["type"] for request in push.requests(foreign)}
        assert sent == set(sync_operations)
