"""The doors of web forms: no records but the leads that win a lottery."""

from tests.battery.wall_doors import silent

silent("the log of a lottery names winning leads to who sees them, by the read door",
       "GET /web-forms/{form_id}/draw", "POST /web-forms/{form_id}/draw")  # fmt: skip
silent("web forms, for who holds the area sales: texts, counts and addresses; and what strangers see of one: no records",
       "GET /web-forms", "POST /web-forms", "PATCH /web-forms/{form_id}", "DELETE /web-forms/{form_id}",
       "GET /web-forms/{form_id}/results", "GET /public/forms/{token}", "POST /public/forms/{token}",
       "POST /public/forms/{token}/files")  # fmt: skip
