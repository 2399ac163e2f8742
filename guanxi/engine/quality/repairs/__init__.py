"""Repairs: what the program can put right by itself, once somebody has looked at it.

*How it works*: a `Repair` names, for an object, its `Mend`s: a field, the rows in question as SQL (so that
clean ones are not read), what to read, and what it should be. proposing.py shows what would change,
applying.py writes it through the write door under one batch, which can be undone.

*Rules*: one file a repair, registered here by being imported. A repair never guesses: where it is not sure
it proposes nothing.
"""

from guanxi.engine.quality.repairs.base import repair_registry
from guanxi.engine.quality.repairs.forms import FORMS
from guanxi.engine.quality.repairs.names import NAMES
from guanxi.engine.quality.repairs.parents import PARENTS
from guanxi.engine.quality.repairs.people import PEOPLE
from guanxi.engine.quality.repairs.regions import REGIONS

for repair in (FORMS, NAMES, PEOPLE, REGIONS, PARENTS):
    repair_registry.register(repair)

__all__ = ["repair_registry"]
