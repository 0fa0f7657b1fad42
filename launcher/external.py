"""A PostgreSQL server of the operator's own, named by QINCE_DATABASE_URL (15 or newer)."""

import os
from urllib.parse import quote, urlsplit, urlunsplit

from launcher import credentials, roles, sql
from launcher.binaries import Binaries
from launcher.place import Place
from launcher.problem import Problem
from launcher.words import _

OLDEST = 15
_FACTS = """
SELECT current_setting('server_version_num')::int / 10000, current_setting('server_version'),
       rolcreaterole OR rolsuper, rolsuper, current_user, current_database(),
       EXISTS (SELECT FROM pg_roles WHERE rolname = 'qince_app')
  FROM pg_roles WHERE rolname = current_user;
"""
_IS_STRONG = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = {role}"
_MAKE_APP = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'qince_app') THEN CREATE ROLE qince_app; END IF;
END $$;
ALTER ROLE qince_app LOGIN PASSWORD {password};
GRANT CONNECT ON DATABASE "{database}" TO qince_app;
"""


def urls(place: Place, binaries: Binaries) -> tuple[str, str, str]:
    """Return (owner, app, backup) URLs of the named server, checked and prepared."""
    owner = os.environ["QINCE_DATABASE_URL"]
    facts = _ask(owner, binaries)
    _check_version(facts)
    app = os.environ.get("QINCE_APP_DATABASE_URL") or _make_app_role(place, owner, facts, binaries)
    _prepare(owner, app, facts, binaries)
    return owner, app, os.environ.get("QINCE_BACKUP_DATABASE_URL") or owner


def _ask(owner: str, binaries: Binaries) -> list[str]:
    try:
        return sql.run(binaries, owner, _FACTS)[0]
    except sql.SqlError as error:
        raise Problem(
            _("The database named by QINCE_DATABASE_URL does not let us in."),
            str(error).splitlines()[-1],
            _("Check host, port, database, role and password of the URL."),
        ) from error


def _check_version(facts: list[str]) -> None:
    if int(facts[0]) < OLDEST:
        raise Problem(
            _("QINCE_DATABASE_URL names a PostgreSQL {theirs}; Qince needs {oldest} or newer.").format(
                theirs=facts[1], oldest=OLDEST
            ),
            _("Upgrade it, or leave QINCE_DATABASE_URL empty to use the database Qince brings."),
        )


def _make_app_role(place: Place, owner: str, facts: list[str], binaries: Binaries) -> str:
    """Create `qince_app` where the given role may; its password lives with the other secrets."""
    if facts[2] != "t":
        raise Problem(
            _("Qince serves under a second, weaker role, and “{role}” may not create it.").format(
                role=facts[4]
            ),
            _("Create a role without SUPERUSER and BYPASSRLS, and set QINCE_APP_DATABASE_URL to its URL."),
        )
    password = credentials.passwords(place.data)["qince_app"]
    sql.run(binaries, owner, _MAKE_APP.format(password=sql.literal(password), database=facts[5]))
    return with_role(owner, "qince_app", password)


def with_role(url: str, role: str, password: str) -> str:
    """The same server and database under another role."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(role)}:{quote(password)}@{place}"))


def _prepare(owner: str, app: str, facts: list[str], binaries: Binaries) -> None:
    """Extensions and privileges; leak-proof marks only where we are superuser (search is slower without)."""
    app_role = sql.connection_env(app)["PGUSER"]
    if sql.run(binaries, owner, _IS_STRONG.format(role=sql.literal(app_role))) != [["f"]]:
        raise Problem(
            _("The role “{role}” of QINCE_APP_DATABASE_URL could read across organizations.").format(
                role=app_role
            ),
            _("Give it neither SUPERUSER nor BYPASSRLS: ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS").format(
                role=app_role
            ),
        )
    try:
        sql.run(binaries, owner, roles.contents(owner=facts[4], app=app_role, superuser=facts[3] == "t"))
    except sql.SqlError as error:
        raise Problem(
            _("The database could not be prepared."),
            str(error).splitlines()[-1],
            _("Let a superuser run there: {sql}").format(
                sql=" ".join(f"CREATE EXTENSION {name};" for name in roles.EXTENSIONS)
            ),
        ) from error
