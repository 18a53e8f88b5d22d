"""What the rules say: checklists, findings, approvals."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

RULES: dict[str, object] = {
    "field.required": QT_TRANSLATE_NOOP("messages", "Needed before this can be finished; it can be kept without."),
    "chain.weights": QT_TRANSLATE_NOOP(
        "messages", "The weights add up to {total} %; they should be 100 % before this is finished."
    ),
    "chain.empty": QT_TRANSLATE_NOOP("messages", "Nobody is in the decision chain yet."),
    "chain.single_thread": QT_TRANSLATE_NOOP("messages", "Only one person of the decision chain has been met."),
    "prospecting.sheet": QT_TRANSLATE_NOOP("messages", "Customer sheet filled in"),
    "prospecting.contact": QT_TRANSLATE_NOOP("messages", "A contact who can be reached"),
    "prospecting.contact_verified": QT_TRANSLATE_NOOP("messages", "Contact details verified"),
    "prospecting.size_verified": QT_TRANSLATE_NOOP("messages", "Company size verified"),
    "prospecting.graded": QT_TRANSLATE_NOOP("messages", "Graded A, B or C"),
    "prospecting.follow_up": QT_TRANSLATE_NOOP("messages", "Next follow-up arranged"),
    "discovery.outline": QT_TRANSLATE_NOOP("messages", "Interview outline prepared"),
    "discovery.needs": QT_TRANSLATE_NOOP("messages", "Explicit and implicit needs recorded"),
    "discovery.weights": QT_TRANSLATE_NOOP("messages", "Decision chain adds up to 100 %"),
    "discovery.budget": QT_TRANSLATE_NOOP("messages", "Budget and period confirmed"),
    "discovery.letter_sent": QT_TRANSLATE_NOOP("messages", "Letter sent within 24 hours"),
    "discovery.confirmed": QT_TRANSLATE_NOOP("messages", "Confirmed by the customer"),
    "stage.reason_needed": QT_TRANSLATE_NOOP(
        "messages", "{open} items are still open. Please give a reason for moving on."
    ),
    "stage.no_opportunity": QT_TRANSLATE_NOOP("messages", "This customer has no open opportunity."),
    "stage.elsewhere": QT_TRANSLATE_NOOP(
        "messages", "This customer is in another stage by now. Nothing was changed; please look again."
    ),
    "round.another": QT_TRANSLATE_NOOP(
        "messages", "Another round has begun with this customer meanwhile. Nothing was changed; please look again."
    ),
    "duplicate.in_bin": QT_TRANSLATE_NOOP(
        "messages", "One of the two customers is in the recycle bin. Take it out first."
    ),
    "contract.there_already": QT_TRANSLATE_NOOP(
        "messages", "There is a contract from this result already. Change it, or draw up a new result first."
    ),
    "filter.nothing_to_compare": QT_TRANSLATE_NOOP("messages", "Please add a value to compare with, such as >200."),
    "filter.unknown_field": QT_TRANSLATE_NOOP("messages", "This list has no such field."),
    "paper.too_many": QT_TRANSLATE_NOOP(
        "messages", "{count} sheets are too many at once. Please select at most {limit}."
    ),
    "paper.kept_already": QT_TRANSLATE_NOOP("messages", "This very paper is kept with the record already."),
    "template.unknown": QT_TRANSLATE_NOOP(
        "messages", "{{{name}}} is not filled in: a contract has no such value. Known are: {known}."
    ),
    "template.no_headings": QT_TRANSLATE_NOOP("messages", "No line begins with #: the text has no articles."),
    "template.no_payment": QT_TRANSLATE_NOOP("messages", "The text says nothing of payment."),
    "template.no_delivery": QT_TRANSLATE_NOOP("messages", "The text says nothing of delivery."),
    "template.no_acceptance": QT_TRANSLATE_NOOP("messages", "The text says nothing of acceptance."),
    "template.no_liability": QT_TRANSLATE_NOOP("messages", "The text says nothing of liability for breach."),
    "template.no_disputes": QT_TRANSLATE_NOOP("messages", "The text does not say how disputes are settled."),
    "dates.order": QT_TRANSLATE_NOOP("messages", "This is before {day}, on which it depends. What you entered stands."),
    "amount.small": QT_TRANSLATE_NOOP("messages", "This is {amount} yuan. Did you mean 10,000 yuan (万)?"),
    "stage.last": QT_TRANSLATE_NOOP("messages", "This is the last stage."),
    "letter.no_needs": QT_TRANSLATE_NOOP(
        "messages", "Please record the customer's explicit needs first; the letter asks the customer to confirm them."
    ),
    "proposal.modules": QT_TRANSLATE_NOOP("messages", "All six modules done"),
    "proposal.value": QT_TRANSLATE_NOOP("messages", "Value in figures"),
    "proposal.within_capacity": QT_TRANSLATE_NOOP("messages", "Promises within what we can do"),
    "proposal.presented": QT_TRANSLATE_NOOP("messages", "Presented to the customer"),
    "proposal.objections": QT_TRANSLATE_NOOP("messages", "Every objection settled"),
    "promise.beyond_capacity": QT_TRANSLATE_NOOP(
        "messages", "{promised} days are promised, but we need {needed}. Do not promise what we cannot keep."
    ),
    "negotiation.limits": QT_TRANSLATE_NOOP("messages", "Limits set before the talks"),
    "negotiation.strategy": QT_TRANSLATE_NOOP("messages", "Key people's interests and concessions thought through"),
    "negotiation.held": QT_TRANSLATE_NOOP("messages", "Negotiation recorded"),
    "negotiation.settled": QT_TRANSLATE_NOOP("messages", "Nothing left open"),
    "negotiation.result": QT_TRANSLATE_NOOP("messages", "Result drawn up"),
    "negotiation.within_limits": QT_TRANSLATE_NOOP("messages", "Result within our limits"),
    "negotiation.reviewed": QT_TRANSLATE_NOOP("messages", "Reviewed by sales manager and legal"),
    "negotiation.none": QT_TRANSLATE_NOOP(
        "messages", "Please record a negotiation first; the result is drawn up from it."
    ),
    "limit.price": QT_TRANSLATE_NOOP("messages", "Please check the price with your plan before you agree."),
    "limit.payment": QT_TRANSLATE_NOOP("messages", "Please check the payment term with your plan before you agree."),
    "limit.delivery": QT_TRANSLATE_NOOP("messages", "Please check the delivery time with your plan before you agree."),
    "limit.price_unchecked": QT_TRANSLATE_NOOP(
        "messages", "The price could not be checked with your plan: these words name no single one."
    ),
    "limit.payment_unchecked": QT_TRANSLATE_NOOP(
        "messages", "The payment term could not be checked with your plan: these words name no single number of days."
    ),
    "limit.delivery_unchecked": QT_TRANSLATE_NOOP(
        "messages", "The delivery time could not be checked with your plan: these words name no single number of days."
    ),
    "price.asked": QT_TRANSLATE_NOOP(
        "messages", "“{words}” names no single price, so that none is taken from it. Which amount is to be paid?"
    ),
    "span.asked": QT_TRANSLATE_NOOP(
        "messages", "No number of days is taken from the words beside it. If there is one, please enter it."
    ),
    "span.day": QT_TRANSLATE_NOOP("messages", "Read as the day {day}, which is no number of days."),
    "span.months": QT_TRANSLATE_NOOP("messages", "{months} months are counted as {days} days."),
    "entry.late": QT_TRANSLATE_NOOP(
        "messages", "Entered more than 24 hours after the talk. It is kept, and marked as late."
    ),
    "contract.drafted": QT_TRANSLATE_NOOP("messages", "Contract drafted"),
    "contract.complete": QT_TRANSLATE_NOOP(
        "messages", "Complete: parties, price, payment, delivery, acceptance, liability"
    ),
    "contract.as_negotiated": QT_TRANSLATE_NOOP("messages", "The same as the negotiation result"),
    "contract.approved": QT_TRANSLATE_NOOP("messages", "Approved"),
    "contract.signed": QT_TRANSLATE_NOOP("messages", "Signed"),
    "contract.filed": QT_TRANSLATE_NOOP("messages", "Original filed"),
    "contract.no_result": QT_TRANSLATE_NOOP(
        "messages", "Please draw up the negotiation result first; the contract takes its terms from it."
    ),
    "contract.no_party_a": QT_TRANSLATE_NOOP("messages", "The customer's name as a party is missing."),
    "contract.no_party_b": QT_TRANSLATE_NOOP("messages", "Our company as a party is missing."),
    "contract.no_amount": QT_TRANSLATE_NOOP("messages", "The amount is missing."),
    "contract.no_acceptance": QT_TRANSLATE_NOOP("messages", "The acceptance standard is missing."),
    "contract.no_liability": QT_TRANSLATE_NOOP("messages", "The liability for breach is missing."),
    "contract.no_delivery": QT_TRANSLATE_NOOP("messages", "The delivery standard is missing."),
    "contract.no_payment": QT_TRANSLATE_NOOP("messages", "The payment terms are missing."),
    "contract.no_subject": QT_TRANSLATE_NOOP("messages", "What is sold is not described."),
    "contract.vague": QT_TRANSLATE_NOOP("messages", "“{word}” leaves open what is owed. Please say it exactly."),
    "contract.blank": QT_TRANSLATE_NOOP("messages", "Empty, with a line to write on in the text."),
    "contract.standard_text": QT_TRANSLATE_NOOP(
        "messages",
        "The company has no text of its own for this kind of contract in this language: SalesDesk's standard text is "
        "used. Have it checked, or correct the kind of contract.",
    ),
    "contract.vague_clause": QT_TRANSLATE_NOOP("messages", "A clause of the text leaves open what is owed: “{word}”."),
    "contract.differs": QT_TRANSLATE_NOOP("messages", "This is not what the negotiation result says."),
    "contract.signed_unapproved": QT_TRANSLATE_NOOP("messages", "Signed without approval inside the company."),
    "care.delivered": QT_TRANSLATE_NOOP("messages", "Delivery recorded"),
    "care.contacted": QT_TRANSLATE_NOOP("messages", "Customer called within 3 working days"),
    "care.accepted": QT_TRANSLATE_NOOP("messages", "Acceptance confirmed"),
    "care.visited": QT_TRANSLATE_NOOP("messages", "Visit recorded"),
    "care.next_visit": QT_TRANSLATE_NOOP("messages", "Next visit arranged"),
    "delivery.contact_late": QT_TRANSLATE_NOOP(
        "messages", "The first contact was due within 3 working days after delivery."
    ),
    "delivery.contact_due": QT_TRANSLATE_NOOP(
        "messages", "Due by {day}, by the days off as they were published for {years}."
    ),
    "delivery.contact_provisional": QT_TRANSLATE_NOOP(
        "messages",
        "Due by {day}, provisionally: the days off of {years} are not known yet. The office can enter them.",
    ),
    "visit.day_off": QT_TRANSLATE_NOOP("messages", "{day} is a day off."),
    "visit.likely_day_off": QT_TRANSLATE_NOOP(
        "messages", "{day} is probably a day off; the days off of {years} are not known yet."
    ),
    "calendar.unread": QT_TRANSLATE_NOOP(
        "messages", "This line is not understood: “{line}”. Example: 2月5日至11日, or 2027-02-05..2027-02-11"
    ),
    "calendar.missing": QT_TRANSLATE_NOOP(
        "messages", "{days} is off in every year but is not here. Days counted in this year stay provisional."
    ),
    "calendar.not_a_weekend": QT_TRANSLATE_NOOP("messages", "{day} is no weekend: it is worked in any case."),
    "visit.differs": QT_TRANSLATE_NOOP(
        "messages", "The rule for this grade proposes {proposed}. What you entered stands."
    ),
    "proposed.grade": QT_TRANSLATE_NOOP("messages", "By the expected need"),
    "proposed.visit": QT_TRANSLATE_NOOP("messages", "By the grade"),
    "proposed.visit_day_off": QT_TRANSLATE_NOOP("messages", "By the grade; a day off"),
    "proposed.visit_likely_day_off": QT_TRANSLATE_NOOP(
        "messages", "By the grade; probably a day off (the days off of {years} are not known yet)"
    ),
    "round.reason_needed": QT_TRANSLATE_NOOP("messages", "Please say why the round was lost."),
    "approval.not_its_turn": QT_TRANSLATE_NOOP("messages", "It is not this step's turn."),
    "approval.changed": QT_TRANSLATE_NOOP(
        "messages", "The paper was changed after it was submitted. It has to be submitted again."
    ),
    "approval.ended": QT_TRANSLATE_NOOP("messages", "This approval has ended; the paper has to be submitted again."),
    "approval.stands": QT_TRANSLATE_NOOP("messages", "What is in approval stands until the paper is submitted again."),
    "approval.own": QT_TRANSLATE_NOOP("messages", "Nobody decides on his own paper."),
    "approval.twice": QT_TRANSLATE_NOOP("messages", "You have already decided a step of this paper."),
    "approval.handed_to_another": QT_TRANSLATE_NOOP("messages", "This step was handed to somebody else."),
    "approval.not_your_role": QT_TRANSLATE_NOOP("messages", "This step is for another role."),
    "approval.reason_needed": QT_TRANSLATE_NOOP("messages", "Please give a reason."),
    "approval.incomplete": QT_TRANSLATE_NOOP("messages", "Please fill in the marked field before you submit."),
    "approval.running": QT_TRANSLATE_NOOP("messages", "This content is already in approval."),
    "approval.not_to_him": QT_TRANSLATE_NOOP(
        "messages", "This colleague has another role, submitted the paper, or has already decided a step."
    ),
    "approval.no_paper": QT_TRANSLATE_NOOP("messages", "The paper of this step is not here any more."),
    "approval.other_chain": QT_TRANSLATE_NOOP(
        "messages", "Who must approve has changed at the office since. Please submit the paper again."
    ),
    "approval.forged": QT_TRANSLATE_NOOP("messages", "A step can only be decided by its approver."),
    "team.not_a_leader": QT_TRANSLATE_NOOP("messages", "Only a manager hands customers over."),
    "team.to_whom": QT_TRANSLATE_NOOP("messages", "Please choose another colleague."),
    "duplicate.itself": QT_TRANSLATE_NOOP("messages", "A customer cannot be merged with itself."),
    "duplicate.credit_code": QT_TRANSLATE_NOOP("messages", "same credit code"),
    "duplicate.phone": QT_TRANSLATE_NOOP("messages", "same telephone number"),
    "duplicate.same_name": QT_TRANSLATE_NOOP("messages", "same name"),
    "duplicate.similar_name": QT_TRANSLATE_NOOP("messages", "similar name"),
    "duplicate.same_sound": QT_TRANSLATE_NOOP("messages", "sounds the same"),
}
