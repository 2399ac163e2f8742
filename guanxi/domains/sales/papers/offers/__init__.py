"""Quotes on a page of their own: what the customer opens by a link, and answers with a name and a signature."""
