"""The sample firm: a believable workspace to look at, learn in and take away again.

*How it works*: `plan.py` composes everything as plain data from a seed and a day (no database);
`filling.py` writes it through the record store, marked as sample; `removal.py` takes it away.

*See*: facade.py; docs/adr/0022-sample-data.md.
"""
