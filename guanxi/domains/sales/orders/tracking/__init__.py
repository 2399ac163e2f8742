"""Orders on a page of their own: what a customer sees of one by a link."""
