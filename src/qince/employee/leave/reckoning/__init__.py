"""Reckoning of leave, pure: no Django, no database. What is counted, what is granted, what is left."""
