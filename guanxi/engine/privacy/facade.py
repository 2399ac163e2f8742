"""What other packages may ask of the consent ledger: who said what, and who may be contacted.

`may_contact` is what every channel and campaign asks before it reaches out. `list_consents` and
`withdraw_all` serve requests of persons. `contact_checks` and `hold_checks` are where such requests
say whom nobody may contact and what nobody may destroy. `offers` is what forms ask people to agree to.
"""

import uuid

from guanxi.engine.privacy.deciding import (
    ContactCheck,
    Decision,
    Subject,
    contact_checks,
    may_contact,
    may_contact_many,
)
from guanxi.engine.privacy.ledger import (
    Consent,
    Proof,
    Word,
    add_words,
    entries_of,
    require_record,
    take_back,
)
from guanxi.engine.privacy.offering import Offer, offers
from guanxi.engine.privacy.rules import GIVEN
from guanxi.engine.records.holds import HoldCheck, held_ids, hold_checks
from guanxi.engine.tenancy.context import Ctx

__all__ = [
    "GIVEN",
    "Consent",
    "ContactCheck",
    "Decision",
    "HoldCheck",
    "Offer",
    "Proof",
    "Subject",
    "Word",
    "contact_checks",
    "held_ids",
    "hold_checks",
    "list_consents",
    "may_contact",
    "may_contact_many",
    "offers",
    "record_words",
    "withdraw_all",
]


def list_consents(ctx: Ctx, object_key: str, record_id: uuid.UUID) -> list[Consent]:
    """The whole ledger of a record (those merged into it included), newest first; raises NotFound."""
    require_record(ctx, object_key, record_id)
    return entries_of(ctx, object_key, record_id)


def record_words(
    ctx: Ctx, object_key: str, record_id: uuid.UUID, words: list[Word], *, source: str, proof: Proof
) -> list[uuid.UUID]:
    """Write down what a person said; raises NotFound, Forbidden (who may not change the record), Invalid."""
    require_record(ctx, object_key, record_id, edit=True)
    return add_words(ctx, object_key, record_id, words, source=source, proof=proof)


def withdraw_all(
    ctx: Ctx, object_key: str, record_id: uuid.UUID, *, source: str = "request", note: str = ""
) -> int:
    """Withdraw every consent that stands; gives how many. Asks nobody's rights: the caller has decided."""
    return take_back(ctx, object_key, record_id, source=source, proof=Proof(note=note))
