"""Who owes which report for which period, and how that stands: pure rules, no database and no clock."""
