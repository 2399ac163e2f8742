"""Questions of a form's own, besides fields of leads: how they are set up, read, told to a colleague and counted.

*Rules*: what is chosen and rated is counted (`FormAnswer.answers`); what is written in words goes to the note on the
lead's timeline alone, which is where people are erased from.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import connection

from guanxi.domains.sales.web_forms.asking import LONGEST
from guanxi.kit.errors import FieldError
from guanxi.kit.text import Text

COUNTED = frozenset({"choice", "choices", "rating"})
STARS = 5
REQUIRED = Text("请填写。", "Please fill this in.")
TOO_LONG = Text("最多 {max} 个字符。", "At most {max} characters.")
UNKNOWN = Text("表单没有这一项。", "The form does not ask for this.")
NO_OPTION = Text("没有这个选项。", "There is no such choice.")
NEEDS_LABEL = Text("请写问题。", "Write the question.")
NEEDS_OPTIONS = Text("至少要有两个选项。", "At least two choices are needed.")
TWICE = Text("这里有两个相同的。", "There are two of the same here.")
WRONG = Text("这里需要一段文字。", "A text is needed here.")
Question = Mapping[str, Any]


def check(questions: list[dict[str, Any]]) -> list[FieldError]:
    """What is wrong with questions as they are set up; choices are kept only where something is chosen."""
    errors, seen = [], set[str]()
    for n, question in enumerate(questions):
        at = f"questions.{n}"
        if not _says(question["label"]):
            errors.append(FieldError(f"{at}.label", "required", NEEDS_LABEL))
        if question["key"] in seen:
            errors.append(FieldError(f"{at}.key", "twice", TWICE))
        seen.add(question["key"])
        if question["input"] not in ("choice", "choices"):
            question["options"] = []
            continue
        options = question["options"]
        values = [option["value"] for option in options]
        if len(options) < 2 or not all(_says(option["label"]) for option in options):
            errors.append(FieldError(f"{at}.options", "required", NEEDS_OPTIONS))
        elif len(set(values)) < len(values):
            errors.append(FieldError(f"{at}.options", "twice", TWICE))
    return errors


def read(questions: list[dict[str, Any]], given: Any) -> tuple[dict[str, Any], list[FieldError]]:
    """What a visitor answered, by question, and what is wrong with it at `questions.…`."""
    said = given if isinstance(given, Mapping) else {}
    known = {question["key"] for question in questions}
    errors = [
        FieldError(f"questions.{str(key)[:100]}", "unknown_field", UNKNOWN)
        for key in said
        if key not in known
    ][:20]
    found: dict[str, Any] = {}
    for question in questions:
        key = question["key"]
        value, complaint = _READERS[question["input"]](question, said.get(key))
        if complaint is not None:
            errors.append(FieldError(f"questions.{key}", *complaint))
        elif value in (None, "", []):
            if question["required"]:
                errors.append(FieldError(f"questions.{key}", "required", REQUIRED))
        else:
            found[key] = value
    return found, errors


def told(questions: list[dict[str, Any]], answers: Mapping[str, Any], locale: str) -> str:
    """The answers for a colleague to read, a question a paragraph."""
    lines = []
    for question in questions:
        value = answers.get(question["key"])
        if value is None:
            continue
        labels = {option["value"]: Text.of(option["label"]).in_(locale) for option in question["options"]}
        parts = value if isinstance(value, list) else [value]
        shown = "、".join(labels.get(part, str(part)) for part in parts)
        shown = f"{shown} / {STARS}" if question["input"] == "rating" else shown
        lines.append(f"{Text.of(question['label']).in_(locale)}\n{shown}")
    return "\n\n".join(lines)


def counted(questions: list[dict[str, Any]], answers: Mapping[str, Any]) -> dict[str, Any]:
    """What of the answers is kept to be counted."""
    return {q["key"]: answers[q["key"]] for q in questions if q["input"] in COUNTED and q["key"] in answers}


def results(form_id: uuid.UUID, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How often everything was chosen; two statements whatever the number of answers."""
    with connection.cursor() as db:
        db.execute(
            "SELECT q.key, v.value, count(*) FROM web_form_answer a, jsonb_each(a.answers) q,"
            " jsonb_array_elements_text(CASE jsonb_typeof(q.value) WHEN 'array' THEN q.value"
            " ELSE jsonb_build_array(q.value) END) v WHERE a.form_id = %s GROUP BY 1, 2",
            [form_id],
        )
        chosen: dict[str, dict[str, int]] = defaultdict(dict)
        for key, value, count in db.fetchall():
            chosen[key][value] = count
        db.execute(
            "SELECT q.key, count(*) FROM web_form_answer a, jsonb_each(a.answers) q WHERE a.form_id = %s GROUP BY 1",
            [form_id],
        )
        answered = dict(db.fetchall())
    return [
        {"key": q["key"], "label": q["label"], "input": q["input"], "answered": answered.get(q["key"], 0),
         "choices": _choices(q, chosen[q["key"]]), "average": _average(q, chosen[q["key"]])}
        for q in questions if q["input"] in COUNTED
    ]  # fmt: skip


def _choices(question: Question, chosen: Mapping[str, int]) -> list[dict[str, Any]]:
    if question["input"] == "rating":
        stars = [str(n) for n in range(STARS, 0, -1)]
        return [
            {"value": n, "label": {"zh-CN": f"{n} 分", "en": n}, "count": chosen.get(n, 0)} for n in stars
        ]
    return [{**option, "count": chosen.get(option["value"], 0)} for option in question["options"]]


def _average(question: Question, chosen: Mapping[str, int]) -> float | None:
    total = sum(chosen.values())
    if question["input"] != "rating" or not total:
        return None
    return round(sum(int(value) * count for value, count in chosen.items()) / total, 2)


_Read = tuple[Any, tuple[str, Text] | tuple[str, Text, dict[str, Any]] | None]


def _words(question: Question, value: Any) -> _Read:
    if value is None or isinstance(value, str):
        plain = (value or "").replace("\x00", "").strip()
        return (plain, None) if len(plain) <= LONGEST else (None, ("too_long", TOO_LONG, {"max": LONGEST}))
    return None, ("wrong_type", WRONG)


def _choice(question: Question, value: Any) -> _Read:
    if value in (None, ""):
        return None, None
    known = {option["value"] for option in question["options"]}
    return (
        (value, None) if isinstance(value, str) and value in known else (None, ("not_an_option", NO_OPTION))
    )


def _many(question: Question, value: Any) -> _Read:
    values = value if isinstance(value, list) else [value] if value else []
    known = [option["value"] for option in question["options"]]
    if not all(isinstance(each, str) and each in known for each in values):
        return None, ("not_an_option", NO_OPTION)
    return [each for each in known if each in values], None


def _stars(question: Question, value: Any) -> _Read:
    if value in (None, ""):
        return None, None
    found = str(value)
    fits = found.isascii() and found.isdigit() and len(found) == 1 and 1 <= int(found) <= STARS
    return (int(found), None) if fits else (None, ("not_an_option", NO_OPTION))


_READERS = {"text": _words, "area": _words, "choice": _choice, "choices": _many, "rating": _stars}


def _says(label: Mapping[str, Any]) -> bool:
    return bool(Text.of(label).zh.strip())
