"""What other topics use of receivables: instalments, payments and invoices made by the program.

* `make_plans(ctx, "sales_order" | "contract", paper_id, Split(count=3, first_due=day, every_months=1))`;
* `allocate_proposed(ctx, payment_id)`, or `allocate(ctx, payment_id, [Wish(amount, {"plan": id, "invoice": id})])`;
* `request_invoice(ctx, "sales_order" | "contract", paper_id, {"kind": "ordinary"})` gives `{"invoice": {"id", …}}`;
* `issue_invoice(ctx, invoice_id, {"number": "…", "issued_on": day})`, `reverse_invoice(ctx, invoice_id, {"comment": "…"})`;
* `credit_of(ctx, customer_id)`: limit and what is used of it.

A payment itself is a record like any other (`store.create(ctx, "payment", …)`).
"""

from guanxi.domains.sales.receivables.allocating import Wish, allocate, allocate_proposed
from guanxi.domains.sales.receivables.credit import credit_of
from guanxi.domains.sales.receivables.invoicing import issue as issue_invoice
from guanxi.domains.sales.receivables.invoicing import request as request_invoice
from guanxi.domains.sales.receivables.invoicing import reverse as reverse_invoice
from guanxi.domains.sales.receivables.planning import Part, Split
from guanxi.domains.sales.receivables.planning import make as make_plans

__all__ = [
    "Part",
    "Split",
    "Wish",
    "allocate",
    "allocate_proposed",
    "credit_of",
    "issue_invoice",
    "make_plans",
    "request_invoice",
    "reverse_invoice",
]
