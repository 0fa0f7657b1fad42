"""Recurring events in wall time: rules, expansion, the three ways to edit a series. Knows no database."""
