"""Recipients for tests, made by the same acts that the console uses, and a partner that really listens."""

import threading
from datetime import timedelta
from itertools import count
from wsgiref.simple_server import WSGIRequestHandler, make_server

from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import decide
from qince.engines.partners import actions, consents
from qince.engines.partners.models import Recipient
from qince.engines.partners.simulator import Partner
from qince.kit import clock

_numbers = count(1)
STATEMENTS = {
    "purpose": "Courses that the employer orders",
    "lawful": "Agreement art. 4.1",
    "legitimate": "The employer pays for the courses",
    "necessary": "A certificate needs a name",
    "specific": "Signing in to courses only",
    "clear": "Shown before the first use",
}


def record(today=None, **fields):
    """A whole record of a recipient, as the form gives it."""
    today = today or clock.now().date()
    number = next(_numbers)
    return {
        "code": f"p{number}",
        "name": f"Partner {number}",
        "profile": "training",
        **STATEMENTS,
        "contract": f"DPA-{number}",
        "contract_from": today - timedelta(days=30),
        "contract_until": today + timedelta(days=300),
        "review_version": "api 1",
        "reviewed_on": today - timedelta(days=20),
        "review_passed": True,
        "duty_reviewed_on": today - timedelta(days=20),
        "features_url": "https://partner.example/features",
        "terms_url": "https://partner.example/terms",
        "terms_version": "2026-01",
        "privacy_url": "https://partner.example/privacy",
        "endpoint": "https://partner.example/qince",
        **fields,
    }


def recipient(admin, *, is_on=True, **fields) -> Recipient:
    found = actions.create_recipient(admin, now=clock.now(), **record(**fields))
    found.raw_secret = actions.renew_secret(admin, found, now=clock.now())
    found.refresh_from_db()
    return actions.switch_on(admin, found, now=clock.now(), attested=True) if is_on else found


def agree_to(employee, recipient, *parts, act="granted"):
    """The member reads the interstitial and agrees: to the sharing, and to each named part by itself."""
    recipient.refresh_from_db()
    text = consents.text_of(recipient)
    for part in ("", *parts):
        code = consents.code_of(recipient, part)
        decide(employee, code, act, notice_hash=text.text_hash if act == "granted" else "")


def administrator(name="Admin"):
    return people.actor(people.employee(name, roles=["administrator"]))


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Nothing on the terminal."""


class Listening:
    """A partner on a port of this machine."""

    def __init__(self, secret):
        self.partner = Partner(secret.encode())
        self.server = make_server("127.0.0.1", 0, self.partner, handler_class=Quiet)
        self.address = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.address}/qince"

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def bodies(self):
        return [each["body"] for each in self.partner.received]
