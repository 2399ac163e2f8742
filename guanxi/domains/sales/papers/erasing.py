"""Where papers hold data of people besides their records: what customers answered on the page of a quote.

*How it works*: links to an erased quote go with it. Where the person answered for another's quote, their name is blacked
out in the answer and in the document that was shown, and their signature and address go.
"""

from django.db import connection

from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.erasing import Eraser, Erasure, Place, eraser_registry
from guanxi.kit.mentions import plain_sql
from guanxi.kit.text import Text

ANSWERS = Place("offer_link", texts=("name", "comment", "document", "mailed_to"), record=("quote_id",))


def _erase(ctx: Ctx, erasure: Erasure) -> int:
    if erasure.pattern:
        with connection.cursor() as db:
            db.execute(
                "UPDATE offer_link SET signature = NULL, ip = '', agent = ''"
                f" WHERE workspace_id = %s AND {plain_sql('name')} ~* %s",
                [ctx.workspace.id, erasure.pattern],
            )
    return ANSWERS.erase(ctx, erasure)


eraser_registry.register(
    Eraser("offer_link", Text("客户对报价的答复", "Answers to quotes"), ("offer_link",), _erase)
)
