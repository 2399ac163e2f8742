"""The insight of a workspace: where every customer stands, computed from the lake and shown as fields of customers.

*How it works*: `computing.py` takes the lake through the methods, `writing.py` stores what comes out, a row beside each
customer; `fields.py` makes fields of the customer object of it, so that lists, filters, boards, reports and exports have
them. `running.py` is one run, by night or on demand; `card.py` and `home.py` tell people.

*Rules*: no run touches a customer: no version, no journal entry. Every figure says as of when, by which model, and why;
what cannot be told is empty, and the run says what is missing.

*See*: docs/adr/0084-a-lake-beside-the-database.md.
"""
