"""An OpenRosa client, written against the public specification, over the real web server.

https://docs.getodk.org/openrosa/: list, form, manifest, HEAD and POST of a submission with its files, authentication.
"""

import base64
import hashlib
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest

from tests.access.planting import picture

LIST = "{http://openrosa.org/xforms/xformsList}"
RESPONSE = "{http://openrosa.org/http/response}"
XFORMS = "{http://www.w3.org/2002/xforms}"
H = "{http://www.w3.org/1999/xhtml}"


@dataclass
class Answer:
    status: int
    headers: Any  # case does not matter in their names
    body: bytes

    @property
    def xml(self):
        return ET.fromstring(self.body)


class Client:
    """What ODK Collect does, with nothing but the specification."""

    def __init__(self, server, *, user="", password=""):
        self.server = server
        self.headers = {"X-OpenRosa-Version": "1.0", "Date": "Fri, 27 Nov 2026 02:00:00 GMT"}
        if password:
            known = base64.b64encode(f"{user}:{password}".encode()).decode()
            self.headers["Authorization"] = f"Basic {known}"

    def ask(self, method, address, body=None, **headers):
        address = address if address.startswith("http") else self.server + address
        request = urllib.request.Request(address, body, {**self.headers, **headers}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def forms(self):
        answer = self.ask("GET", "/formList")
        assert answer.status == 200
        found = answer.xml.findall(f"{LIST}xform")
        return [{child.tag.removeprefix(LIST): child.text for child in form} for form in found]

    def submit(self, xml, **files):
        """The XML as the part `xml_submission_file`, each file as a part of its own."""
        boundary = uuid4().hex
        parts = [("xml_submission_file", "submission.xml", "text/xml", xml)]
        parts += [(name, name, "image/jpeg", content) for name, content in files.items()]
        body = b"".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
            f"Content-Type: {kind}\r\n\r\n".encode()
            + content
            + b"\r\n"
            for name, file, kind, content in parts
        )
        body += f"--{boundary}--\r\n".encode()
        return self.ask(
            "POST", "/submission", body, **{"Content-Type": f"multipart/form-data; boundary={boundary}"}
        )


@pytest.fixture(scope="module")
def scene(server):
    return server, server.script("tests.walks.forms_story", "seed")


def filled(xform, instance_id, **answers):
    """The instance that the XForm itself carries, with answers put in, as Collect makes it."""
    root = ET.fromstring(xform)
    instance = root.find(f"{H}head/{XFORMS}model/{XFORMS}instance")[0]
    for template in [row for row in instance.iter() if any("template" in key for key in row.attrib)]:
        parent = next(each for each in instance.iter() if template in list(each))
        parent.remove(template)
    for name, text in answers.items():
        element = next(each for each in instance.iter() if each.tag.rpartition("}")[2] == name)
        element.text = text
    meta = next(each for each in instance.iter() if each.tag.endswith("instanceID"))
    meta.text = instance_id
    return ET.tostring(instance, encoding="utf-8")


def test_a_whole_round(scene):
    server, story = scene
    client = Client(f"{server.address}/odk/key/{story['token']}")
    [form] = client.forms()
    assert (form["formID"], form["version"]) == (story["code"], "1")
    answer = client.ask("GET", form["downloadUrl"])
    assert answer.headers["X-OpenRosa-Version"] == "1.0"
    assert "Date" in answer.headers
    assert re.match(r"text/xml", answer.headers["Content-Type"])
    assert form["hash"] == f"md5:{hashlib.md5(answer.body).hexdigest()}"
    assert client.ask("GET", form["manifestUrl"]).status == 200

    head = client.ask("HEAD", "/submission")
    assert (head.status, head.headers["Location"]) == (204, f"{client.server}/submission")
    assert int(head.headers["X-OpenRosa-Accept-Content-Length"]) > 1_000_000

    photo, instance = picture("shelf by Collect"), f"uuid:{uuid4()}"
    answers = {
        "store": "甲店",
        "facings": "7",
        "price": "2.50",
        "place": "32.04 118.78 12.0 8.5",
        "shelf": "shelf.jpg",
        "allergy": "nuts",
    }
    xml = filled(answer.body, instance, **answers)
    sent = client.submit(xml, **{"shelf.jpg": photo})
    assert sent.status == 201, sent.body
    assert sent.xml.find(f"{RESPONSE}message").text

    again = client.submit(xml, **{"shelf.jpg": photo})
    assert (again.status, again.body) == (sent.status, sent.body)
    [stored] = server.script("tests.walks.forms_story", "stored", story["organization"])
    sha256 = hashlib.sha256(photo).hexdigest()
    assert stored["instance"] == instance
    assert stored["source"] == "openrosa"
    assert stored["files"] == [[sha256, "image/jpeg"]]
    assert stored["data"]["shelf"] == [{"sha256": sha256, "size": len(photo), "name": "shelf.jpg"}]
    assert stored["data"]["place"] == {"lat": 32.04, "lng": 118.78, "altitude_m": 12.0, "accuracy_m": 8.5}
    assert (stored["data"]["store"], stored["data"]["value"]) == ("甲店", "17.5")


def test_basic_authentication_asks_and_lets_in(scene):
    server, story = scene
    stranger = Client(f"{server.address}/odk").ask("GET", "/formList")
    assert stranger.status == 401
    assert stranger.headers["WWW-Authenticate"].startswith("Basic ")
    known = Client(f"{server.address}/odk", user="anybody", password=story["token"])
    assert [form["formID"] for form in known.forms()] == [story["code"]]
    assert known.forms()[0]["downloadUrl"].startswith(f"{server.address}/odk/forms/")
    for password in ("", "x", story["token"][:-1], story["token"][:32] + "A" * 43, "é" * 70):
        assert (
            Client(f"{server.address}/odk", user="x", password=password or "-").ask("GET", "/formList").status
            == 401
        )


def test_what_does_not_fit_is_refused_in_words_and_nothing_is_kept(scene):
    server, story = scene
    client = Client(f"{server.address}/odk/key/{story['token']}")
    before = len(server.script("tests.walks.forms_story", "stored", story["organization"]))
    xform = client.ask("GET", client.forms()[0]["downloadUrl"]).body
    cases = [
        (filled(xform, f"uuid:{uuid4()}", store="A", facings="-1", allergy="x"), 422),
        (filled(xform, f"uuid:{uuid4()}", store="A", shelf="missing.jpg", allergy="x"), 400),
        (filled(xform, "", store="A"), 400),
        (b"<data", 400),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><data id="x">&a;</data>', 400),
        (filled(xform, f"uuid:{uuid4()}", store="A").replace(story["code"].encode(), b"gone"), 404),
    ]
    for xml, status in cases:
        answer = client.submit(xml)
        assert answer.status == status, (xml[:120], answer.body)
        assert answer.xml.find(f"{RESPONSE}message").text
    assert client.ask("POST", "/submission", b"x").status == 400
    assert len(server.script("tests.walks.forms_story", "stored", story["organization"])) == before


def test_a_revoked_key_opens_nothing_any_more(scene):
    server, story = scene
    client = Client(f"{server.address}/odk/key/{story['token']}")
    assert client.ask("GET", "/formList").status == 200
    server.script("tests.walks.forms_story", "revoke", story["organization"])
    assert client.ask("GET", "/formList").status == 401
    assert client.ask("HEAD", "/submission").status == 401
