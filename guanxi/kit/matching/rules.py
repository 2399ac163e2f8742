"""The rules that are shipped, by key."""

from collections.abc import Mapping

from guanxi.kit.matching.companies import COMPANY
from guanxi.kit.matching.evidence import Rule
from guanxi.kit.matching.persons import PERSON

RULES: Mapping[str, Rule] = {rule.key: rule for rule in (PERSON, COMPANY)}
