"""What will come in: sums of months carried on, and what the open deals will bring, put together.

*How it works*: `reading.py` takes deals and payments out of the lake, `computing.py` forecasts them as a part of each
run of insight (of the firm and of each team) and holds earlier forecasts against what came; `telling.py` tells people.

*Rules*: for who sees every deal (every payment) and the amounts. A series that is too short has no forecast, and says so.

*See*: docs/adr/0092-forecasts.md; methods/pipelines.py and methods/forecasting.py for the mathematics.
"""
