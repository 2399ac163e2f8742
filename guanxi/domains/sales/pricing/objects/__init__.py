"""The objects of prices: importing the package declares them, one file each."""

from guanxi.domains.sales.pricing.objects import currency_rate, discount_band, price_book, price_book_entry

__all__ = ["currency_rate", "discount_band", "price_book", "price_book_entry"]
