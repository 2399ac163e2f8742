"""Who may do what: object rights, field rights, and the SQL predicates both doors add to every query."""
