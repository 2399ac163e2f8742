"""From rows of text to records: planning, resolving, matching, writing, chunk by chunk."""
