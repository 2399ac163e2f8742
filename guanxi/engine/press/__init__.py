"""Printing: templates and data become PDF in a program of its own, for whoever has something to print."""
