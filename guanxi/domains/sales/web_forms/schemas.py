"""What goes into `/web-forms`, as it stands in the OpenAPI document."""

import uuid
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

Line = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Passage = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Lines = Annotated[dict[Literal["zh-CN", "en"], Line], Field(max_length=2)]
Passages = Annotated[dict[Literal["zh-CN", "en"], Passage], Field(max_length=2)]
Name = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00]*$")]
Key = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z0-9_]*$")]
Host = Annotated[str, StringConstraints(max_length=260)]


class Input(Schema):
    """A body that takes nothing but what it names."""

    model_config = ConfigDict(extra="forbid")


class AskedField(Input):
    """A field of leads that the form asks for."""

    key: Key
    required: bool = False


class AskedConsent(Input):
    """A purpose that people are asked to agree to; without a text of its own, that of the register."""

    purpose: uuid.UUID
    required: bool = False
    text: Passages = Field(default_factory=dict)


class Choice(Input):
    """A choice of a question."""

    value: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[a-z0-9_]*$")]
    label: Lines


class AskedQuestion(Input):
    """A question of the form's own; `options` where something is chosen."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[a-z0-9_]*$")]
    label: Lines
    input: Literal["text", "area", "choice", "choices", "rating"]
    required: bool = False
    options: list[Choice] = Field(default_factory=list, max_length=30)


class PrizeBody(Input):
    """So many of a prize."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00]*$")]
    count: int = Field(ge=1, le=1000)


class FormBody(Input):
    """A form; what is left out stays as it is."""

    version: int | None = Field(default=None, ge=1, lt=2**31)
    name: Name | None = None
    enabled: bool | None = None
    title: Lines | None = None
    intro: Passages | None = None
    thanks: Passages | None = None
    fields: list[AskedField] | None = Field(default=None, max_length=40)
    consents: list[AskedConsent] | None = Field(default=None, max_length=10)
    source: Key | None = None
    campaign: Line | None = None
    hosts: list[Host] | None = Field(default=None, max_length=30)
    kind: Literal["lead", "survey", "lottery"] | None = None
    questions: list[AskedQuestion] | None = Field(default=None, max_length=30)
    prizes: list[PrizeBody] | None = Field(default=None, max_length=20)
    closes_at: AwareDatetime | None = None

    def given(self) -> dict[str, Any]:
        """What was named, its parts whole."""
        return {name: value for name, value in self.dict().items() if name in self.model_fields_set}
