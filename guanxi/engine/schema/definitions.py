"""What an object and a field are: frozen declarations that every floor above reads.

*How it works*: a domain declares `ObjectDef`s with `FieldDef`s over a Django model; an administrator's
objects and fields are rows that become the same declarations (`loading.py`). A field's values live in
a column (`column`), in the record's `custom` JSONB (no column), in the link table (`links`), or are
computed. Keys are stable and never renamed; labels are.

*Rules*: no field-type switches here or anywhere: ask `field.type`. Nothing here touches the database.

*See*: field_types/base.py for what a type can do; registry.py for the standard objects.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from guanxi.engine.schema.field_seams import Computed, Seal
from guanxi.engine.schema.form_rules import FieldRuleDef, LayoutDef, ValidationDef, WatchDef
from guanxi.kit.filter_trees import paths_in
from guanxi.kit.text import Text

if TYPE_CHECKING:
    from guanxi.engine.schema.field_types.base import FieldType


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a select: `value` is stored, `label` shown. Stages use `meta` (kind, probability…).

    `guide` is what a stage asks of records; the pipelines tell it, the schema does not.
    """

    value: str
    label: Text
    color: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)
    guide: Mapping[str, Any] = field(default_factory=dict)

    @property
    def retired(self) -> bool:
        """True when records keep it and none gets it any more."""
        return bool(self.meta.get("retired"))

    def as_json(self) -> dict[str, Any]:
        """The option in `/meta/objects`."""
        return {"value": self.value, "label": self.label.as_dict(), "color": self.color, **self.meta}


@dataclass(frozen=True, slots=True)
class Rollup:
    """What a rollup keeps of the records of `object` whose field `link` leads to its own record.

    `measure` and `order` are fields of those records, `filter` a tree over them; `reads` are all the
    fields of theirs that it depends on, formulas followed down to stored values.
    """

    object: str
    link: str
    op: str
    measure: str | None = None
    filter: Any = None
    order: str | None = None
    separator: str = "、"
    reads: frozenset[str] = frozenset()

    @property
    def mentions(self) -> frozenset[str]:
        """The paths of the other object that its definition names."""
        named = {self.link, self.measure, self.order, *paths_in(self.filter)}
        return frozenset(path for path in named if path)


@dataclass(frozen=True)
class FieldDef:
    """One field of an object.

    `column` names the table's column (None: the value lives in `custom`); `target` the object a link
    leads to; `config` what its type needs (decimals, max …). `system` fields are kept by the store;
    `readonly` ones are written by actions only. `synonyms` are further headers people give the column.
    `deprecated` fields keep their values and take no new ones; `sensitive` ones are encrypted, or about to be;
    `confidential` ones are marked for whoever decides what may be shown or leave the house, and stand there in plain.
    `encryptable`: a number, date or address of the program's own that it never computes with (schema/seals.py).
    `busy` names the task that is rewriting all values.
    `review_days`: after so many days a value is to be confirmed again (0: it stays good).
    `seal` encrypts its values; `sealing` says how far that is (schema/seals.py), `plain_column` where they stood before.
    `copies` names the (object, field) that its values are taken from: who may not read that does not have this one.
    `reveals` shows results of a derived field to people who do not see what it is made of.
    `masked` is never declared: it marks a field as an actor has it who sees its values masked (engine/access).
    `computed` fields have no stored value: `type` is the type of the result, `declared` the type that an
    administrator chose (formula, rollup, lookup), empty where it is the same. `rollup` is what the write
    door keeps in `custom` for it.
    """

    key: str
    type: "FieldType"
    label: Text
    help: Text | None = None
    column: str | None = None
    required: bool = False
    unique: bool = False
    indexed: bool = False
    searchable: bool = False
    readonly: bool = False
    system: bool = False
    custom: bool = False
    hidden: bool = False
    masked: bool = False
    deprecated: bool = False
    sensitive: bool = False
    confidential: bool = False
    encryptable: bool = False
    seal: Seal | None = None
    sealing: str = ""
    plain_column: str | None = None
    review_days: int = 0
    reveals: bool = False
    copies: tuple[str, str] | None = None
    busy: str = ""
    section: str = "basic"
    default: Any = None
    in_list: bool = False
    in_create: bool = True
    position: int = 0
    options: tuple[Option, ...] = ()
    options_source: str | None = None
    target: str | None = None
    config: Mapping[str, Any] = field(default_factory=dict)
    synonyms: tuple[str, ...] = ()
    declared: str = ""
    computed: Computed | None = None
    rollup: Rollup | None = None

    @property
    def in_row(self) -> bool:
        """True when the value stands in the record's row, in a column or in `custom`."""
        return self.type.storage == "value" and self.computed is None

    @property
    def is_sealed(self) -> bool:
        """True when the encrypted form of the value is the one in force."""
        return self.seal is not None and self.sealing != "closing"

    @cached_property
    def option_values(self) -> frozenset[str]:
        """The stored values that are allowed."""
        return frozenset(option.value for option in self.options)

    @cached_property
    def retired_options(self) -> frozenset[str]:
        """The stored values that records keep and none gets any more."""
        return frozenset(option.value for option in self.options if option.retired)

    def option(self, value: str) -> Option | None:
        """The option of a stored value."""
        return next((option for option in self.options if option.value == value), None)

    @cached_property
    def options_by_label(self) -> dict[str, str]:
        """Stored value by every way to write it: the value itself and both labels, case folded."""
        found: dict[str, str] = {}
        for option in self.options:
            for text in (option.value, option.label.zh, option.label.en):
                found.setdefault(text.strip().casefold(), option.value)
        return found


