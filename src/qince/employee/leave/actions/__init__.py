"""Writes of leave."""
