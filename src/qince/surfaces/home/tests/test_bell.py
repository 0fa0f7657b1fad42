"""The bell of an open page hears of its reader's letters, and of nobody else's."""

import json

import pytest
from django.db import connection

from qince.core.letters.actions import Addressee, mark_read, send
from qince.core.letters.registry import FREE
from qince.core.letters.topics import TOPIC, topic_of
from qince.core.people.tests import factories as people
from qince.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(django_capture_on_commit_callbacks):
    """The topics that the database was told while a function ran."""

    def run(function):
        topics = []

        def watch(execute, sql, params, many, context):
            if "pg_notify" in sql:
                topics.append(json.loads(params[1])[1])
            return execute(sql, params, many, context)

        with connection.execute_wrapper(watch), django_capture_on_commit_callbacks(execute=True):
            function()
        return topics

    return run


def write(to):
    actor = people.actor(to[0])
    values = {"title": "你好", "body": "正文"}
    return send(
        actor, to=[Addressee(employee_id=each.pk) for each in to], kind=FREE, values=values, now=clock.now()
    )


def test_a_letter_tells_its_readers_page_and_reading_it_too(inside, said):
    reader, other = people.employee("王芳"), people.employee("赵敏")
    assert said(lambda: write([reader])) == [topic_of(reader.pk)]
    assert topic_of(reader.pk) != topic_of(other.pk)
    assert str(reader.pk) not in topic_of(reader.pk)
    assert said(lambda: mark_read(people.actor(reader), now=clock.now())) == [topic_of(reader.pk)]


def test_a_large_mailing_is_one_message_to_all(inside, said):
    assert said(lambda: write([people.employee() for _ in range(21)])) == [TOPIC]


def test_the_bell_listens_to_both_and_fetches_itself_alone(inside):
    reader = people.employee("王芳")
    browser = people.browser(reader)
    page = browser.get("/messages/").text
    assert f'data-live="{TOPIC} {topic_of(reader.pk)}"' in page
    assert 'hx-get="/messages/bell/"' in page
    assert "q-nav-badge" not in browser.get("/messages/bell/").text
    write([reader])
    bell = browser.get("/messages/bell/").text
    assert '<span class="q-nav-badge">1</span>' in bell
    assert "<main" not in bell
