"""Requests of persons: to see, get, correct or erase what the firm keeps of them, with proof."""
