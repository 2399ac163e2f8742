"""Forms that visitors fill in: what they ask, whom they may be shown by, and what came of each answer.

*Rules*: a form is reached by its `public_key`, an address nobody can guess with the workspace in it. Answers become
leads; here stands only which lead, and when.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


class WebForm(WorkspaceOwned):
    """One form: its texts, the fields of leads it asks for, consent, and the hosts whose pages may show it."""

    name = models.CharField(max_length=120)
    public_key = models.CharField(max_length=80)
    enabled = models.BooleanField(default=True)
    title = models.JSONField(default=dict)
    intro = models.JSONField(default=dict)
    thanks = models.JSONField(default=dict)
    fields = models.JSONField(default=list)  # [{"key", "required"}] in order
    consents = models.JSONField(default=list)  # [{"purpose", "required", "text"}]
    source = models.CharField(max_length=60, blank=True, default="")
    campaign = models.CharField(max_length=200, blank=True, default="")
    hosts = models.JSONField(default=list)
    kind = models.CharField(max_length=10, default="lead")
    questions = models.JSONField(default=list)  # [{"key", "label", "input", "required", "options"}] in order
    prizes = models.JSONField(default=list)  # [{"name", "count"}], the first one drawn first
    closes_at = models.DateTimeField(null=True)
    seed = models.CharField(
        max_length=64, blank=True, default=""
    )  # of a lottery; nobody sees it before the draw
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        """Found by its address."""

        db_table = "web_form"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "public_key"], name="web_form_key")
        ]

    def __str__(self) -> str:
        return self.name


class SpentWork(WorkspaceOwned):
    """A proof of work that was handed in: it is good for one answer. Forgotten when its time is over."""

    mark = models.CharField(max_length=64)
    ends_at = models.DateTimeField()

    class Meta:
        """Each once."""

        db_table = "web_form_spent"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "mark"], name="web_form_spent_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "ends_at"], name="web_form_spent_end")
        ]

    def __str__(self) -> str:
        return self.mark


class FormAnswer(WorkspaceOwned):
    """That a form was answered, and the lead it became; what was chosen, and the number of an entry to a lottery."""

    form = models.ForeignKey(WebForm, on_delete=models.CASCADE, related_name="+", db_index=False)
    lead_id = models.UUIDField()
    at = models.DateTimeField()
    answers = models.JSONField(default=dict)
    number = models.CharField(max_length=36, null=True)

    class Meta:
        """Counted by form and time; one entry a number."""

        db_table = "web_form_answer"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["form", "number"], name="web_form_answer_number")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["form", "at"], name="web_form_answer_at"),
            models.Index(fields=["workspace", "lead_id"], name="web_form_answer_lead"),
        ]

    def __str__(self) -> str:
        return str(self.lead_id)


class FormDraw(WorkspaceOwned):
    """The draw of a lottery, once and for good: everything that it takes to draw it again."""

    form = models.OneToOneField(WebForm, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    seed = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    numbers = models.JSONField()  # of all entries, sorted
    wins = models.JSONField()  # [{"prize", "number"}]
    prizes = models.JSONField()

    class Meta:
        """One a form."""

        db_table = "web_form_draw"

    def __str__(self) -> str:
        return str(self.form_id)
