"""Follow-up plans: records that fit a condition get their tasks day by day, until they fit no longer or answer."""
