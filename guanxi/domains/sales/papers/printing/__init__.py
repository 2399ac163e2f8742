"""Printed papers: quotes and contracts as PDF, by a template that an administrator may change."""
