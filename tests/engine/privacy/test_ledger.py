"""The consent ledger through its facade: proof, the last word, merging and its undoing, other firms."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from guanxi.engine.privacy.facade import (
    Proof,
    Subject,
    Word,
    list_consents,
    may_contact,
    may_contact_many,
    record_words,
    withdraw_all,
)
from guanxi.engine.privacy.ledger import add_words
from guanxi.engine.privacy.models import Purpose
from guanxi.engine.records import store
from guanxi.engine.records.store.purging import empty_recycle_bin
from guanxi.engine.tenancy.context import Ctx, Role, session
from guanxi.kit.errors import Forbidden, Invalid, NotFound
from tests.firms import Firm

CALL = Proof(note="电话中同意")


def purpose(ctx: Ctx, key: str = "marketing", **more: Any) -> Purpose:
    values = {"name": {"zh-CN": "营销", "en": "Marketing"}, "basis": "consent", "channels": ["sms", "email"]}
    return Purpose.objects.create(
        workspace_id=ctx.workspace.id, key=key, created_at=ctx.now, updated_at=ctx.now, **(values | more)
    )


def person(ctx: Ctx, name: str = "王小明") -> uuid.UUID:
    return uuid.UUID(str(store.create(ctx, "contact", {"name": name})["id"]))


def code(ctx: Ctx, record_id: uuid.UUID, channel: str = "sms", key: str = "marketing") -> str:
    return may_contact(ctx, Subject("contact", record_id), key, channel).code


def test_only_what_was_agreed_to_is_allowed_and_the_last_word_counts(firm: Firm) -> None:
    with session(firm.workspace.id):
        ctx = firm.ctx
        purpose(ctx)
        who = person(ctx)
        assert code(ctx, who) == "no_consent"
        record_words(ctx, "contact", who, [Word("marketing", "given", "sms")], source="call", proof=CALL)
        decision = may_contact(ctx, Subject("contact", who), "marketing", "sms")
        assert decision.allowed
        assert ctx.today.date().isoformat() in decision.text.in_("zh-CN", **decision.values)
        assert code(ctx, who, "email") == "no_consent"
        assert code(ctx, who, "phone") == "channel_not_covered"
        assert code(ctx, who, key="nothing") == "purpose_unknown"
        record_words(ctx, "contact", who, [Word("marketing", "denied", "email")], source="call", proof=CALL)
        assert code(ctx, who, "email") == "denied"
        assert withdraw_all(ctx, "contact", who, note="本人要求") == 1
        assert code(ctx, who) == "withdrawn"
        assert withdraw_all(ctx, "contact", who) == 0
        assert [entry.state for entry in list_consents(ctx, "contact", who)] == [
            "withdrawn",
            "denied",
            "given",
        ]
        assert [entry.current for entry in list_consents(ctx, "contact", who)] == [True, True, False]


def test_consent_without_proof_or_against_the_register_is_refused(firm: Firm) -> None:
    with session(firm.workspace.id):
        ctx = firm.ctx
        purpose(ctx, separate=["abroad"])
        who = person(ctx)
        wrong = [
            ([Word("marketing", "given", "sms")], Proof(), "proof"),
            ([Word("marketing", "given", "fax")], CALL, "decisions.0.channel"),
            ([Word("marketing", "given", "general", "sensitive")], CALL, "decisions.0.scope"),
            ([Word("marketing", "maybe", "sms")], CALL, "decisions.0.state"),
            ([Word("nothing", "given", "sms")], CALL, "decisions.0.purpose"),
            ([Word("marketing", "given", "sms")], Proof(notice_version=uuid.uuid4()), "notice_version"),
            ([], CALL, "decisions"),
        ]
        for said, proof, field in wrong:
            with pytest.raises(Invalid) as refused:
                record_words(ctx, "contact", who, said, source="call", proof=proof)
            assert [error.field for error in refused.value.errors] == [field]
        assert list_consents(ctx, "contact", who) == []


def test_separate_consent_is_demanded_by_itself(firm: Firm) -> None:
    with session(firm.workspace.id):
        ctx = firm.ctx
        purpose(ctx, separate=["abroad"])
        who = person(ctx)
        record_words(ctx, "contact", who, [Word("marketing", "given", "sms")], source="call", proof=CALL)
        assert code(ctx, who) == "separate_missing"
        record_words(
            ctx, "contact", who, [Word("marketing", "given", scope="abroad")], source="paper", proof=CALL
        )
        assert code(ctx, who) == "consented"


def test_a_merge_carries_consents_and_taking_it_back_gives_them_back(firm: Firm) -> None:
    with session(firm.workspace.id):
        ctx = firm.ctx
        purpose(ctx)
        first, second, third = person(ctx, "甲"), person(ctx, "乙"), person(ctx, "丙")
        record_words(ctx, "contact", first, [Word("marketing", "given", "sms")], source="call", proof=CALL)
        batch = uuid.uuid4()
        store.merge(ctx.with_batch(batch), "contact", second, [first], {})
        assert code(ctx, second) == "consented"
        assert code(ctx, first) == "consented"  # its old id leads on
        onward = uuid.uuid4()
        store.merge(ctx.with_batch(onward), "contact", third, [second], {})
        assert code(ctx, third) == "consented"
        record_words(
            ctx, "contact", third, [Word("marketing", "withdrawn", "sms")], source="call", proof=CALL
        )
        found = may_contact_many(ctx, "contact", [first, second, third], "marketing", "sms")
        assert {decision.code for decision in found.values()} == {"withdrawn"}
        store.unmerge(ctx, onward)
        assert [code(ctx, who) for who in (second, third)] == ["consented", "withdrawn"]
        store.unmerge(ctx, batch)
        assert [code(ctx, who) for who in (first, second)] == ["consented", "no_consent"]


def test_consents_outlive_deletion_and_the_purge_of_what_was_merged(firm: Firm) -> None:
    with session(firm.workspace.id):
        ctx = firm.ctx
        purpose(ctx)
        first, second, third = person(ctx, "甲"), person(ctx, "乙"), person(ctx, "丙")
        record_words(ctx, "contact", first, [Word("marketing", "given", "sms")], source="call", proof=CALL)
        store.merge(ctx.with_batch(uuid.uuid4()), "contact", second, [first], {})
        store.merge(ctx.with_batch(uuid.uuid4()), "contact", third, [second], {})
        with connection.cursor() as db:
            db.execute(
                "UPDATE contact SET deleted_at = now() - interval '100 days' WHERE deleted_at IS NOT NULL"
            )
        empty_recycle_bin(ctx)
        assert code(ctx, third) == "consented"
        store.delete(ctx, "contact", third)
        assert code(ctx, third) == "gone"
        store.restore(ctx, "contact", third)
        assert code(ctx, third) == "consented"


def test_nobody_else_reads_or_writes_it_and_nobody_rewrites_it(firm: Firm, other_firm: Firm) -> None:
    reader = firm.add("李娜", Role.READ_ONLY)
    with session(firm.workspace.id):
        ctx = firm.ctx
        purpose(ctx)
        who = person(ctx)
        record_words(ctx, "contact", who, [Word("marketing", "given", "sms")], source="call", proof=CALL)
        readers = Firm(firm.workspace, reader).ctx
        with pytest.raises((Forbidden, NotFound)):
            record_words(
                readers, "contact", who, [Word("marketing", "denied", "sms")], source="call", proof=CALL
            )
        for statement in ("UPDATE consent_entry SET state = 'given'", "DELETE FROM consent_entry"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as db:
                db.execute(statement)
    with session(other_firm.workspace.id):
        theirs = other_firm.ctx
        with pytest.raises(NotFound):
            list_consents(theirs, "contact", who)
        assert code(theirs, who) == "purpose_unknown"


def test_old_words_do_not_outweigh_later_ones_and_renewal_asks_anew(firm: Firm) -> None:
    with session(firm.workspace.id):
        ctx = firm.ctx
        row = purpose(ctx)
        who = person(ctx)
        now = timezone.now()
        record_words(ctx, "contact", who, [Word("marketing", "withdrawn", "sms")], source="call", proof=CALL)
        from_before = Proof(note="2024 年的纸质同意书")
        with pytest.raises(Invalid):
            add(ctx, who, from_before, now + timedelta(days=1))
        add(ctx, who, from_before, now - timedelta(days=700))
        assert code(ctx, who) == "withdrawn"
        record_words(ctx, "contact", who, [Word("marketing", "given", "sms")], source="call", proof=CALL)
        assert code(firm.ctx, who) == "consented"
        row.renewed_at = timezone.now()
        row.save()
        assert code(firm.ctx, who) == "renewal_needed"


def add(ctx: Ctx, who: uuid.UUID, proof: Proof, at: Any) -> None:
    add_words(ctx, "contact", who, [Word("marketing", "given", "sms")], source="paper", proof=proof, at=at)
