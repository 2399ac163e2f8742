"""The nightly job of public pools (recycling.py)."""
