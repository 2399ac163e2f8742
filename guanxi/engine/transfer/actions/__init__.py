"""What people do with imports and exports: one file for each stretch of their way."""
