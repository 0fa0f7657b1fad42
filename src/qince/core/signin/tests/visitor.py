"""A person at a browser: types numbers, reads codes off the outbox, follows redirects. CSRF is enforced."""

import re

from django.test import Client

from qince.core.accounts.models import Attempt
from qince.core.accounts.tests.factories import last_code

CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


class Visitor(Client):
    def __init__(self, address="203.0.113.7", **more):
        headers = {"User-Agent": CHROME, "Accept-Language": "en"}
        super().__init__(enforce_csrf_checks=True, headers=headers, REMOTE_ADDR=address, **more)

    def submit(self, address, page=None, **values):
        """Open the page of a form, take its CSRF token, send it."""
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(page or address).content)
        token = found[1].decode() if found else ""
        return self.post(address, {"csrfmiddlewaretoken": token, **values})

    def ask_for_code(self, mobile):
        Attempt.objects.all().delete()  # a minute has passed
        return self.submit("/sign-in/", mobile=mobile)

    def enter_code(self, mobile, code=None):
        """Enter the code that came; follows to the end of the journey."""
        return self.follow(self.submit("/sign-in/code/", code=code or last_code(mobile)))

    def sign_in(self, mobile):
        self.ask_for_code(mobile)
        return self.enter_code(mobile)

    def follow(self, answer):
        """Follow redirects inside the journey; the first other answer is the result."""
        while answer.status_code == 302 and answer.url.startswith("/sign-in/"):
            answer = self.get(answer.url)
        return answer

    @property
    def is_signed_in(self):
        answer = self.get("/account/")
        return not (answer.status_code == 302 and answer.url.startswith("/sign-in/"))
