"""Benchmarks: ratios measured in one run, ours against the raw floor. Not tests; run by `script/bench`."""
