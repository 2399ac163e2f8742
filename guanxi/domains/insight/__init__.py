"""Insight 洞察: what the firm's own history says about each customer.

*How it works*: `methods/` holds the mathematics, pure Python over arrays; `files/` runs each method on any
spreadsheet (`guanxi insight …`).

*Rules*: a method that has too little to go on says so (`TooThin`) and names what would help; it never makes
a number up. Figures come with how well they did on data that they had not seen.

*See*: docs/adr/0080-insight-on-any-file.md.
"""
