"""From records to a spreadsheet: columns, cells, and the two kinds of files."""
