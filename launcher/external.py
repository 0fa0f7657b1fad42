"""A PostgreSQL server of the operator's own, named by QINCE_DATABASE_URL."""
