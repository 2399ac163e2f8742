"""Capital and small letters one to one: the same in SQL and in Python, whatever the database's collation.

*How it works*: `upper` of PostgreSQL under the collation C changes a to z alone; `translate` does the rest of the letters
that names are written with: Latin with accents, Greek, Cyrillic, full-width. What has no counterpart of one letter (ß)
stays as it is.
"""

_RANGES = ((0xC0, 0x180), (0x370, 0x460), (0xFF21, 0xFF5B))
_PAIRS = [
    (chr(code), chr(code).upper())
    for first, end in _RANGES
    for code in range(first, end)
    if len(chr(code).upper()) == 1
    and chr(code) != chr(code).upper()
    and chr(code).upper().lower() == chr(code)
]
SMALL = "".join(small for small, _ in _PAIRS)
CAPITAL = "".join(capital for _, capital in _PAIRS)
