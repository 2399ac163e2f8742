"""The kinds of identity providers, one file each."""
