"""Guanxi (关系), the open customer relationship platform."""
