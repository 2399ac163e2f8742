"""Where forms hold data of people: which lead an answer became."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place("web_form_answer", "网页表单的提交", "Answers to web forms", record=("lead_id",))
