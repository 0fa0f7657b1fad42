"""The vault: sensitive values and files sealed under a key of the person's own, kept outside the database.

    operator's key  wraps  an organization's key  wraps  a subject's key  seals  values and files

Destroying a subject's key makes everything sealed under it unreadable at once, in every process, every dump and every
backup of the database. `api` is what others call; `fields` are columns; `files` are streams. No tables, no domain.
"""
