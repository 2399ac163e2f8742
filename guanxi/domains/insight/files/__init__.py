"""Insight on any file: a spreadsheet and what its columns are in, a table with parameters and honest figures out."""
