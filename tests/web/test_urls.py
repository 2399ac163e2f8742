"""Addresses stand behind their first words; each still leads where it would lead one after the other."""

import re

import pytest
from django.urls import Resolver404, URLPattern, resolve

from guanxi.web.urls import _patterns

ADDRESSES = sorted({re.sub(r"<[^>]+>", "x1", str(pattern.pattern)) for pattern in _patterns})


def _first(address: str) -> URLPattern:
    """What Django finds by trying one after the other."""
    for pattern in _patterns:
        if pattern.resolve(address):
            return pattern
    raise Resolver404


@pytest.mark.parametrize("address", [*ADDRESSES, "members-of-ours", "privacy", "x1/duplicates/runs/x2"])
def test_an_address_leads_where_it_would_lead_without(address: str) -> None:
    try:
        wanted = _first(address).callback
    except Resolver404:
        wanted = None
    found = resolve(f"/api/v1/{address}")
    assert (found.func is wanted) if wanted else not found.namespaces
