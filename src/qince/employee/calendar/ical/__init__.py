"""iCalendar (RFC 5545): agendas written and read, and the address to subscribe to."""
