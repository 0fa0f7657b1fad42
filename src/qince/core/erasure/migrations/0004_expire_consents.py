"""The consent ledger only grows for the application. What is past its three years the database itself removes: this
function runs with the owner's rights, in the organization set for the transaction, and looks at the term once more.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION erasure_expire_consents(which uuid, keys uuid[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  done integer;
  more integer;
BEGIN
  DELETE FROM privacy_consent c
   WHERE c.organization_id = which AND (c.id = ANY (keys) OR c.entry_id = ANY (keys))
     AND c.at < now() - interval '36 months';
  GET DIAGNOSTICS done = ROW_COUNT;
  DELETE FROM privacy_consententry e
   WHERE e.organization_id = which AND e.id = ANY (keys) AND e.recorded_at < now() - interval '36 months'
     AND NOT EXISTS (SELECT 1 FROM privacy_consent c WHERE c.organization_id = which AND c.entry_id = e.id);
  GET DIAGNOSTICS more = ROW_COUNT;
  RETURN done + more;
END $$;
REVOKE EXECUTE ON FUNCTION erasure_expire_consents(uuid, uuid[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("erasure", "0001_tables"), ("privacy", "0001_tables")]
    operations = [
        migrations.RunSQL(MAKE, "DROP FUNCTION erasure_expire_consents(uuid, uuid[])")
    ]
