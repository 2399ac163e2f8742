"""Which column means which field, guessed from headers and values, each guess with its confidence.

*How it works*: `columns.guess_columns` compares normalised headers with what every field is called (label,
key, synonyms: names.py), corrects by what the values look like (values.py), and gives each field to one
column at most. `objects.guess_object` asks the same for every object; `new_fields` proposes the type of a
field that does not exist yet.
"""