@dataclass(frozen=True, slots=True)
class Section:
    """A group of fields on forms and pages."""

    key: str
    label: Text


DOORS = ("form", "import", "api", "public")
"""Where records come in, as identity rules tell them apart; `public` are forms that visitors fill in."""


@dataclass(frozen=True, slots=True)
class IdentityPart:
    """A field of an identity rule and the name of its normaliser (`kit.normalise`)."""

    field: str
    normal: str


@dataclass(frozen=True, slots=True)
class IdentityRule:
    """Fields whose normalised values together tell that two records are the same one.

    `strict_at` are the doors where the database refuses a second one, `warn_at` those where it is told;
    at the others the rule is not asked. A rule that was changed has a new `revision`, whose keys are not
    those of the old one; until all records have them (`state` is not `on`) it refuses nobody.
    """

    key: str
    parts: tuple[IdentityPart, ...]
    strict_at: frozenset[str] = frozenset()
    warn_at: frozenset[str] = frozenset()
    label: Text | None = None
    revision: int = 0
    state: str = "on"

    def mode_at(self, door: str) -> str:
        """`strict`, `warn` or `off`."""
        return "strict" if door in self.strict_at else "warn" if door in self.warn_at else "off"


SeenBy = Literal["owner", "everyone", "everyone_edits"]
"""Who sees the records of an object where a role does not name it."""


class LineOf(NamedTuple):
    """The object and its field that an object's records are lines of."""

    object: str
    field: str


BASIC = Section("basic", Text("基本信息", "Basics"))


