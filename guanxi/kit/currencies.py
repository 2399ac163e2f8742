"""Minor units of currencies (ISO 4217): how many decimals their amounts have."""

_PLACES = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
                     "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}  # fmt: skip


def places(currency: str) -> int:
    """How many decimals a currency's amounts have: 2 for most."""
    return _PLACES.get(currency, 2)
