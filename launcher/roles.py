"""Roles, extensions and privileges of the embedded database. Idempotent: it runs at every start.

`qince_owner` migrates, `qince_app` serves under forced row-level security, `qince_backup` reads everything.
Extensions and default privileges also go into template1, so that test databases have them.
"""

from launcher import sql
from launcher.cluster import Cluster

_ROLES = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'qince_owner') THEN CREATE ROLE qince_owner; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'qince_app') THEN CREATE ROLE qince_app; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'qince_backup') THEN CREATE ROLE qince_backup; END IF;
END $$;
ALTER ROLE qince_owner LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB NOCREATEROLE PASSWORD {qince_owner};
ALTER ROLE qince_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD {qince_app};
ALTER ROLE qince_backup LOGIN NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD {qince_backup};
GRANT pg_read_all_data TO qince_backup;
GRANT qince_app TO qince_owner;
"""
_DATABASE = """
SELECT 'CREATE DATABASE qince OWNER qince_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'qince')
\\gexec
REVOKE CONNECT, TEMPORARY ON DATABASE qince FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE qince TO qince_app;
GRANT CONNECT ON DATABASE qince TO qince_backup;
"""
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")
# LIKE and ILIKE are not leakproof, so under row-level security they could not use an index (measured: 44×)
LEAKPROOF = ("textlike", "textnlike", "texticlike", "texticnlike")
_EXTENSIONS = "".join(f"CREATE EXTENSION IF NOT EXISTS {name};\n" for name in EXTENSIONS)
_LEAKPROOF = """
SELECT format('ALTER FUNCTION %s LEAKPROOF', oid::regprocedure) FROM pg_proc
 WHERE pronamespace = 'pg_catalog'::regnamespace AND NOT proleakproof AND proname IN ({names})
\\gexec
"""
# default privileges only, never GRANT … ON ALL TABLES: a migration that revokes one must not be undone
_APP_PRIVILEGES = """
GRANT USAGE ON SCHEMA public TO "{app}";
ALTER DEFAULT PRIVILEGES FOR ROLE "{owner}" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "{app}";
ALTER DEFAULT PRIVILEGES FOR ROLE "{owner}" GRANT USAGE, SELECT ON SEQUENCES TO "{app}";
"""


def contents(*, owner: str, app: str, superuser: bool) -> str:
    """What every database of ours holds before the first migration."""
    marks = _LEAKPROOF.format(names=", ".join(map(sql.literal, LEAKPROOF))) if superuser else ""
    quiet = "SET client_min_messages = warning;\n"
    return quiet + _EXTENSIONS + marks + _APP_PRIVILEGES.format(owner=owner, app=app)


def bootstrap(cluster: Cluster) -> None:
    """Bring the cluster's roles and databases to the wanted state, as its superuser."""
    quoted = {role: sql.literal(password) for role, password in cluster.passwords.items()}
    inside = contents(owner="qince_owner", app="qince_app", superuser=True)
    sql.run(cluster.binaries, cluster.url("postgres", "template1"), _ROLES.format(**quoted) + inside)
    sql.run(cluster.binaries, cluster.url("postgres", "postgres"), _DATABASE)
    sql.run(cluster.binaries, cluster.url("postgres", "qince"), inside)
