"""Saying that something changed. The message names organization and topic only, so it needs no rights of its own."""

import json
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from qince.kit.tenancy import current_organization_id

CHANNEL = "qince_live"


def changed(topic: str) -> None:
    """Tell open pages of the current organization, after the commit and once per transaction, that `topic` changed."""
    organization = current_organization_id()
    said: set[tuple[UUID, str]] = connection.__dict__.setdefault("_qince_said", set())
    if (organization, topic) in said:
        return
    said.add((organization, topic))
    transaction.on_commit(lambda: _say(said, organization, topic))


def _say(said: set[Any], organization: UUID, topic: str) -> None:
    said.discard((organization, topic))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps([str(organization), topic])])