@dataclass(frozen=True)
class ObjectDef:
    """A kind of record.

    `table` is where its rows are; `discriminator` the value of `object_key` when several objects share
    one table (custom objects). `parents` are link fields whose record lends its visibility: who may
    see the customer may see its contacts. `shared` objects (products) are visible to everyone and
    edited by managers. `seen_by` says who sees records of others: `owner` (as the roles say), `everyone`
    (to read), `everyone_edits`. `hidden` objects are in no menu; `deprecated` ones take no new records. `listed` is False for people and teams, which can be linked to and crossed in
    paths but have their own pages. Records of an object with `line_of` are lines inside those of another.
    `lines` are the fields that the lines of its own sub-tables have, by the sub-table's key (a field called `name`
    takes the place of the one that every line has); an administrator adds more.
    `rate_field` is the field with the rate from the record's currency to the workspace's: by it, sums over records count
    amounts in the workspace's currency. `record` is False for tables without the record columns. `handed_over` says which records somebody who leaves
    hands over: all (None), those that match a filter, or none (False): what was done stays theirs.
    `kept_by` is a field that says, where it has a value, that a record without an owner is not nobody's: it is in
    a pool, and who sees what nobody owns does not see it by that.
    """

    key: str
    label: Text
    label_plural: Text
    table: str
    fields: Mapping[str, FieldDef]
    icon: str = "box"
    color: str = ""
    group: str = "other"
    position: int = 100
    title_field: str = "name"
    title_template: str | None = None
    sections: tuple[Section, ...] = (BASIC,)
    parents: tuple[str, ...] = ()
    shared: bool = False
    seen_by: SeenBy = "owner"
    hidden: bool = False
    deprecated: bool = False
    custom: bool = False
    listed: bool = True
    record: bool = True
    discriminator: str | None = None
    board_fields: tuple[str, ...] = ()
    identity: tuple[IdentityRule, ...] = ()
    subtitle_fields: tuple[str, ...] = ()
    timeline: bool = True
    activity_kind: str | None = None
    happened_field: str | None = None
    """Of an activity: the moment it took place, which may be another than when it was written down."""
    default_sort: str = "-created_at"
    has_currency: bool = False
    rate_field: str = ""
    line_of: LineOf | None = None
    lines: Mapping[str, tuple[FieldDef, ...]] = field(default_factory=dict)
    handed_over: Any = None
    kept_by: str | None = None
    field_rules: tuple[FieldRuleDef, ...] = ()
    validations: tuple[ValidationDef, ...] = ()
    layouts: tuple[LayoutDef, ...] = ()
    watches: tuple[WatchDef, ...] = ()
    version: int = 0

    @cached_property
    def links(self) -> tuple[FieldDef, ...]:
        """The fields whose values live in the link table."""
        return tuple(f for f in self.fields.values() if f.type.storage == "links")

    @cached_property
    def sub_tables(self) -> tuple[FieldDef, ...]:
        """The fields that declare lines inside the record."""
        return tuple(f for f in self.fields.values() if f.type.holds_lines)

    @cached_property
    def zeros(self) -> Mapping[str, int]:
        """What the rollups of a new record hold: counts and sums over nothing are 0."""
        return {f.key: 0 for f in self.fields.values() if f.rollup and f.rollup.op in ("count", "sum")}

    @cached_property
    def searchable(self) -> tuple[FieldDef, ...]:
        """The fields whose text goes into the search index, the title first; none that is hidden or encrypted."""
        found = [
            f
            for f in self.fields.values()
            if (f.searchable and not f.hidden and f.seal is None) or f.key == self.title_field
        ]
        return tuple(sorted(found, key=lambda f: f.key != self.title_field))

    @cached_property
    def subtitle(self) -> tuple[FieldDef, ...]:
        """The fields that stand below the title in what a search finds."""
        found = (self.fields[key] for key in self.subtitle_fields if key in self.fields)
        return tuple(f for f in found if not f.hidden and f.seal is None)


@dataclass(frozen=True)
class WorkspaceSchema:
    """All objects as one workspace has them, at one version."""

    version: int
    objects: Mapping[str, ObjectDef]
    sources: Mapping[tuple[str, str], frozenset[tuple[str, str]]] = field(default_factory=dict)
    """By (object, field) of each derived field, all the (object, field) pairs that it is made of."""

    def find(self, key: str) -> ObjectDef | None:
        """The object of `key`, people and teams included, or None."""
        return self.objects.get(key)

    @cached_property
    def listed(self) -> tuple[ObjectDef, ...]:
        """The objects with pages of their own, in menu order."""
        shown = [o for o in self.objects.values() if o.listed]
        return tuple(sorted(shown, key=lambda o: (o.position, o.key)))

    @cached_property
    def referrers(self) -> Mapping[str, tuple[tuple[ObjectDef, FieldDef], ...]]:
        """For each object, the (object, link field) pairs that lead to it."""
        found: dict[str, list[tuple[ObjectDef, FieldDef]]] = {}
        for obj in self.listed:
            for f in obj.fields.values():
                kept = f.type.storage != "none" and f.computed is None and not f.declared
                if f.target and f.type.is_record_link and kept:
                    found.setdefault(f.target, []).append((obj, f))
        return {key: tuple(pairs) for key, pairs in found.items()}

    @cached_property
    def rollups_over(self) -> Mapping[str, tuple[tuple[ObjectDef, FieldDef], ...]]:
        """For each object, the (object, rollup field) pairs that sum its records up."""
        found: dict[str, list[tuple[ObjectDef, FieldDef]]] = {}
        for obj in self.listed:
            for f in obj.fields.values():
                if f.rollup is not None:
                    found.setdefault(f.rollup.object, []).append((obj, f))
        return {key: tuple(pairs) for key, pairs in found.items()}
