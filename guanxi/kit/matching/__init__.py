"""Finding the records that are one and the same: without a database, without a workspace.

*How it works*: `finding.find` takes rows (`{role: text}`) and one of the `rules.RULES`. Each row is prepared
once (company_names.py, person_values.py); rows that are prepared alike are one node. Blocking passes
(blocking.py) bring nodes together that could be the same; comparisons (comparing.py) say how each field of
a pair agrees, in words and in weight of evidence (Fellegi and Sunter, "A theory for record linkage", 1969);
weights come from the rule and, where the rows can tell, from expectation maximisation (weights.py);
clustering.py makes clusters without chains of near misses.

*Rules*: no rule looks at ids. Memory and time are bounded: blocks are capped, and what was capped is told.

*See*: docs/adr/0046-finding-duplicates.md.
"""
