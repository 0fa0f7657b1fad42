"""Django's sessions in the database, read with one plain statement: this runs before every page."""

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

_SESSION = """
    SELECT session_key, session_data, expire_date FROM django_session
     WHERE session_key = %s AND expire_date > %s
"""


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> object | None:
        with connection.cursor() as cursor:
            cursor.execute(_SESSION, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is not None:
            return self.model(*row)
        self._session_key = None
        return None
