"""Requests that the program itself makes to other machines: one guarded client for all of them."""
