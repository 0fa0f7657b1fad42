"""Network logs stand for six calendar months: the database refuses to remove or rewrite one before, whoever asks.

Only the address may change: it is cut short after the security window. Citus knows no such triggers on distributed
tables; there the declarations and the retention job alone keep the term.
"""

from django.conf import settings
from django.db import migrations

KEPT = """
CREATE FUNCTION watch_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - 'ip' = to_jsonb(OLD) - 'ip' THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'a network log is not rewritten' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.at > now() - interval '6 months' THEN
        RAISE EXCEPTION 'a network log is kept for six months' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$
"""
TABLES = ("watch_access", "watch_outsideaccess", "watch_reading")


def protect(apps, editor):
    if settings.CITUS:
        return
    editor.execute(KEPT)
    for table in TABLES:
        editor.execute(
            f"CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION watch_kept()"
        )


def release(apps, editor):
    for table in TABLES:
        editor.execute(f"DROP TRIGGER IF EXISTS kept ON {table}")
    editor.execute("DROP FUNCTION IF EXISTS watch_kept()")


class Migration(migrations.Migration):
    dependencies = [("watch", "0001_tables")]
    operations = [migrations.RunPython(protect, release)]
