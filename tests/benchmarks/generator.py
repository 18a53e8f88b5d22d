"""A workspace of 100,000 customers and about a million records, made in bulk. The same seed makes the same rows.

`python -m tests.benchmarks.generator DIR [customers]`
"""

import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, text

from salesdesk.records.discovery import ConfirmationLetter, DecisionRole, NeedsAnalysis, Outline
from salesdesk.records.prospecting import INDUSTRIES, Contact, Customer
from salesdesk.records.work import Opportunity, Task
from salesdesk.store import queries, search
from salesdesk.store.tables import journal, search_item
from salesdesk.store.workspace import Workspace, new_id
from tests.factories import KEY, make_workspace

CUSTOMERS = 100_000
PLACES = [
    "北京",
    "上海",
    "广州",
    "深圳",
    "苏州",
    "杭州",
    "宁波",
    "南京",
    "武汉",
    "成都",
    "重庆",
    "青岛",
    "厦门",
    "长沙",
    "西安",
    "东莞",
]
WORDS = [
    "华源",
    "立新",
    "东方",
    "明德",
    "海川",
    "启航",
    "金盾",
    "绿洲",
    "恒信",
    "天宇",
    "博远",
    "中联",
    "瑞丰",
    "智云",
    "永泰",
    "联创",
]
LINES = [
    "科技",
    "制造",
    "物流",
    "医疗",
    "食品",
    "教育",
    "安防",
    "酒店",
    "电子",
    "精密",
    "软件",
    "贸易",
    "建材",
    "环保",
    "能源",
    "生物",
]
FAMILIES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "伟芳敏静丽强磊洋勇艳杰娟涛明超秀霞平刚桂"
STAGES = ["prospecting"] * 6 + ["discovery"] * 3 + ["proposal"] * 2 + ["negotiation", "contract", "care", "care"]
CHUNK = 2_000


FORMS = (Customer, Contact, Opportunity, Outline, NeedsAnalysis, DecisionRole, ConfirmationLetter, Task)


class Chunk:
    """Rows of a few thousand customers, ten records each, on their way into the workspace."""

    def __init__(self) -> None:
        self.rows: dict[type, list[dict]] = {form: [] for form in FORMS}
        self.items: list[dict] = []
        self.texts: list[dict] = []
        self.entries: list[dict] = []

    def add(self, form, at, **values):
        meta = {"territory": "east", "rev": 1, "created_at": at, "updated_at": at, "created_by": "p", "updated_by": "p"}
        record = form(id=new_id(), **meta, **values)
        self.rows[form].append({column.name: getattr(record, column.name) for column in form.__table__.columns})
        return record

    def write(self, workspace):
        with workspace.writing() as session:
            for form, rows in self.rows.items():
                session.execute(insert(form.__table__), rows)
            session.execute(insert(search_item), self.items)
            session.execute(
                text("INSERT INTO search_text(rowid, chars, sounds) VALUES (:row, :chars, :sounds)"), self.texts
            )
            session.execute(insert(journal), self.entries)


def build(folder: Path, customers: int = CUSTOMERS, seed: int = 7) -> Workspace:
    """Fill a new workspace; returns it open. All journal entries but the last 50 are accepted."""
    chance = random.Random(seed)
    workspace = make_workspace(folder)
    for first in range(0, customers, CHUNK):
        chunk = Chunk()
        for number in range(first, min(first + CHUNK, customers)):
            add_customer(chunk, chance, number, waiting=number >= customers - 50)
        chunk.write(workspace)
    with workspace.writing() as session:
        session.execute(text("ANALYZE"))
    return workspace


def add_customer(chunk: Chunk, chance: random.Random, number: int, *, waiting: bool) -> None:
    """One customer with everything of his round, indexed and journaled."""
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number * 250)
    name = chance.choice(PLACES) + chance.choice(WORDS) + chance.choice(LINES) + f"{number % 997}有限公司"
    customer = chunk.add(
        Customer,
        at,
        name=name,
        industry=chance.choice(INDUSTRIES).value,
        employees=chance.randint(10, 5000),
        revenue=chance.randint(1, 900) * 10**9,
        city=chance.choice(PLACES),
        need="需要客户管理系统",
        owner="李伟",
        grade=chance.choice("ABC"),
        follow_up_on=date(2026, 11, 23) + timedelta(days=chance.randint(-2, 400)),
        status="active",
    )
    people = []
    for _ in range(2):
        person = chance.choice(FAMILIES) + chance.choice(GIVEN)
        phone = f"13{chance.randint(0, 10**9 - 1):09d}"
        people.append(chunk.add(Contact, at, customer_id=customer.id, name=person, phone=phone))
    opportunity = chunk.add(
        Opportunity,
        at,
        customer_id=customer.id,
        subject=name,
        round=1,
        stage=chance.choice(STAGES),
        outcome="open",
    )
    links = {"customer_id": customer.id, "opportunity_id": opportunity.id}
    chunk.add(Outline, at, subject=name, planned_on=at.date(), **links)
    analysis = chunk.add(
        NeedsAnalysis, at, interviewed_on=at.date(), pains="客户信息分散", explicit_needs="平台", **links
    )
    for row_no, weight in enumerate((60, 40), start=1):
        chunk.add(DecisionRole, at, analysis_id=analysis.id, row_no=row_no, role="总经理", weight=weight)
    letter = {"analysis_id": analysis.id, "reference": f"XQ-{number}", "sent_at": at, "state": "sent"}
    chunk.add(ConfirmationLetter, at, **letter, **links)
    chunk.add(Task, at, customer_id=customer.id, subject="回访", done=number % 50 > 0, due_on=at.date())
    spoken = [(customer, name, name), *((p, p.name, f"{p.name} {p.phone}") for p in people)]
    for place, (record, title, words) in enumerate(spoken, start=number * 3 + 1):
        item = {"rowid": place, "entity": record.__tablename__, "record_id": record.id}
        chunk.items.append(item | {"customer_id": customer.id, "title": title, "detail": ""})
        chunk.texts.append(
            {"row": place, "chars": search.spaced(words), "sounds": search.sounds(title, person=place % 3 != 1)}
        )
    chunk.entries.append(
        {
            "territory": "east",
            "seq": number + 1,
            "batch_first": number + 1,
            "action": "save.customer",
            "entity": "customer",
            "record_id": customer.id,
            "kind": "create",
            "fields": {"name": [None, name]},
            "base_rev": 0,
            "wall_ms": int(at.timestamp() * 1000),
            "boot_id": "b",
            "mono_ms": number,
            "by": "p",
            "schema": 1,
            "hash": b"",
            "state": "waiting" if waiting else "accepted",
        }
    )


def shared(folder: Path, customers: int = CUSTOMERS) -> Path:
    """The workspace folder under `folder`, built at the first call."""
    path = folder / f"{customers}-customers"
    if not (path / "complete").exists():
        build(path, customers).close()
        (path / "complete").touch()
    return path


if __name__ == "__main__":
    began = time.perf_counter()
    made = shared(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else CUSTOMERS)
    opened = Workspace.open(made, KEY)
    with opened.reading() as reading:
        counted = sum(queries.count(reading, form) for form in FORMS)
    opened.close()
    size = (made / "workspace.db").stat().st_size / 1e6
    print(f"{counted} records, {size:.0f} MB, {time.perf_counter() - began:.0f} s")
