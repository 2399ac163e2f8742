"""Telling people what a watch rule has found.

*Rules*: passes of one batch share one notice a person.
"""

from collections.abc import Sequence

from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.records.watching import Watched, WatchEffect, watch_effect_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.form_rules import WatchDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

WATCHED = "record.watched_alert"
_ONE = Text("{message}：{record}", "{message}: {record}")
_MANY = Text("{message}：{count} 条记录", "{message}: {count} records")
_SHOWN_TITLE = 200


class Notify(WatchEffect):
    """A notice for each person."""

    key = "notify"
    label = Text("发消息", "Send a message")

    def run(self, ctx: Ctx, obj: ObjectDef, watch: WatchDef, found: Sequence[Watched]) -> None:
        """One notice a person, whatever the number of records."""
        theirs: dict[object, list[Watched]] = {}
        for each in found:
            theirs.setdefault(each.person, []).append(each)
        several = f"/o/{obj.key}"
        notices = []
        for records in theirs.values():
            first, one = records[0], len(records) == 1
            notices.append(
                Notice(
                    user_id=first.person,
                    title=_ONE if one else _MANY,
                    url=f"{several}/{first.id}" if one else several,
                    data={
                        "message": watch.message.as_dict(),
                        "record": first.title[:_SHOWN_TITLE],
                        "count": len(records),
                        "object_key": obj.key,
                        **({"record_id": str(first.id)} if one else {}),
                    },
                    group=f"{WATCHED}:{watch.id}:{ctx.batch_id}" if ctx.batch_id else None,
                    grouped_title=_MANY,
                    grouped_url=several,
                )
            )
        notify_each(ctx, WATCHED, notices)


watch_effect_registry.register(Notify())
