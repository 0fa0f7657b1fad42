"""The face at clocking in: off unless an assessment is signed, agreed to by each person apart, never the only way."""
