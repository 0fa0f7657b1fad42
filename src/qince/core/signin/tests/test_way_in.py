"""The way into the backend, as the agreement tells it: public page, “Sign in”, password, management backend."""

import re

import pytest

from qince.core.accounts import passwords
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.core.signin.tests.visitor import Visitor
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db
STRONG = "梧桐树下三只灰鹤lamp"


@pytest.mark.clause("C6.1-02")
def test_the_path_works_from_the_public_page_to_the_backend(organization):
    with tenant(organization):
        boss = people.employee("李雷", roles=("administrator",))
        agree(boss)
    passwords.set_password(boss.account, STRONG, name=boss.name)
    visitor = Visitor()
    public = visitor.get("/notice/").text
    [way] = set(re.findall('href="(/sign-in/)"', public))
    assert "/sign-in/password/" in visitor.get(way).text
    answer = visitor.follow(visitor.submit("/sign-in/password/", mobile=boss.mobile, password=STRONG))
    if answer.status_code == 200:  # a browser that is not known yet proves the number as well
        answer = visitor.enter_code(boss.mobile)
    assert (answer.status_code, answer.url) == (302, "/")
    for backend in ("/organization/", "/employees/"):
        assert visitor.get(backend).status_code == 200
    assert 'href="/sign-in/"' not in visitor.get("/notice/").text
