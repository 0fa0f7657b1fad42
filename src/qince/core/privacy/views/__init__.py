"""The notice to read, the agreement to give, and each person's own privacy page."""
