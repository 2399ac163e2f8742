"""`/assignment`: how leads are shared out, queues to take from, and why a lead is with whom it is."""

import uuid

from django.http import HttpResponse
from ninja import Router

from guanxi.domains.sales.assignment import queues, rebalancing, schemas, settings, simulating, told
from guanxi.engine.records.routes.bodies import answer
from guanxi.engine.records.routes.records import checks
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Assignment of leads"])
SIMULATIONS_A_MINUTE = 10


@router.get("/assignment", operation_id="assignment_get", summary="How leads are shared out")
def get_all(request: ApiRequest) -> HttpResponse:
    """The desk, rules in order, queues, and what each person takes; for who holds the area `sales`."""
    return answer(settings.overview(request.ctx))


@router.patch("/assignment", operation_id="assignment_desk", summary="Change the desk")
def save_desk(request: ApiRequest, body: schemas.DeskUpdate) -> HttpResponse:
    """Doors, hours, fallback, whether it is on. Needs the version."""
    return answer(settings.save_desk(request.ctx, body.dict(exclude_unset=True)))


@router.post("/assignment/rules", operation_id="assignment_rule_create", summary="Make a rule")
def create_rule(request: ApiRequest, body: schemas.RuleCreate) -> HttpResponse:
    """The last in order."""
    return answer(settings.create_rule(request.ctx, body.dict()), 201)


@router.put("/assignment/rules", operation_id="assignment_rules_order", summary="Put the rules in order")
def order_rules(request: ApiRequest, body: schemas.Order) -> HttpResponse:
    """All ids, first to last; 409 when rules have come or gone since."""
    return answer({"data": settings.order_rules(request.ctx, body.ids)})


@router.patch("/assignment/rules/{rule_id}", operation_id="assignment_rule_update", summary="Change a rule")
def update_rule(request: ApiRequest, rule_id: uuid.UUID, body: schemas.RuleUpdate) -> HttpResponse:
    """What is left out stays. Needs the version."""
    return answer(settings.update_rule(request.ctx, rule_id, body.dict(exclude_unset=True)))


@router.delete("/assignment/rules/{rule_id}", operation_id="assignment_rule_delete", summary="Delete a rule")
def delete_rule(request: ApiRequest, rule_id: uuid.UUID) -> HttpResponse:
    """What it gave stays where it is."""
    settings.delete_rule(request.ctx, rule_id)
    return HttpResponse(status=204)


@router.post("/assignment/queues", operation_id="assignment_queue_create", summary="Make a queue")
def create_queue(request: ApiRequest, body: schemas.QueueCreate) -> HttpResponse:
    """Leads wait in it for whoever of its members takes them."""
    return answer(settings.create_queue(request.ctx, body.dict()), 201)


@router.get("/assignment/queues", operation_id="assignment_queues_mine", summary="Queues I may take from")
def my_queues(request: ApiRequest) -> HttpResponse:
    """With how many leads wait in each."""
    return answer({"data": queues.my_queues(request.ctx)})


@router.patch(
    "/assignment/queues/{queue_id}", operation_id="assignment_queue_update", summary="Change a queue"
)
def update_queue(request: ApiRequest, queue_id: uuid.UUID, body: schemas.QueueUpdate) -> HttpResponse:
    """Its name and members. Needs the version."""
    return answer(settings.update_queue(request.ctx, queue_id, body.dict(exclude_unset=True)))


@router.delete(
    "/assignment/queues/{queue_id}", operation_id="assignment_queue_delete", summary="Delete a queue"
)
def delete_queue(request: ApiRequest, queue_id: uuid.UUID) -> HttpResponse:
    """Once no rule leads to it and nothing waits in it."""
    settings.delete_queue(request.ctx, queue_id)
    return HttpResponse(status=204)


@router.get(
    "/assignment/queues/{queue_id}/leads",
    operation_id="assignment_queue_leads",
    summary="What waits in a queue",
)
def waiting(request: ApiRequest, queue_id: uuid.UUID) -> HttpResponse:
    """The first 100, longest waiting first, without how to reach anybody."""
    return answer({"data": queues.waiting(request.ctx, queue_id)})


@router.post(
    "/assignment/queues/{queue_id}/take",
    operation_id="assignment_queue_take",
    summary="Take a lead from a queue",
)
def take(request: ApiRequest, queue_id: uuid.UUID, body: schemas.Take) -> HttpResponse:
    """The named one, or the one that has waited longest. 409 where somebody else was quicker or one has enough."""
    return answer(queues.take(request.ctx, queue_id, body.lead))


@router.put(
    "/assignment/people/{user_id}", operation_id="assignment_person", summary="Say what somebody takes"
)
def save_person(request: ApiRequest, user_id: uuid.UUID, body: schemas.PersonUpdate) -> HttpResponse:
    """Limits, territory, skills, hours, absence; what is left out stays."""
    return answer(settings.save_person(request.ctx, user_id, body.dict(exclude_unset=True)))


@router.put("/assignment/absence", operation_id="assignment_absence", summary="Say when I am away")
def save_absence(request: ApiRequest, body: schemas.Absence) -> HttpResponse:
    """No leads are given to me meanwhile."""
    return answer(settings.save_absence(request.ctx, body.dict()))


@router.post("/assignment/simulation", operation_id="assignment_simulate", summary="Try rules on past leads")
def simulate(request: ApiRequest, body: schemas.Simulation) -> HttpResponse:
    """Who would have got what; nothing is changed."""
    checks.count(f"assignment:{request.ctx.workspace.id}", SIMULATIONS_A_MINUTE)
    drafts = None if body.rules is None else [rule.dict() for rule in body.rules]
    return answer(simulating.simulate(request.ctx, drafts, body.days))


@router.post(
    "/assignment/rebalance/preview",
    operation_id="assignment_rebalance_preview",
    summary="Preview evening out",
)
def preview_rebalance(request: ApiRequest, body: schemas.Rebalance) -> HttpResponse:
    """The fewest moves of untouched leads that even out open work; nothing is changed."""
    return answer(rebalancing.preview(request.ctx, [t.dict() for t in body.people]))


@router.post("/assignment/rebalance", operation_id="assignment_rebalance", summary="Even out open leads")
def rebalance(request: ApiRequest, body: schemas.Moves) -> HttpResponse:
    """Make moves of a preview; those that no longer fit are left. It can be undone among my changes."""
    moves = [(move.lead, move.from_, move.to) for move in body.moves]
    return answer(rebalancing.carry_out_moves(request.ctx, [t.dict() for t in body.people], moves))


@router.get(
    "/assignment/leads/{record_id}", operation_id="assignment_why", summary="Why a lead is with whom it is"
)
def why(request: ApiRequest, record_id: uuid.UUID) -> HttpResponse:
    """The assignment in force and those before, each with its reason."""
    return answer(told.assignments_of(request.ctx, record_id))
