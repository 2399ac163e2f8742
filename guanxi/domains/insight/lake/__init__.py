"""The fact lake: what happened in a workspace, in columns, for computing over all of it.

*How it works*: `facts.py` declares what is kept, `exporting.py` reads it out of the database as Arrow, `parts.py` keeps it
as Parquet below GUANXI_HOME/lake/<workspace>, `refreshing.py` brings it up to date, and `reading.py` asks it (Ibis over
DuckDB).

*Rules*: the database is the truth; the lake can be thrown away at any time and is made again. No names, no texts of
people, nothing sensitive or encrypted goes in. Files are readable by the service's user alone.

*See*: docs/adr/0084-a-lake-beside-the-database.md.
"""
