"""Rules on fields, validation rules and layouts, applied to records that are being written or typed.

`enforcing` is the part of the write pass, `drafting` what a form is told while somebody types, `choosing`
which layout serves a record; `saving`, `checking` and `previewing` are for the administrator who makes them.
"""
