"""From a file of any kind to rows of text.

*How it works*: `tables.inspect` finds out what a file is, how it is encoded and separated and where its
header is, converts workbooks to CSV, and counts the rows; `rows.read` then streams them in chunks, as
often and from whatever row is wanted. Rows that cannot be a record carry their reason.
"""
