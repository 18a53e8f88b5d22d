"""Stages three to six: proposals, negotiations, contracts, and care."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "approval_policy",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("amount_from", sa.BigInteger(), nullable=True),
        sa.Column("discount_below", sa.Integer(), nullable=True),
        sa.Column("manager", sa.Boolean(), nullable=False),
        sa.Column("legal", sa.Boolean(), nullable=False),
        sa.Column("general_manager", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_policy")),
    )
    op.create_index(op.f("ix_approval_policy_updated_at_id"), "approval_policy", ["updated_at", "id"], unique=False)
    op.create_table(
        "approval_step",
        sa.Column("contract_id", sa.String(length=36), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("approver", sa.String(length=80), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.String(length=32), nullable=True),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_step")),
    )
    op.create_index(op.f("ix_approval_step_contract_id"), "approval_step", ["contract_id"], unique=False)
    op.create_index(op.f("ix_approval_step_person_id"), "approval_step", ["person_id"], unique=False)
    op.create_index(op.f("ix_approval_step_updated_at_id"), "approval_step", ["updated_at", "id"], unique=False)
    op.create_table(
        "case_study",
        sa.Column("customer_name", sa.String(length=200), nullable=False),
        sa.Column("industry", sa.String(length=40), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_study")),
    )
    op.create_index(op.f("ix_case_study_updated_at_id"), "case_study", ["updated_at", "id"], unique=False)
    op.create_table(
        "contract",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("opportunity_id", sa.String(length=36), nullable=False),
        sa.Column("result_id", sa.String(length=36), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("list_price", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("submitted_by", sa.String(length=80), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("submitted_id", sa.String(length=36), nullable=False),
        sa.Column("party_a", sa.String(length=200), nullable=False),
        sa.Column("party_b", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("acceptance", sa.Text(), nullable=False),
        sa.Column("liability", sa.Text(), nullable=False),
        sa.Column("payment", sa.Text(), nullable=False),
        sa.Column("payment_days", sa.Integer(), nullable=True),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("delivery_days", sa.Integer(), nullable=True),
        sa.Column("support", sa.Text(), nullable=False),
        sa.Column("other_terms", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.String(length=40), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("archive_place", sa.String(length=200), nullable=False),
        sa.Column("archived_by", sa.String(length=80), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
    )
    op.create_index(op.f("ix_contract_customer_id"), "contract", ["customer_id"], unique=False)
    op.create_index(op.f("ix_contract_number"), "contract", ["number"], unique=False)
    op.create_index(op.f("ix_contract_opportunity_id"), "contract", ["opportunity_id"], unique=False)
    op.create_index(op.f("ix_contract_result_id"), "contract", ["result_id"], unique=False)
    op.create_index(op.f("ix_contract_submitted_id"), "contract", ["submitted_id"], unique=False)
    op.create_index(op.f("ix_contract_updated_at_id"), "contract", ["updated_at", "id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("opportunity_id", sa.String(length=36), nullable=False),
        sa.Column("contract_id", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("contacted_on", sa.Date(), nullable=True),
        sa.Column("contacted_by", sa.String(length=80), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("usage", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("signatory", sa.String(length=80), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_index(
        op.f("ix_delivery_contacted_on_delivered_on"),
        "delivery",
        ["contacted_on", "delivered_on"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(op.f("ix_delivery_contract_id"), "delivery", ["contract_id"], unique=False)
    op.create_index(op.f("ix_delivery_customer_id"), "delivery", ["customer_id"], unique=False)
    op.create_index(op.f("ix_delivery_opportunity_id"), "delivery", ["opportunity_id"], unique=False)
    op.create_index(op.f("ix_delivery_updated_at_id"), "delivery", ["updated_at", "id"], unique=False)
    op.create_table(
        "negotiation",
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("opportunity_id", sa.String(length=36), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("met_until", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("customer_people", sa.String(length=500), nullable=False),
        sa.Column("our_people", sa.String(length=500), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negotiation")),
    )
    op.create_index(op.f("ix_negotiation_customer_id"), "negotiation", ["customer_id"], unique=False)
    op.create_index(op.f("ix_negotiation_opportunity_id"), "negotiation", ["opportunity_id"], unique=False)
    op.create_index(op.f("ix_negotiation_updated_at_id"), "negotiation", ["updated_at", "id"], unique=False)
    op.create_table(
        "negotiation_plan",
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("opportunity_id", sa.String(length=36), nullable=False),
        sa.Column("list_price", sa.BigInteger(), nullable=True),
        sa.Column("floor_price", sa.BigInteger(), nullable=True),
        sa.Column("floor_discount", sa.Integer(), nullable=True),
        sa.Column("longest_payment_days", sa.Integer(), nullable=True),
        sa.Column("least_delivery_days", sa.Integer(), nullable=True),
        sa.Column("fixed_terms", sa.Text(), nullable=False),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("concessions", sa.Text(), nullable=False),
        sa.Column("alternative", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negotiation_plan")),
    )
    op.create_index(op.f("ix_negotiation_plan_customer_id"), "negotiation_plan", ["customer_id"], unique=False)
    op.create_index(op.f("ix_negotiation_plan_opportunity_id"), "negotiation_plan", ["opportunity_id"], unique=False)
    op.create_index(op.f("ix_negotiation_plan_updated_at_id"), "negotiation_plan", ["updated_at", "id"], unique=False)
    op.create_table(
        "negotiation_result",
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("opportunity_id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("submitted_by", sa.String(length=80), nullable=False),
        sa.Column("submitted_id", sa.String(length=36), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("payment", sa.Text(), nullable=False),
        sa.Column("payment_days", sa.Integer(), nullable=True),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("delivery_days", sa.Integer(), nullable=True),
        sa.Column("support", sa.Text(), nullable=False),
        sa.Column("other_terms", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negotiation_result")),
    )
    op.create_index(op.f("ix_negotiation_result_customer_id"), "negotiation_result", ["customer_id"], unique=False)
    op.create_index(
        op.f("ix_negotiation_result_opportunity_id"), "negotiation_result", ["opportunity_id"], unique=False
    )
    op.create_index(op.f("ix_negotiation_result_submitted_id"), "negotiation_result", ["submitted_id"], unique=False)
    op.create_index(
        op.f("ix_negotiation_result_updated_at_id"), "negotiation_result", ["updated_at", "id"], unique=False
    )
    op.create_table(
        "negotiation_term",
        sa.Column("negotiation_id", sa.String(length=36), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("term", sa.String(length=200), nullable=False),
        sa.Column("customer_position", sa.String(length=200), nullable=False),
        sa.Column("our_position", sa.String(length=200), nullable=False),
        sa.Column("consensus", sa.String(length=200), nullable=False),
        sa.Column("open_point", sa.String(length=200), nullable=False),
        sa.Column("carried_from", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negotiation_term")),
    )
    op.create_index(op.f("ix_negotiation_term_carried_from"), "negotiation_term", ["carried_from"], unique=False)
    op.create_index(op.f("ix_negotiation_term_negotiation_id"), "negotiation_term", ["negotiation_id"], unique=False)
    op.create_index(op.f("ix_negotiation_term_updated_at_id"), "negotiation_term", ["updated_at", "id"], unique=False)
    op.create_table(
        "objection",
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("opportunity_id", sa.String(length=36), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("strategy", sa.Text(), nullable=False),
        sa.Column("answer_id", sa.String(length=36), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index(op.f("ix_objection_answer_id"), "objection", ["answer_id"], unique=False)
    op.create_index(op.f("ix_objection_customer_id"), "objection", ["customer_id"], unique=False)
    op.create_index(op.f("ix_objection_opportunity_id"), "objection", ["opportunity_id"], unique=False)
    op.create_index(op.f("ix_objection_updated_at_id"), "objection", ["updated_at", "id"], unique=False)
    op.create_table(
        "objection_answer",
        sa.Column("objection", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("industry", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_answer")),
    )
    op.create_index(op.f("ix_objection_answer_updated_at_id"), "objection_answer", ["updated_at", "id"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("opportunity_id", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("delivery_days", sa.Integer(), nullable=True),
        sa.Column("least_days", sa.Integer(), nullable=True),
        sa.Column("presented_on", sa.Date(), nullable=True),
        sa.Column("presented_to", sa.String(length=200), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_customer_id"), "proposal", ["customer_id"], unique=False)
    op.create_index(op.f("ix_proposal_opportunity_id"), "proposal", ["opportunity_id"], unique=False)
    op.create_index(op.f("ix_proposal_updated_at_id"), "proposal", ["updated_at", "id"], unique=False)
    op.create_table(
        "proposal_module",
        sa.Column("proposal_id", sa.String(length=36), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=True),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_module")),
    )
    op.create_index(op.f("ix_proposal_module_proposal_id"), "proposal_module", ["proposal_id"], unique=False)
    op.create_index(op.f("ix_proposal_module_updated_at_id"), "proposal_module", ["updated_at", "id"], unique=False)
    op.create_table(
        "result_review",
        sa.Column("result_id", sa.String(length=36), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("approver", sa.String(length=80), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.String(length=32), nullable=True),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_review")),
    )
    op.create_index(op.f("ix_result_review_person_id"), "result_review", ["person_id"], unique=False)
    op.create_index(op.f("ix_result_review_result_id"), "result_review", ["result_id"], unique=False)
    op.create_index(op.f("ix_result_review_updated_at_id"), "result_review", ["updated_at", "id"], unique=False)
    op.create_table(
        "text_block",
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("industry", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_block")),
    )
    op.create_index(op.f("ix_text_block_updated_at_id"), "text_block", ["updated_at", "id"], unique=False)
    op.create_table(
        "value_line",
        sa.Column("proposal_id", sa.String(length=36), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=True),
        sa.Column("item", sa.String(length=200), nullable=False),
        sa.Column("cost_now", sa.BigInteger(), nullable=True),
        sa.Column("cost_after", sa.BigInteger(), nullable=True),
        sa.Column("efficiency", sa.Integer(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_line")),
    )
    op.create_index(op.f("ix_value_line_proposal_id"), "value_line", ["proposal_id"], unique=False)
    op.create_index(op.f("ix_value_line_updated_at_id"), "value_line", ["updated_at", "id"], unique=False)
    op.create_table(
        "visit",
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("opportunity_id", sa.String(length=36), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("visitor", sa.String(length=80), nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("new_needs", sa.Text(), nullable=False),
        sa.Column("follow_up", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("next_visit_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_customer_id"), "visit", ["customer_id"], unique=False)
    op.create_index(
        op.f("ix_visit_next_visit_on"),
        "visit",
        ["next_visit_on"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(op.f("ix_visit_opportunity_id"), "visit", ["opportunity_id"], unique=False)
    op.create_index(op.f("ix_visit_updated_at_id"), "visit", ["updated_at", "id"], unique=False)
    op.drop_index(op.f("ix_opportunity_stage"), table_name="opportunity", sqlite_where=sa.text("deleted_at IS NULL"))
    op.create_index(
        "ix_opportunity_stage",
        "opportunity",
        ["outcome", "stage", "updated_at", "id", "amount"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
