"""Certificates that cannot be served with are named before anything starts; and the twin of what `test_up` shows."""

import socket
import ssl
import threading
from dataclasses import replace

import pytest

from launcher import ports, tls
from launcher.problem import Problem
from tests.launcher.conftest import place_in
from tests.launcher.running import qince
from tests.launcher.speaking import FORMS, spoken, tls_pair


def test_a_pair_that_fits_is_taken_and_none_is_none(tmp_path):
    pair = tls_pair(tmp_path)
    assert tls.pair(str(pair.certificate), str(pair.key)) == pair
    assert tls.pair("", "") is None


def test_what_is_wrong_is_said_with_the_way_out(tmp_path):
    (tmp_path / "other").mkdir()
    pair, other = tls_pair(tmp_path), tls_pair(tmp_path / "other")
    assert refusal(pair.certificate, "") == "Name both: --tls-certificate FILE --tls-key FILE"
    assert refusal(pair.certificate, tmp_path / "none.pem") == "Give the path of the private key."
    assert "belong to each other" in refusal(pair.certificate, other.key)
    assert "PEM files" in refusal(tmp_path / "none.pem", pair.key)
    pair.key.chmod(0o640)
    assert refusal(pair.certificate, pair.key) == f"Make it yours alone: chmod 600 {pair.key}"


def test_a_key_in_an_old_form_comes_with_the_command_that_converts_it(tmp_path):
    pair = tls_pair(tmp_path, FORMS.TraditionalOpenSSL)
    assert f"openssl pkcs8 -topk8 -nocrypt -in {pair.key}" in refusal(pair.certificate, pair.key)


def refusal(certificate, key):
    with pytest.raises(Problem) as caught:
        tls.pair(str(certificate), str(key))
    return caught.value.ways_out[0]


@pytest.mark.clause("C5.1-01")
def test_in_production_nothing_is_served_in_clear_to_others(tmp_path):
    done = qince("up", "--data", str(tmp_path / "data"), "--host", "0.0.0.0", QINCE_PRODUCTION="yes")
    assert done.returncode == 1
    assert "others reach Qince without encryption" in done.stderr
    assert "--tls-certificate FILE" in done.stderr


def test_who_can_be_reached_by_others(tmp_path, monkeypatch):
    place = place_in(tmp_path)
    assert ports.open_to_others(place) is None
    assert ports.open_to_others(replace(place, host="localhost")) is None
    for host in ("0.0.0.0", "::", "192.168.1.5", "field.example.org"):
        assert ports.open_to_others(replace(place, host=host))
        assert ports.open_to_others(replace(place, host=host, tls=tls_pair(tmp_path))) is None
    monkeypatch.setenv("QINCE_HTTPS", "yes")
    assert ports.open_to_others(replace(place, host="0.0.0.0")) is None


def test_the_client_of_these_tests_does_speak_the_weak_version(tmp_path):
    """A server that allows it is reached: what `test_up` sees refused is refused by ours, not by the client."""
    pair = tls_pair(tmp_path)
    lax = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    lax.set_ciphers("ALL:@SECLEVEL=0")
    lax.minimum_version = ssl.TLSVersion.TLSv1_1
    lax.load_cert_chain(pair.certificate, pair.key)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: lax.wrap_socket(server.accept()[0], server_side=True).close()).start()
        assert spoken(server.getsockname()[1], ssl.TLSVersion.TLSv1_1) == "TLSv1.1"
