"""Dates and times as business software here writes them: short, sortable, the same width in every row."""
