"""Following up customers, leads and deals: the ten-second log, plans, reminders, reviews, reports, check-in, calendar.

*See*: docs/adr/0075-follow-up.md. Notes, calls, events and tasks themselves are objects of `domains.sales`.
"""
