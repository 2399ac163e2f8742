"""Guanxi (关系), the open customer relationship platform."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("guanxi")
except PackageNotFoundError:  # a source tree that is not installed
    __version__ = "0"
