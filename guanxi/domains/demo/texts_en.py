"""What the people of the English sample firm write down."""

from guanxi.domains.demo.words import Texts

TEXTS = Texts(
    notes=(
        "They are comparing two proposals; what matters most is {concern}. {person} wants to see a sample machine first.",
        "Confirmed the quantity of {product} with {person}: about {n}. Budget is approved in month {month}.",
        "Walked the line: {n} people loading by hand on two shifts. They want to change it; the worry is {concern}.",
        "Sent version two of the technical proposal. {person} asked for the safety layout and a spare parts list.",
        "{rival} quoted last week, a little lower but with a longer lead time. They care more about {concern}.",
        "{person} needs one more internal review and asked for references on {product}.",
        "They have the quotation. Price is negotiable; they ask for payment in three steps.",
        "Sample parts passed, a cycle of {n} seconds is fine. Next: contract terms.",
        "The new plant starts in month {month}; the need for {product} is settled before that.",
        "Met the person in charge. Very interested in {product}; wants a return on investment sheet.",
        "No new project for now. Keep in touch, ask again about expansion at the end of the year.",
        "The machine runs well. {person} says operators learned quickly and mentioned {n} more next year.",
        "Happy with our last service visit, willing to recommend us.",
        "Talked about acceptance criteria: {concern} goes into the technical agreement.",
        "They propose two phases: {n} units first, more if it works.",
        "Sent the data sheets of {product}. Their engineer has interface questions; passed on to engineering.",
        "Met at the fair, called back today: they remember us and invited us to the plant next week.",
        "The tender is expected in month {month}. Discuss the parameters early.",
    ),
    calls={
        "interested": (
            "Interested in {product}, asked for material and a rough price.",
            "{person} invited us to see the line next week, mainly about {concern}.",
        ),
        "considering": (
            "Still comparing with {rival}, mostly on {concern}. Asked us to improve the proposal.",
            "More expensive than expected; thinking of one trial cell first.",
        ),
        "connected": ("Confirmed delivery details and the installation date.", "Checked invoice data; the contract is in the post."),
        "no_answer": ("", "No answer, try again later."),
        "no_need": ("No equipment budget this year.", "Already signed with {rival}."),
    },
    tasks=(
        "Call back about {product} and the sample schedule", "Send the revised quotation", "Prepare the return on investment for {product}",
        "Visit the site and check installation", "Send the technical agreement to {person}", "Follow up on the contract signature",
        "Invite {person} to the showroom", "Agree acceptance criteria with {person}", "Answer the question about {concern}",
    ),
    care_tasks=(
        "Check in 7 days after delivery", "Quarterly call", "Offer the yearly maintenance plan", "Ask about next year's expansion",
        "Check contacts and invoice data", "Long time no contact: call",
    ),
    events={
        "meeting": ("Review of the {product} proposal", "Project kick-off", "Commercial terms"),
        "visit": ("Visit {person}, see the line", "Site survey", "Management visit"),
        "demo": ("{product} demonstration", "Showroom visit and sample run", "Remote inspection demo"),
        "training": ("Operator training", "Maintenance training"),
    },
    needs=(
        "Please quote {product}, about {n} units.", "Labour is too expensive; we want automatic loading.", "New plant in month {month}, need a complete concept.",
        "Manual inspection misses defects; interested in vision.", "Saw you at the fair, would like to see a sample machine.",
        "Our old robots need replacing; {concern} matters most.",
    ),
    next_steps=("Revised quotation", "Site survey", "Sample test", "Technical agreement", "Negotiation", "Internal review", "Signature", "Confirm lead time"),
    concerns=("lead time", "cycle time", "gripper life", "service response", "price", "return on investment", "safety", "precision", "integration"),
    loss_notes={
        "price": ("More than ten percent above {rival}.", "Budget was 70 % of our price."),
        "competitor": ("They chose {rival} for the shorter lead time.",),
        "no_budget": ("The budget was cancelled.",),
        "no_decision": ("No decision in half a year, closed.",),
        "requirements": ("The cycle time was not reached.",),
        "delivery": ("They start in month {month}; we cannot deliver in time.",),
        "relationship": ("We never met the decision maker.",),
        "cancelled": ("The project was cancelled.",),
    },
    places=("Customer's plant", "Our showroom", "Customer's office", "Online", "Our office"),
)
