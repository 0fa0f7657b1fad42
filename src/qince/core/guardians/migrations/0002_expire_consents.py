"""What guardians answered only grows for the application. After three years the database itself removes it: this
function runs with the owner's rights and looks at the term once more.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION guardians_expire_consents(which uuid, keys uuid[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  done integer;
BEGIN
  DELETE FROM guardians_guardianconsent
   WHERE organization_id = which AND id = ANY (keys) AND at < now() - interval '36 months';
  GET DIAGNOSTICS done = ROW_COUNT;
  RETURN done;
END $$;
REVOKE EXECUTE ON FUNCTION guardians_expire_consents(uuid, uuid[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("guardians", "0001_tables")]
    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION guardians_expire_consents(uuid, uuid[])")]
