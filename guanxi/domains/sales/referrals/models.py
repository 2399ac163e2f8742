"""The tables of referrals 转介绍: who brought whom, their codes, and what a firm gives for it.

Rows of `Referral` are written by `records.store` and read by `records.query` alone; what the fields mean is declared in
`referral.py`. An empty value is NULL, never an empty string.
"""

from typing import Any, ClassVar

from django.db import models

from guanxi.engine.records.models import LIVE, Record
from guanxi.engine.tenancy.models import WorkspaceOwned


def link_to(target: str) -> "models.ForeignKey[Any, Any]":
    """A column that holds another record: never cascades, indexed by the table itself."""
    return models.ForeignKey(target, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False)


def money() -> "models.DecimalField[Any, Any]":
    """A column of an amount."""
    return models.DecimalField(max_digits=18, decimal_places=2, null=True)


class Referral(Record):
    """A customer that another customer brought."""

    name = models.TextField(null=True)
    number = models.TextField(null=True)
    status = models.TextField(null=True)
    referrer = link_to("customers.Customer")
    referrer_contact = link_to("customers.Contact")
    customer = link_to("customers.Customer")
    lead = link_to("sales.Lead")
    code = models.TextField(null=True)
    referred_on = models.DateField(null=True)
    first_paid_on = models.DateField(null=True)
    first_payment = link_to("sales_receivables.Payment")
    reward = money()
    reward_note = models.TextField(null=True)
    rewarded_on = models.DateField(null=True)
    void_reason = models.TextField(null=True)
    description = models.TextField(null=True)

    class Meta(Record.Meta):
        """Found from either customer, by state and number, from the lead it came of and the payment that decided."""

        db_table = "referral"
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            models.Index(
                fields=["workspace", "status", "created_at", "id"], condition=LIVE, name="referral_status"
            ),
            models.Index(fields=["workspace", "number"], condition=LIVE, name="referral_number"),
            *(
                models.Index(
                    fields=[link, "created_at", "id"],
                    condition=models.Q(**{f"{link}__isnull": False}),
                    name=f"referral_{link}",
                )
                for link in ("customer", "referrer", "referrer_contact", "lead", "first_payment")
            ),
        ]


class ReferralCode(WorkspaceOwned):
    """The code by which a customer or a contact recommends the firm."""

    code = models.CharField(max_length=12)
    object_key = models.CharField(max_length=20)
    record_id = models.UUIDField()
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)

    class Meta:
        """One for each of them, and each code once."""

        db_table = "referral_code"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "code"], name="referral_code_once"),
            models.UniqueConstraint(fields=["workspace", "record_id"], name="referral_code_record"),
        ]

    def __str__(self) -> str:
        return self.code


class ReferralTerms(WorkspaceOwned):
    """What the firm gives for a customer that was brought; without a row it gives nothing."""

    kind = models.CharField(max_length=10, default="none")
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    cap = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    version = models.IntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.UUIDField(null=True)

    class Meta:
        """One a workspace."""

        db_table = "referral_terms"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace"], name="referral_terms_once")
        ]

    def __str__(self) -> str:
        return self.kind
