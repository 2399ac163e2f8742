"""Formulas: a spreadsheet-like language over the fields of a record, compiled to SQL.

*How it works*: `grammar` reads text into a `tree`; `naming` finds the fields that names and labels mean and
writes the stored form (keys) and the shown form (labels); `building` gives every node its kind and its SQL
in one pass, with the functions of `functions/`; `formula` is the `Computed` of a field declared as one.

*Rules*: pure: no Django, no database. The SQL raises for no row: what has no answer is NULL. What a formula
means is written down in docs/adr/0043-formulas.md and computed a second time by the oracle of the tests.

*See*: field_types/formula.py; docs/guide/en/formulas.md.
"""
