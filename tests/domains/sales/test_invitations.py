"""People are asked to an event by mail, their calendars answer, and what changes is told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any

import pytest
from django.utils import timezone

from guanxi.domains.sales.follow_up.calendar.ical_rules import folded
from guanxi.domains.sales.follow_up.invitations.reply_rules import read_reply
from guanxi.domains.sales.follow_up.models import EventGuest
from guanxi.engine.bounces.mailbox import read_mailbox
from guanxi.engine.bounces.taking import Outcome, take
from guanxi.engine.records.routes.records import checks
from guanxi.engine.tenancy.context import Role, session
from tests.domains.sales.conftest import made
from tests.domains.sales.money import errors
from tests.firms import Door, Firm, run_jobs
from tests.mail_servers import Post, servers


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """The mail servers, which the product sends to and reads from."""
    with servers() as post:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", post.smtp_port, False
        settings.GUANXI_BOUNCE_MAILBOX = post.url
        settings.DEFAULT_FROM_EMAIL = "Guanxi <crm@firm.example>"
        checks.forget()
        yield post


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


def soon(days: int = 3) -> datetime:
    return (timezone.now() + timedelta(days=days)).replace(microsecond=0)


def calendar_of(message: Message) -> dict[str, str]:
    """The properties of the invitation in a mail, unfolded; that in the text and that attached are one."""
    parts = [p for p in message.walk() if p.get_content_type() == "text/calendar"]
    contents = [bytes(p.get_payload(decode=True) or b"").decode() for p in parts]  # type: ignore[arg-type]
    assert len(contents) == 2 and contents[0].replace("\r\n", "\n") == contents[1].replace("\r\n", "\n")
    assert parts[0].get_param("method") in ("REQUEST", "CANCEL", "DECLINECOUNTER")
    assert parts[1].get_filename() == "invite.ics"
    lines = contents[1].replace("\r\n", "\n").replace("\n ", "").splitlines()
    found: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        found.setdefault(name.partition(";")[0], f"{name}:{value}" if ";" in name else value)
    return found


def reply(
    uid: str,
    partstat: str,
    *,
    sequence: int = 0,
    at: datetime | None = None,
    folds: bool = True,
    method: str = "REPLY",
    times: tuple[str, ...] = (),
    zone: tuple[str, ...] = (),
) -> bytes:
    """What a calendar program answers."""
    stamp = (at or timezone.now()).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR", "PRODID:-//Somebody//EN", "VERSION:2.0", f"METHOD:{method}", *zone, "BEGIN:VEVENT", f"UID:{uid}", *times,
        f"SEQUENCE:{sequence}", f"DTSTAMP:{stamp}", "ORGANIZER:mailto:crm@firm.example",
        f'ATTENDEE;CN="Qian; Buyer: Ltd";PARTSTAT={partstat};RSVP=FALSE:mailto:another@alias.example',
        "BEGIN:VALARM", "UID:of-the-alarm", "END:VALARM", "COMMENT:see you", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    text = "".join(f"{part}\r\n" for line in lines for part in (folded(line) if folds else [line]))
    whole = MIMEMultipart("mixed")
    whole["From"], whole["To"], whole["Subject"] = "another@alias.example", "crm@firm.example", "Accepted"
    whole.attach(MIMEText("Accepted", "plain"))
    part = MIMEText(text, "calendar", "utf-8")
    part.set_param("method", "REPLY")
    whole.attach(part)
    return whole.as_bytes()


def utc_json(at: datetime) -> str:
    """A moment as the API writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def meeting(rep: Door, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    customer = made(rep, "customer", name="甲厂", email="office@jia.example")
    buyer = made(rep, "contact", name='钱"采购', customer=customer["id"], email="Qian@jia.example")
    event = made(rep, "event", subject="验收；第一批", start_at=soon().isoformat(), place="二号厂房",
                 body="对方砍价很狠", customer=customer["id"], contact=buyer["id"], **more)  # fmt: skip
    return event, buyer


def test_a_guest_is_asked_answers_and_is_told_of_changes(rep: Door, firm: Firm, post: Post) -> None:
    event, buyer = meeting(rep)
    path = f"/follow-ups/events/{event['id']}/guests"
    before = rep.get(path).data
    assert (before["data"], before["may_ask"], before["answers_come_back"]) == ([], True, True)
    assert [(k["object"], k["name"]) for k in before["known"]] == [
        ("contact", '钱"采购'),
        ("customer", "甲厂"),
    ]
    asked = rep.post(path, {"to": [{"object": "contact", "id": buyer["id"]}]})
    assert asked.status_code == 201, asked.data
    assert [(g["name"], g["state"]) for g in asked.data["data"]] == [('钱"采购', "asked")]
    assert [k["object"] for k in asked.data["known"]] == ["customer"]
    run_jobs()
    (mail,) = post.sent
    assert mail["To"] == "qian@jia.example" and mail["Auto-Submitted"] is None
    first = calendar_of(mail)
    assert (first["METHOD"], first["SEQUENCE"], first["STATUS"]) == ("REQUEST", "0", "CONFIRMED")
    assert (first["SUMMARY"], first["LOCATION"]) == (r"验收；第一批", "二号厂房")
    assert first["ORGANIZER"] == 'ORGANIZER;CN="林销售":mailto:crm@firm.example'
    assert 'CN="钱采购"' in first["ATTENDEE"] and first["ATTENDEE"].endswith(":mailto:qian@jia.example")
    assert "砍价" not in mail.as_string() and "砍价" not in str(first)
    # The calendar answers, from whichever of their addresses.
    post.put(reply(first["UID"], "ACCEPTED"))
    assert read_mailbox(post.url) == {Outcome.FOR_OTHERS: 1}
    (guest,) = rep.get(path).data["data"]
    assert guest["state"] == "accepted" and guest["answered_at"]
    told = [n for n in rep.get("/notifications").data["data"] if n["kind"] == "event.answered"]
    assert len(told) == 1 and '钱"采购' in str(told[0]["title"]), told
    # Another place is told and the answer stands; another time asks anew, and an answer to the old one is void.
    body = {"version": event["version"], "place": "三号厂房"}
    event = rep.patch(f"/event/{event['id']}", body).data
    run_jobs()
    assert (calendar_of(post.sent[1])["SEQUENCE"], calendar_of(post.sent[1])["UID"]) == ("1", first["UID"])
    assert rep.get(path).data["data"][0]["state"] == "accepted"
    event = rep.patch(
        f"/event/{event['id']}", {"version": event["version"], "start_at": soon(5).isoformat()}
    ).data
    run_jobs()
    assert rep.get(path).data["data"][0]["state"] == "asked"
    assert take(reply(first["UID"], "DECLINED", sequence=1)) == Outcome.FOR_OTHERS
    assert rep.get(path).data["data"][0]["state"] == "asked"
    take(reply(first["UID"], "TENTATIVE", sequence=2))
    assert rep.get(path).data["data"][0]["state"] == "tentative"
    # What was written down besides is nobody's business.
    sent = len(post.sent)
    event = rep.patch(f"/event/{event['id']}", {"version": event["version"], "body": "带上合同"}).data
    run_jobs()
    assert len(post.sent) == sent
    # Deleted: cancelled. Back again: asked again, under the same name.
    assert rep.delete(f"/event/{event['id']}", {"version": event["version"]}).status_code == 204
    run_jobs()
    gone = calendar_of(post.sent[-1])
    assert (gone["METHOD"], gone["STATUS"], gone["UID"]) == ("CANCEL", "CANCELLED", first["UID"])
    assert rep.post(f"/event/{event['id']}/actions/restore").status_code == 200
    run_jobs()
    assert calendar_of(post.sent[-1])["METHOD"] == "REQUEST"
    # No longer asked: told once, and no answer counts any more.
    guest = rep.get(path).data["data"][0]
    assert rep.delete(f"{path}/{guest['id']}").status_code == 204
    assert rep.delete(f"{path}/{guest['id']}").status_code == 404
    run_jobs()
    assert calendar_of(post.sent[-1])["METHOD"] == "CANCEL"
    take(reply(first["UID"], "ACCEPTED", sequence=99))
    assert rep.get(path).data["data"][0]["state"] == "withdrawn"


def test_only_known_people_are_asked_by_who_may_change_the_event(
    rep: Door, firm: Firm, other_firm: Firm, post: Post
) -> None:
    event, buyer = meeting(rep)
    path = f"/follow-ups/events/{event['id']}/guests"
    stranger = made(rep, "contact", name="别家的", email="other@else.example")
    silent = made(rep, "contact", name="没邮箱", customer=event["customer"]["id"])
    colleague = firm.add("周同事", Role.MEMBER)
    theirs = other_firm.add("外人", Role.MEMBER)
    wanted = [{"object": "contact", "id": stranger["id"]}, {"object": "contact", "id": silent["id"]},
              {"object": "user", "id": str(theirs.id)}, {"object": "lead", "id": buyer["id"]}]  # fmt: skip
    assert errors(rep.post(path, {"to": wanted})) == [(f"to.{n}", "not_known") for n in range(4)]
    assert errors(rep.post(path, {"to": []})) == [("to", "required")]
    one = {"to": [{"object": "user", "id": str(colleague.id)}]}
    outside = firm.door(colleague)
    assert outside.get(path).status_code == outside.post(path, one).status_code == 404
    assert other_firm.door().get(path).status_code == 404
    assert rep.post(path, one).status_code == 201
    run_jobs()
    assert len(post.sent) == 1
    with session(firm.workspace.id):
        assert "@" not in EventGuest.objects.get().address, "kept sealed"
    # What has begun is asked to no more.
    past = made(rep, "event", subject="昨天", start_at=soon(-1).isoformat(), customer=event["customer"]["id"])
    over = rep.post(f"/follow-ups/events/{past['id']}/guests", one)
    assert (over.status_code, over.data["code"]) == (409, "has_begun")
    assert rep.get(f"/follow-ups/events/{past['id']}/guests").data["may_ask"] is False
    # Who sees the event and not the contact, reads that somebody is asked, and not who.
    rep.post(path, {"to": [{"object": "contact", "id": buyer["id"]}]})
    boss = firm.door()
    assert {g["name"] for g in boss.get(path).data["data"]} == {"周同事", '钱"采购'}
    made_up = rep.post(path, {"to": "everybody"})
    assert made_up.status_code == 422, made_up.data


def test_without_a_mailbox_answers_go_to_who_asked(rep: Door, post: Post, settings: Any) -> None:
    settings.GUANXI_BOUNCE_MAILBOX = ""
    event, buyer = meeting(rep)
    path = f"/follow-ups/events/{event['id']}/guests"
    asked = rep.post(path, {"to": [{"object": "contact", "id": buyer["id"]}]})
    assert asked.data["answers_come_back"] is False
    run_jobs()
    (mail,) = post.sent
    assert mail["Reply-To"] and calendar_of(mail)["ORGANIZER"].endswith(f":mailto:{mail['Reply-To']}")


def test_what_is_no_answer_changes_nothing(firm: Firm, rep: Door, post: Post) -> None:
    event, buyer = meeting(rep)
    path = f"/follow-ups/events/{event['id']}/guests"
    rep.post(path, {"to": [{"object": "contact", "id": buyer["id"]}]})
    with session(firm.workspace.id):
        uid = EventGuest.objects.get().uid
    guessed = uid[:-8] + "0" * 8
    plain = EmailMessage()
    plain.set_content(f"METHOD:REPLY\nUID:{uid}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example")
    broken = reply(uid, "ACCEPTED", method="REQUEST")
    for raw in (b"", b"\xff\xfe", plain.as_bytes(), broken, reply(uid, "NEEDS-ACTION"), reply(guessed + "@guanxi", "ACCEPTED"),
                reply("x" * 200_000, "ACCEPTED", folds=False)):  # fmt: skip
        assert take(raw) == Outcome.NO_REPORT
    assert rep.get(path).data["data"][0]["state"] == "asked"
    # The later of two answers counts, in whatever order they arrive; a clock that is ahead is not believed.
    now = timezone.now()
    take(reply(uid, "DECLINED", at=now + timedelta(days=400)))
    assert rep.get(path).data["data"][0]["answered_at"] < (now + timedelta(minutes=5)).isoformat()
    take(reply(uid, "ACCEPTED", at=now - timedelta(hours=1)))
    assert rep.get(path).data["data"][0]["state"] == "declined"


def test_an_answer_is_read_whatever_its_transfer_encoding() -> None:
    raw = reply("gx-1@guanxi", "tentative", sequence=7, folds=False)
    found = read_reply(raw)
    assert found is not None and (found.uid, found.answer, found.sequence) == ("gx-1@guanxi", "tentative", 7)
    assert b"base64" in raw


ZONE = ("BEGIN:VTIMEZONE", "TZID:China Standard Time", "BEGIN:STANDARD", "DTSTART:16010101T000000",
        "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "END:STANDARD", "END:VTIMEZONE")  # fmt: skip


def utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def test_another_time_that_a_guest_proposes_is_taken_or_left(rep: Door, firm: Firm, post: Post) -> None:
    event, buyer = meeting(rep, end_at=(soon() + timedelta(hours=2)).isoformat())
    path = f"/follow-ups/events/{event['id']}/guests"
    colleague = firm.add("周同事", Role.MEMBER)
    both = [{"object": "contact", "id": buyer["id"]}, {"object": "user", "id": str(colleague.id)}]
    rep.post(path, {"to": both})
    with session(firm.workspace.id):
        uid = EventGuest.objects.get(object_key="contact").uid
    then = soon(4)

    def proposed(*times: str, partstat: str = "TENTATIVE", **more: Any) -> Any:
        take(reply(uid, partstat, method="COUNTER", times=times, **more))
        return next(g for g in rep.get(path).data["data"] if g["object"] == "contact")

    found = proposed(f"DTSTART:{utc(then)}", f"DTEND:{utc(then + timedelta(hours=1))}")
    assert (found["state"], found["proposal"]["start_at"]) == ("tentative", utc_json(then))
    told = [n["title"] for n in rep.get("/notifications").data["data"] if n["kind"] == "event.answered"]
    assert len(told) == 1 and "proposes" in told[0], told
    other = next(g for g in rep.get(path).data["data"] if g["object"] == "user")
    assert rep.post(f"{path}/{other['id']}/proposal", {"answer": "accepted"}).status_code == 404
    assert rep.post(f"{path}/{found['id']}/proposal", {"answer": "maybe"}).status_code == 422
    stranger = firm.door(firm.add("外人", Role.MEMBER))
    assert stranger.post(f"{path}/{found['id']}/proposal", {"answer": "accepted"}).status_code == 404
    run_jobs()
    sent = len(post.sent)
    # It stays: only who asked for it is told, and what they said before stands.
    left = rep.post(f"{path}/{found['id']}/proposal", {"answer": "declined"})
    assert left.status_code == 200, left.data
    run_jobs()
    (mail,) = post.sent[sent:]
    assert (mail["To"], calendar_of(mail)["METHOD"], calendar_of(mail)["UID"]) == (
        "qian@jia.example",
        "DECLINECOUNTER",
        uid,
    )
    assert [g["proposal"] for g in left.data["data"]] == [None, None]
    assert rep.get(f"/event/{event['id']}").data["start_at"] == event["start_at"]
    # It moves: everybody is asked anew. It lasts as long as it did where no end is proposed.
    found = proposed(f"DTSTART:{utc(then)}", partstat="NEEDS-ACTION")
    assert found["proposal"] == {"start_at": utc_json(then), "end_at": None}
    moved = rep.post(f"{path}/{found['id']}/proposal", {"answer": "accepted"})
    assert moved.status_code == 200, moved.data
    now = rep.get(f"/event/{event['id']}").data
    assert (now["start_at"], now["end_at"]) == (utc_json(then), utc_json(then + timedelta(hours=2)))
    assert [(g["state"], g["proposal"]) for g in moved.data["data"]] == [("asked", None), ("asked", None)]
    run_jobs()
    assert len(post.sent) == sent + 3
    assert rep.post(f"{path}/{found['id']}/proposal", {"answer": "accepted"}).status_code == 404
    # An answer to the time that is no more proposes nothing; one that accepts takes a proposal back.
    assert proposed(f"DTSTART:{utc(then)}")["proposal"] is None
    assert proposed(f"DTSTART:{utc(soon(6))}", sequence=1)["proposal"]
    take(reply(uid, "ACCEPTED", sequence=1))
    assert rep.get(path).data["data"][0]["proposal"] is None


def test_times_that_cannot_be_told_propose_nothing(rep: Door, firm: Firm, post: Post) -> None:
    event, buyer = meeting(rep)
    path = f"/follow-ups/events/{event['id']}/guests"
    rep.post(path, {"to": [{"object": "contact", "id": buyer["id"]}]})
    with session(firm.workspace.id):
        uid = EventGuest.objects.get().uid
    start = soon(4)
    for times in (
        (), ("DTSTART;VALUE=DATE:20990101",), ("DTSTART:20990101T100000",), ("DTSTART;TZID=Nowhere/Else:20990101T100000",),
        ("DTSTART;TZID=../../etc/passwd:20990101T100000",), (f"DTSTART:{utc(soon(-1))}",), ("DTSTART:20991301T100000Z",),
        (f"DTSTART:{utc(start)}", f"DTEND:{utc(start - timedelta(hours=1))}"),
        (f"DTSTART:{utc(start)}", f"DTEND:{utc(start + timedelta(days=400))}"),
    ):  # fmt: skip
        take(reply(uid, "NEEDS-ACTION", method="COUNTER", times=times))
        (guest,) = rep.get(path).data["data"]
        assert (guest["state"], guest["proposal"]) == ("asked", None), times
    nine = datetime(2099, 1, 5, 1, tzinfo=UTC)
    for times, zone in (
        (("DTSTART;TZID=Asia/Shanghai:20990105T090000", "DURATION:PT1H30M"), ()),
        (('DTSTART;TZID="China Standard Time":20990105T090000', "DTEND;TZID=China Standard Time:20990105T103000"), ZONE),
        (("DTSTART:20990105T010000Z", "DTEND:20990105T023000Z"), ()),
    ):  # fmt: skip
        found = read_reply(reply(uid, "DECLINED", method="COUNTER", times=times, zone=zone))
        assert found is not None and (found.start, found.end) == (nine, nine + timedelta(minutes=90)), times
