"""What a push service gets: sealed as the standard's own example says, signed by a key that only we have."""

import json
import os
import stat

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from qince.engines.notifications.push import keys, vapid
from qince.engines.notifications.push.encoding import decoded, encoded
from qince.engines.notifications.push.encryption import PADDED, sealed
from qince.engines.notifications.tests.service import Browser, Service
from qince.kit import clock

# RFC 8291, appendix A.
TEXT = b"When I grow up, I want to be a watermelon"
OWN = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BROWSER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SALT, SECRET = "DGv6ra1nlYgDCS1FRnbzlw", "BTBZMqHH6r4Tts7J_aSIgg"
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A"
    "_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_standards_example_comes_out_byte_for_byte():
    own = ec.derive_private_key(int.from_bytes(decoded(OWN), "big"), ec.SECP256R1())
    made = sealed(
        TEXT,
        browser=decoded(BROWSER),
        secret=decoded(SECRET),
        own=own,
        salt=decoded(SALT),
        padded=len(TEXT) + 1,
    )
    assert encoded(made) == MESSAGE


@pytest.fixture
def browser():
    service = Service()
    yield Browser(service)
    service.server.server_close()


def test_only_the_browser_opens_it_and_every_message_is_as_long(browser):
    point, secret = (decoded(browser.subscription[name]) for name in ("p256dh", "auth"))
    short, long = (sealed(text, browser=point, secret=secret) for text in (b"x", b"y" * (PADDED - 1)))
    assert (browser.opened(short), browser.opened(long)) == (b"x", b"y" * (PADDED - 1))
    assert len(short) == len(long)
    assert short[:16] != long[:16]
    other = Browser(browser.service)
    other.secret = browser.secret
    with pytest.raises(InvalidTag):
        other.opened(short)
    with pytest.raises(ValueError, match="too long"):
        sealed(b"z" * PADDED, browser=point, secret=secret)


def test_the_key_is_made_once_and_only_its_owner_may_read_it(settings):
    first = keys.public_key()
    file = settings.DATA / "keys" / "vapid.key"
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    keys._read.cache_clear()
    assert keys.public_key() == first
    assert len(decoded(first)) == 65
    file.unlink()
    keys._read.cache_clear()
    assert keys.public_key() != first


def test_the_token_names_one_service_ends_within_a_day_and_says_whom_to_turn_to(settings):
    now = clock.now()
    settings.OPERATOR = {**settings.OPERATOR, "email": "ops@x.example"}
    header = vapid.authorization("https://fcm.googleapis.com/fcm/send/abc", now=now)
    claims = json.loads(decoded(header.split("t=")[1].split(",")[0].split(".")[1]))
    assert claims["aud"] == "https://fcm.googleapis.com"
    assert now.timestamp() < claims["exp"] <= now.timestamp() + 24 * 3600
    assert claims["sub"] == "mailto:ops@x.example"
