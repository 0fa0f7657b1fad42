"""Evidence: what a phone knew at an act in the field, and what the server makes of it. No tables of its own."""
