"""Qince: open software for companies with people in the field. Each floor imports only the floors below it."""
