"""Rollups: figures over linked records, kept in the transaction that changes what they are made of.

`aggregates` is the SQL, store/rollups.py what the write door does with it, `building` fills and checks whole objects,
`declaring` looks at a rollup that is about to be saved.
"""
