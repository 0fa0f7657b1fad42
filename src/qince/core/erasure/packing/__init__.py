"""The copy a person gets of everything kept about them: readable pages, JSON, and the files (agreement 6.1)."""
