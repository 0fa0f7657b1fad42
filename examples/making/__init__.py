"""The parts of make_examples.py: who, where, what, and how it is drawn and written."""
