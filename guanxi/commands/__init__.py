"""The commands of `guanxi`: one file each, found by name (see guanxi/cli.py)."""
