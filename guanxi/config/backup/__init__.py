"""Copies of the whole installation: every workspace, every file; made, checked, kept and brought back.

*How it works*: `making` writes one file: a snapshot of the database (`snapshot`), the uploaded files
(`files`) and a manifest with counts and checksums, compressed and sealed on the way (`sealed`), to a
folder (`places`). `reading` checks such a file without a database; `restoring` brings it back
into an empty home. `keeping` says which copies stay, `schedule` makes them night by night, and
`point_in_time` is for those who need every minute.

*Rules*: keys are never in the same file as the data. What cannot be read to its end is not restored.

*See*: docs/adr/0055-backups.md, docs/guide/en/backup.md.
"""
