"""Lists under the most complex rights against the same lists for an administrator, and the access matrix of 200 people.

200 people in a tree of teams four levels deep own the customers. Who asks has a role with 20 masked fields,
five sharing rules lead them to more records, and they collaborate on some. A *seller* at the foot of the tree
sees their own besides, a *head of a branch* all that the teams below them have.

Ours: the median over loopback HTTP for the person; the floor: the same list for an administrator, each asked
in turn in the same run. The target is a ratio of 2. The matrix: every person's in one go, target 2 s.
"""

import http.client
import random
import time
import uuid
from typing import Any
from urllib.parse import quote

import orjson

from bench import made_up
from bench.measuring import Report, conditions
from bench.place import filled, served
from bench.writing import write
from guanxi.engine.access import changing, sharing
from guanxi.engine.access.models import Collaborator
from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.actions.accounts import create_account
from guanxi.engine.identity.models import Membership, Team
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx, Role, Via, session

DEFAULT_ROWS = 1000000
PEOPLE = 200
SPREAD = (1, 3, 9, 27)
TIMES, WARM = 30, 5
MASKED = ("phone mobile email wechat website region tax_number legal_representative registered_capital founded"
          " founded_date employees annual_revenue credit_limit payment_terms next_contact_at last_contact_at description"
          " relationship_level size").split()  # fmt: skip
OWN = {"see": "own", "create": True, "edit": "own", "delete": "own", "export": "own", "import": True, "assign": "own",
       "bulk": "own", "merge": "own"}  # fmt: skip
BELOW = {verb: "team_below" if reach == "own" else reach for verb, reach in OWN.items()}
FILTERS: tuple[dict[str, Any], ...] = (
    {"and": [{"field": "industry", "op": "is", "value": "education"}, {"field": "tags", "op": "has_any", "value": ["软件"]}]},
    {"field": "tags", "op": "has_any", "value": ["光电"]},
    {"field": "annual_revenue", "op": "gt", "value": 49_000_000},
    {"field": "name", "op": "contains", "value": "鼎远"},
    {"field": "parent.industry", "op": "is", "value": "finance"},
)  # fmt: skip


def run(rows: int) -> Report:
    """Fill once, serve, measure."""
    with filled(lambda: _fill(rows)) as kept:
        report = Report("rights", conditions(customers=rows, people=PEOPLE, rules=5, masked=len(MASKED)))
        with served() as (host, port):
            _measure(report, kept, http.client.HTTPConnection(host, port))
    return report


