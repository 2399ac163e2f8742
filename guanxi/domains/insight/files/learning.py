"""What answered records say about open ones: scores of leads and deals, churn with a known answer, sentiment."""

from typing import Any

import numpy as np
import numpy.typing as npt

from guanxi.domains.insight.files import purchasing
from guanxi.domains.insight.files.answers import Answer, Asked, Kind
from guanxi.domains.insight.files.reading import BLANK_DAY, to_day
from guanxi.domains.insight.methods import scoring, sentiment
from guanxi.domains.insight.methods.features import features_of
from guanxi.kit.errors import Problem
from guanxi.kit.text import Text

Bools = npt.NDArray[np.bool_]

RECORD = {"record": ("id", "customerid", "leadnumber", "opportunityid", "编号")}
TARGET = {"target": ("converted", "churn", "churned", "label", "won", "y", "结果", "是否流失", "是否转化")}
DATE = {"date": ("createdat", "created", "日期", "创建时间")}
YES = {
    "1",
    "yes",
    "true",
    "y",
    "t",
    "won",
    "converted",
    "churned",
    "是",
    "赢单",
    "已转化",
    "流失",
    "正面",
    "positive",
    "pos",
}

TWO = Text(
    "「{column}」有 {count} 种值（{values}），要说明哪个算「是」：--positive 值 [--negative 值]",
    "“{column}” has {count} values ({values}). Say which one is yes: --positive VALUE [--negative VALUE]",
)
LEAKS = Text("排除了可能泄漏答案的列：{columns}", "Left out because they seem to know the answer: {columns}")
NO_SIGNAL = Text(
    "没有信号：这些列分不出结果（AUC {auc}）。不给分，比给一个随机的分好。",
    "No signal: these columns do not tell the answers apart (AUC {auc}). No score is better than one by chance.",
)
DROPPED = Text("没有用到：{columns}", "Not used: {columns}")
UNREAD = Text("{count} 行没有结果，未用于学习。", "{count} rows without an answer were not learned from.")


def _answers(asked: Asked, column: str) -> tuple[Bools, Bools]:
    """`(known, yes)` of a column of answers. Raises Problem when which is yes cannot be told."""
    texts = np.char.lower(asked.sheet.texts(column))
    values = sorted({text for text in texts.tolist() if text})
    positive = asked.positive.strip().lower() if asked.positive else None
    if positive is None:
        told = [value for value in values if value in YES]
        if len(values) != 2 or len(told) != 1:
            raise Problem(
                TWO,
                code="which_is_yes",
                status=422,
                column=column,
                count=len(values),
                values=", ".join(values[:10]),
            )
        positive = told[0]
    known = texts != ""
    if asked.negative:
        known &= (texts == positive) | (texts == asked.negative.strip().lower())
    return known, texts == positive


def run_score(asked: Asked) -> Answer:
    """Chances, what drives them, how good they are, and which columns leak."""
    notes: list[str] = []
    target = asked.needed("target")
    known, yes = _answers(asked, target)
    if not known.all():
        notes.append(UNREAD.in_(asked.locale, count=int((~known).sum())))
    named = {target, asked.roles.get("record"), asked.roles.get("date")}
    features = features_of(asked.sheet.table.drop([name for name in named if name]))
    behind = None
    if asked.split is not None:
        days = asked.sheet.days(asked.needed("date"))
        behind = ((days > to_day(asked.split)) & (days != BLANK_DAY))[known]
    found = scoring.learn(features.rows(known), yes[known], behind=behind)
    if features.dropped:
        told = ", ".join(f"{name} ({why.in_(asked.locale)})" for name, why in features.dropped.items())
        notes.append(DROPPED.in_(asked.locale, columns=told))
    if found.leaks:
        told = "; ".join(
            f"{leak.column} ({leak.why.in_(asked.locale, **leak.values)})" for leak in found.leaks
        )
        notes.append(LEAKS.in_(asked.locale, columns=told))
    if found.model is None:
        notes.append(NO_SIGNAL.in_(asked.locale, auc=f"{found.quality.auc:.3f}"))
    return Answer(
        [("record", Text("记录", "Record")), ("chance", Text("概率", "Chance")), ("answer", Text("实际", "Answer")),
         ("why", Text("主要原因", "Why"))],
        _rows(asked, found, features, known, yes),
        {"model": found.model.kind if found.model else None, "target": target, "records": int(known.sum()),
         "columns": found.features.names, "validation": "time split" if behind is not None else "5-fold"},
        _metrics(found), notes,
    )  # fmt: skip


