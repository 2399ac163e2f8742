"""`python -m guanxi` is `guanxi`."""

from guanxi.cli import main

main()