def _measure(report: Report, kept: dict[str, Any], web: http.client.HTTPConnection) -> None:
    def call(token: str, path: str) -> Any:
        web.request("GET", f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"})
        answer = web.getresponse()
        read = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {read[:300].decode()}")
        return orjson.loads(read)

    tree = quote(orjson.dumps({"field": "industry", "op": "is", "value": "education"}).decode())
    lists = {
        "by name": "/customer?sort=name", "newest first": "/customer", "industry": f"/customer?sort=name&filter={tree}",
        "no count": "/customer?sort=name&count=false",
    }  # fmt: skip
    for who in ("seller", "head"):
        for name, path in lists.items():
            ours, floor = _in_turn(
                lambda p=path, w=who: call(kept[w], p), lambda p=path: call(kept["admin"], p)
            )
            report.add(f"list {name}: {who}", ours, floor)
    for _ in range(2):  # the first warms
        start = time.perf_counter()
        for person in kept["people"]:
            call(kept["admin"], f"/access/matrix?user={person}")
        taken = time.perf_counter() - start
    report.add(f"access matrix of {len(kept['people'])} people", taken, None, "s")
    start = time.perf_counter()
    call(kept["admin"], "/access/people?object=customer&verb=see")
    report.add("who may see customers", (time.perf_counter() - start) * 1000, None)


def _in_turn(ours: Any, floor: Any) -> tuple[float, float]:
    """Medians of both, asked one after the other, so that what else the machine does falls on both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for i in range(TIMES + WARM):
        for work, kept in zip((ours, floor), taken, strict=True):
            start = time.perf_counter()
            work()
            if i >= WARM:
                kept.append((time.perf_counter() - start) * 1000)
    one, other = (sorted(some)[len(some) // 2] for some in taken)
    return one, other


def _fill(rows: int) -> dict[str, Any]:
    with session(None):
        user = create_account(
            email="bench@example.com", name="Bench", password=uuid.uuid4().hex, verified=True
        )
        workspace = identity.create_workspace("Bench", admin=user)
    with session(workspace.id):
        info, actor = identity.load_actor(workspace.id, user.id)
        ctx = Ctx(workspace=info, actor=actor, via=Via.IMPORT)
        teams, people = _people(ctx, workspace.id)
        industries = [o.value for o in get_object(ctx, "customer").fields["industry"].options]
        _, admin = identity.create_token(ctx, user_id=user.id, name="admin")
    rng = random.Random(20)
    parents: list[uuid.UUID] = []

    def customer(n: int) -> dict[str, Any]:
        return {
            "name": made_up.firm(rng, n), "phone": made_up.mobile(n), "industry": made_up.pick(rng, industries),
            "owner": people[n % PEOPLE], "tags": [rng.choice(made_up.TRADES)], "annual_revenue": rng.randrange(50_000_000),
            **({"parent": rng.choice(parents)} if parents and rng.random() < 0.1 else {}),
        }  # fmt: skip

    parents += write(ctx, "customer", min(2000, rows // 2), customer)
    ids = write(ctx, "customer", rows - len(parents), customer)
    with session(workspace.id):
        tokens = _rights(workspace.id, user.id, teams, people, rng.sample(ids, min(len(ids), 200)))
    return {"admin": admin, "people": [str(i) for i in people], **tokens}


def _people(ctx: Ctx, workspace: uuid.UUID) -> tuple[list[list[Team]], list[uuid.UUID]]:
    """Teams by level, and people spread over those of the lowest; the first heads a branch, the last sells."""
    levels: list[list[Team]] = []
    for number in SPREAD:
        above = levels[-1] if levels else [None]
        levels.append(
            [Team.objects.create(workspace_id=workspace, name=f"{number}-{i}", parent=above[i % len(above)])
             for i in range(number)]
        )  # fmt: skip
    people = []
    for i in range(PEOPLE):
        person = create_account(
            email=f"p{i}@example.com", name=f"同事{i}", password=uuid.uuid4().hex, verified=True
        )
        identity.add_member(workspace, person, role=Role.LIMITED)
        people.append(person.id)
        team = levels[1][0] if i == 0 else levels[-1][i % SPREAD[-1]]
        Membership.objects.filter(workspace_id=workspace, user_id=person.id).update(team=team)
    return levels, people


def _rights(
    workspace: uuid.UUID, boss: uuid.UUID, teams: list[list[Team]], people: list[uuid.UUID], shared: list[uuid.UUID]
) -> dict[str, Any]:  # fmt: skip
    def context() -> Ctx:
        info, actor = identity.load_actor(workspace, boss)
        return Ctx(workspace=info, actor=actor, via=Via.WEB)

    masks = {"customer": dict.fromkeys(MASKED, "masked")}
    for key, line in (("seller", OWN), ("head", BELOW)):
        given = {
            "key": key,
            "name": {"zh-CN": key, "en": key},
            "rights": {"objects": {"*": line}, "fields": masks},
        }
        changing.create_role(context(), given)
    members = Membership.objects.filter(workspace_id=workspace)
    members.filter(user_id__in=people).update(extra_roles=["seller"])
    members.filter(user_id=people[0]).update(extra_roles=["head"])
    targets = [
        ("team", teams[0][0].id),
        ("role", "seller"),
        ("role", "head"),
        ("team", teams[1][0].id),
        ("team", teams[0][0].id),
    ]
    for tree, (kind, key) in zip(FILTERS, targets, strict=True):
        rule = {
            "name": {"zh-CN": kind, "en": kind},
            "object": "customer",
            "filter": tree,
            "to_kind": kind,
            "to": str(key),
        }
        sharing.create_rule(context(), rule)
    seller = people[27 * 3]  # in a team of the head's branch
    for tree, (kind, key) in ((FILTERS[2], ("user", seller)), (FILTERS[1], ("user", people[0]))):
        rule = {
            "name": {"zh-CN": kind, "en": kind},
            "object": "customer",
            "filter": tree,
            "to_kind": kind,
            "to": str(key),
        }
        sharing.create_rule(context(), rule)
    Collaborator.objects.bulk_create(
        [Collaborator(workspace_id=workspace, object_key="customer", record_id=i, user_id=person)
         for i in shared for person in (seller, people[0])]
    )  # fmt: skip
    _, one = identity.create_token(context(), user_id=seller, name="seller")
    _, other = identity.create_token(context(), user_id=people[0], name="head")
    return {"seller": one, "head": other}