def _metrics(found: scoring.Score) -> dict[str, Any]:
    told: dict[str, Any] = {
        "auc": round(found.quality.auc, 4), "auc_low": round(found.quality.auc_low, 4), "brier": round(found.quality.brier, 4),
        "log_loss": round(found.quality.log_loss, 4), "base_rate": round(found.quality.base_rate, 4),
        "signal": found.model is not None,
        "by_model": {kind: {"auc": round(q.auc, 4), "brier": round(q.brier, 4)} for kind, q in found.by_kind.items()},
        "reliability": [[round(a, 3), round(b, 3), n] for a, b, n in found.quality.reliability],
        "leaks": [{"column": leak.column, "auc_alone": round(leak.auc, 4)} for leak in found.leaks],
    }  # fmt: skip
    if found.with_leaks is not None:
        told["auc_with_leaks"] = round(found.with_leaks.auc, 4)
    return told


def _rows(asked: Asked, found: scoring.Score, features: Any, known: Bools, yes: Bools) -> list[list[Any]]:
    if found.model is None:
        return []
    used = features.without(set(features.names) - set(found.features.names))
    chances = found.model.chance(used)
    why = scoring.drivers(found.model, used)
    column = asked.roles.get("record")
    names = asked.sheet.texts(column) if column else [str(n) for n in range(2, len(chances) + 2)]
    return [
        [str(names[i]), round(float(chances[i]), 4), bool(yes[i]) if known[i] else None,
         ", ".join(f"{name} {moved:+.0%}" for name, moved in why[i])]
        for i in np.argsort(-chances, kind="stable")
    ]  # fmt: skip


def run_churn(asked: Asked) -> Answer:
    """Learned where the file says who left, else from purchases."""
    return run_score(asked) if "target" in asked.roles else purchasing.run_churn(asked)


def run_sentiment(asked: Asked) -> Answer:
    """The chance that each text is positive; learned from the texts with a verdict, here or in the other file."""
    notes: list[str] = []
    texts = asked.sheet.texts(asked.needed("text"))
    taught = asked if asked.against is None else _taught(asked)
    lessons = taught.sheet.texts(taught.needed("text"))
    known, yes = _answers(taught, taught.needed("label"))
    known &= lessons != ""
    model = sentiment.learn(lessons[known].tolist(), yes[known])
    chances = model.chance(texts.tolist())
    unsure = np.maximum(chances, 1 - chances) < sentiment.SURE
    rows = [
        [text[:200], round(float(chance), 4), _verdict(asked.locale, float(chance)), bool(doubtful)]
        for text, chance, doubtful in zip(texts.tolist(), chances, unsure, strict=True)
    ]
    return Answer(
        [("text", Text("文本", "Text")), ("chance", Text("正面概率", "Positive")), ("verdict", Text("判断", "Verdict")),
         ("unsure", Text("不确定", "Unsure"))],
        rows, {"model": "character 1-2-grams, logistic regression", "texts": model.texts, "validation": "5-fold"},
        {"accuracy": round(model.accuracy, 4), "auc": round(model.auc, 4), "unsure": int(unsure.sum())}, notes,
    )  # fmt: skip


def _taught(asked: Asked) -> Asked:
    """The other file, asked for the same columns."""
    sheet = asked.against or asked.sheet
    roles = {role: sheet.name_of(column) for role, column in asked.roles.items()}
    return Asked(sheet, roles, positive=asked.positive, negative=asked.negative, locale=asked.locale)


def _verdict(locale: str, chance: float) -> str:
    if max(chance, 1 - chance) < sentiment.SURE:
        return Text("说不准", "Unclear").in_(locale)
    return (Text("正面", "Positive") if chance > 0.5 else Text("负面", "Negative")).in_(locale)


KINDS = (
    Kind("churn", Text("流失", "Churn"), {**purchasing.ROLES, **TARGET, **RECORD}, run_churn),
    Kind("score", Text("评分", "Score"), {**TARGET, **RECORD, **DATE}, run_score),
    Kind("sentiment", Text("情感", "Sentiment"),
         {"text": ("review", "comment", "评论", "内容", "文本"), "label": ("标签", "评价")}, run_sentiment),
)  # fmt: skip
