"""What a type of field can do: four small protocols in one class per type, one type per file.

*Storage*: `parse` turns what the API was given into the Python value (or raises `Refusal`), `dump` the
Python value into its JSON form for `custom` and the journal, `load` that form back, `column_value` the
Python value into a database parameter. A stored `None` is "empty"; there is no second kind of empty.
*Query*: `operators`, and how a leaf compiles to SQL over a `Source` (a column or a key of `custom`).
*Present*: `to_api` (a database value as the API shows it) and `format` (as people read it).
*Transfer*: `read_cell`, what people type or paste into a spreadsheet, to the Python value.

*Rules*: types know nothing of records, permissions or the request; what needs the database (does the
linked record exist?) is asked set-wise by the store through `references`.

*See*: operators.py for the shared comparisons; docs/reference/http-api.md for the values on the wire.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from guanxi.kit.sql import Sql, ident, literal
from guanxi.kit.text import Text

if TYPE_CHECKING:
    from guanxi.engine.schema.definitions import FieldDef, ObjectDef
    from guanxi.engine.schema.field_types.operators import Operator

EMPTY_CELLS = frozenset({"", "-", "—", "/", "\\", "n/a", "null", "none", "nan", "无", "空"})


_CAST_GUARDS = {
    "numeric": "jsonb_typeof({json}) = 'number'",
    "boolean": "jsonb_typeof({json}) = 'boolean'",
    "uuid": "{text} ~ '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$'",
}


MASK = "•••"
"""What is shown instead of a value that somebody sees masked."""


class Refusal(Exception):
    """A value that does not fit its field: `code` is stable, `text` says what would fit."""

    def __init__(self, code: str, text: Text, **values: object) -> None:
        self.code = code
        self.text = text
        self.values = values
        super().__init__(text.in_("en", **values))


@dataclass(frozen=True, slots=True)
class Env:
    """What parsing, comparing and formatting may depend on, besides the field."""

    zone: ZoneInfo
    now: datetime
    locale: str = "zh-CN"
    currency: str = "CNY"
    language: str = "zh-CN"
    """The workspace's own language, whoever asks: computed texts are the same for everyone."""
    user_id: uuid.UUID | None = None
    team_user_ids: frozenset[uuid.UUID] = frozenset()
    subtree_user_ids: frozenset[uuid.UUID] = frozenset()
    team_id: uuid.UUID | None = None
    subtree_team_ids: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field's value is in a query: a column of `alias`, or a key of its `custom` JSONB.

    `object_key` is the object whose row `alias` is; only fields that live in the link table need it.
    A computed field (`FieldDef.computed`) is in neither: `expression` is its value, in its type's own
    PostgreSQL type.
    """

    alias: str
    column: str | None
    key: str
    object_key: str = ""
    expression: Sql | None = None

    @property
    def is_json(self) -> bool:
        """True when the value lives in `custom`."""
        return self.column is None and self.expression is None

    def sql(self, json_cast: str = "", *, as_text: bool = True) -> Sql:
        """The column; or the JSON key as text (or JSON), cast with `json_cast` (e.g. `numeric`).

        A cast is guarded: the database may evaluate it on rows of another workspace before the policy
        removes them, and there the same key may hold anything (tenancy/leakproof.py).
        """
        if self.expression is not None:
            return self.expression.wrapped()
        if self.column is not None:
            return Sql(f"{self.alias}.{ident(self.column)}")
        arrow = "->>" if as_text else "->"
        key = literal(self.key).text
        text = f"({self.alias}.custom {arrow} {key})"
        guard = _CAST_GUARDS.get(json_cast, "").format(json=f"({self.alias}.custom -> {key})", text=text)
        if guard:
            return Sql(f"(CASE WHEN {guard} THEN {text}::{json_cast} END)")
        return Sql(f"({text})::{json_cast}" if json_cast else text)


class FieldType:
    """Base of every field type; one subclass and one instance per type."""

    type: ClassVar[str]
    label: ClassVar[Text]
    doc: ClassVar[Text]

    storage: ClassVar[Literal["value", "links", "none"]] = "value"
    column_type: ClassVar[str] = "text"
    """The PostgreSQL type of the typed value (and of the column of a standard field)."""
    json_cast: ClassVar[str] = ""
    """The cast of the JSON text that makes it comparable; empty: compared as text (ISO dates)."""
    as_json_value: ClassVar[bool] = False
    """The value in `custom` is an array or object, compared as JSONB."""

    operators: ClassVar["Mapping[str, Operator]"] = {}
    sortable: ClassVar[bool] = True
    groupable: ClassVar[bool] = True
    buckets: ClassVar[tuple[str, ...]] = ()
    """How its values fall into coarser groups: dates into days to years, addresses into regions."""
    measures: ClassVar[frozenset[str]] = frozenset({"distinct"})
    has_options: ClassVar[bool] = False
    is_record_link: ClassVar[bool] = False
    references: ClassVar[Literal["record", "user", "team", "file"] | None] = None
    refers_to_many: ClassVar[bool] = False
    """A value is a list of references."""
    accept: ClassVar[tuple[str, ...]] = ()
    """The kinds of files that it is made for; empty: any."""
    lost_as_text: ClassVar[Text | None] = None
    """What goes when values become the text that people read (the link, the file): said before a conversion."""
    no_text: ClassVar[Text | None] = None
    """Why no text can become a value of this type; None where some can."""
    can_be_unique: ClassVar[bool] = False
    can_be_searched: ClassVar[bool] = False
    formula_kind: ClassVar[str] = ""
    """What its values are in formulas (a `formulas.values.Kind`, `money` or `percent`); empty: not to be used."""
    can_be_created: ClassVar[bool] = True
    """False for types that only standard objects use (stages)."""
    convertible: ClassVar[bool] = True
    """False for types that values of other types are never turned into (JSON of integrations)."""
    can_be_sealed: ClassVar[bool] = False
    """Values can be encrypted (schema/seals.py): then only equality can be asked of them."""
    computed_with: ClassVar[bool] = False
    """The program computes with such fields of its own, but for those that are declared `encryptable`."""
    has_exact_values: ClassVar[bool] = True
    """People look for one value as a whole; false of addresses and formatted texts."""

    always_readonly: ClassVar[bool] = False
    """Values come from the program alone (serial numbers, JSON of integrations), never from a form or PATCH."""

    given_once: ClassVar[bool] = False
    """The program gives values out, but an import may bring a new record's own (serial numbers)."""

    reaches: ClassVar[bool] = False
    """A way to reach somebody, which may turn out not to lead there any more (phone numbers, addresses of mail)."""

    derived: ClassVar[bool] = False
    """Values come of other fields; `settle` makes the field one of the type of its result."""

    holds_lines: ClassVar[bool] = False
    """The field declares an object of lines inside the record (schema/lines.py)."""

    @property
    def can_be_confirmed(self) -> bool:
        """Somebody gives its values, and can say later that one still holds."""
        return self.storage == "value" and not self.always_readonly

    # ---- Storage

    def parse(self, value: Any, field: "FieldDef", env: Env) -> Any:
        """The Python value of an API value that is not None; raises `Refusal`."""
        raise NotImplementedError

    def dump(self, value: Any, field: "FieldDef") -> Any:
        """The JSON form of a Python value (for `custom` and the journal)."""
        return value

    def load(self, stored: Any, field: "FieldDef") -> Any:
        """The Python value of its JSON form."""
        return stored

    def column_value(self, value: Any, field: "FieldDef") -> Any:
        """The database parameter of a Python value for a typed column."""
        return value

    # ---- Query

    def expression(self, source: Source) -> Sql:
        """The comparable SQL expression: the column, or the JSON key cast by `json_cast`."""
        return source.sql(self.json_cast, as_text=not self.as_json_value)

    def typed_expression(self, source: Source) -> Sql:
        """The expression in the type's own PostgreSQL type (for buckets and measures)."""
        return source.sql(self.column_type if source.is_json else "", as_text=not self.as_json_value)

    def json_value(self, typed: Sql) -> Sql:
        """A value in the type's own PostgreSQL type as the JSON that `dump` gives."""
        return typed if self.as_json_value else Sql(f"to_jsonb({typed.text})", typed.params)

    def compare_value(self, value: Any, source: Source, field: "FieldDef") -> Any:
        """A Python value as the parameter that compares with `expression`."""
        return (
            self.dump(value, field)
            if source.is_json and not self.json_cast
            else self.column_value(value, field)
        )

    def compare_values(self, value: Any, source: Source, field: "FieldDef") -> tuple[Any, ...]:
        """Every parameter that equals `expression` where the stored value is `value`; one, as a rule."""
        return (self.compare_value(value, source, field),)

    def bucket_expression(self, source: Source, bucket: str, zone: ZoneInfo) -> Sql:
        """The group of `buckets` that the value falls in: a period's first day, a region's path."""
        raise NotImplementedError

    def sound(self, field: "FieldDef", source: Source) -> Sql | None:
        """The predicate that a stored value has the form this type writes; None where it cannot be otherwise.

        Imports of former times, changed options and settings leave values behind that a form would refuse
        today. The predicate looks at the form alone (check digits are `parse`'s business); NULL for no value.
        """
        return None

    # ---- Present

    def to_api(self, stored: Any, field: "FieldDef", *, from_json: bool) -> Any:
        """A database value as the API shows it (`from_json`: it came out of `custom`)."""
        return stored

    def format(self, value: Any, field: "FieldDef", env: Env) -> str:
        """An API value as people read it in `env.locale` (export, history, titles)."""
        return "" if value is None else str(value)

    def mask(self, value: Any) -> Any:
        """What is shown of an API value (not None) to people who see it masked; tells as little as it can."""
        return MASK

    def search_text(self, value: Any, field: "FieldDef") -> str:
        """A Python value as the text that the search index takes."""
        return "" if value is None else str(value)

    # ---- Transfer

    def read_cell(self, text: str, field: "FieldDef", env: Env) -> Any:
        """The Python value of a spreadsheet cell's text (stripped, not an empty mark); raises `Refusal`."""
        return self.parse(text, field, env)

    def is_same_cell(self, before: Any, value: Any) -> bool:
        """Whether two different Python values are one in a sheet, whose cells hold less than the field does."""
        return False

    # ---- Declaration

    def settle(self, field: "FieldDef", obj: "ObjectDef", objects: "Mapping[str, ObjectDef]") -> "FieldDef":
        """The field once every object of the workspace is known.

        Types that are computed (formulas, rollups, lookups) become the type of their result here, so that
        filters, sorts, groups and formats need not know them; `declared` keeps what they were made as.
        """
        return field

    def check_config(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """The configuration of a new custom field, checked; raises `Refusal`."""
        if config:
            raise Refusal(
                "unknown_config", Text("这个类型没有可配置项。", "This type takes no configuration.")
            )
        return {}

    def check_declaration(
        self, config: Mapping[str, Any], key: str, obj: "ObjectDef", objects: "Mapping[str, ObjectDef]"
    ) -> dict[str, Any]:
        """The configuration of the custom field `key` of `obj`, checked against the whole schema.

        Types that read other fields (formulas, lookups, rollups) check here that these exist and form no
        ring; raises `Refusal`. `obj` is as it was before the change; the field may not be part of it yet.
        """
        return self.check_config(config)
