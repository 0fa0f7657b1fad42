"""CalDAV (RFC 4791), for reading: discovery, listing, searching by time, fetching.

A principal with a home of two collections: the agenda, and what work lays over it. Nothing can be written.
"""
