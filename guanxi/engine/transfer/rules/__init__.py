"""What holds for imports and exports, in pure Python: options, mappings, states, cells, titles."""
