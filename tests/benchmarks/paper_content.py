"""The letter and the twelve-page proposal of the benchmark: plain texts, known to every writer of PDFs alike."""

COMPANY, CUSTOMER = "北京示例软件有限公司", "××科技有限公司"
LETTER_POINTS = {
    "pains": ("核心痛点描述", "客户信息分散，跟进效率低；报表靠手工汇总，月底才能看到进展。"),
    "explicit_needs": ("显性需求", "需要统一的客户管理平台，支持API对接、数据导出（Excel/CSV）。"),
    "implicit_needs": ("隐性需求", "希望实现客户数据与销售业绩联动，“人走客户不走”。"),
    "budget": ("预算范围", "预算控制在20万以内"),
    "cooperation_period": ("合作周期", "三年，2024年4月起"),
}
LETTER_WORDS = (
    "尊敬的张*：",
    "感谢您于2024-03-05接受我们的访谈。以下是我们对贵公司需求的理解，请予核对。",
    "如内容无误，请在三个工作日内确认并签回；如需调整，请直接在右侧注明。",
)
_PARAGRAPHS = {
    "pains": "贵公司的客户信息分散在各销售人员的表格与聊天记录中，人员变动时难以交接，历史沟通无从追溯；"
    "跟进依靠个人记忆，到期未跟进的客户平均占三成，管理层只能在月末汇总时看到进展，来不及调整。",
    "overview": "我们建议以统一的客户管理平台（CRM）为中心，把客户信息、跟进计划、方案、谈判与合同连成一条线。"
    "平台在没有网络的现场同样可用，回到办公室后一键同步；核心价值：客户跟进效率提升30%，管理者随时看到真实进展。",
    "features": "客户信息管理：一个客户一张卡片，联系人、需求、决策链与历次沟通集中呈现；跟进提醒按客户等级与下次跟进"
    "时间自动生成今日清单；合同与审批逐项核对，按审批权限逐级审核，全程留痕（见《实施计划》第3.5节）。",
    "value": "下列数据基于贵公司提供的现状，按实施后的保守估计计算；误差不超过±5%，以2024年第2季度实际数据为准。",
    "plan": "第一阶段（第1周）：需求确认，完成数据清点与字段对应。第二阶段（第2–3周）：系统搭建，导入历史数据并核对。"
    "第三阶段（第4周）：人员培训，分角色演练。第四阶段（第5周）：正式上线，客户成功经理驻场一周。",
    "cases": "以下客户与贵公司同处一个行业，规模相近。",
}
_REPEATED = {"pains": 18, "overview": 20, "features": 30, "value": 2, "plan": 22, "cases": 1}
MODULES = {name: "\n".join([text] * _REPEATED[name]) for name, text in _PARAGRAPHS.items()}
TITLES = {
    "pains": "客户痛点分析",
    "overview": "解决方案概述",
    "features": "功能介绍",
    "value": "价值量化说明",
    "plan": "实施计划",
    "cases": "成功案例",
}
VALUE_ROWS = [
    (f"{item}（{place}）", 400_000 + 1000 * number, 230_000 + 900 * number, 30 + number)
    for number, (item, place) in enumerate(
        (item, place)
        for place in ("总部", "华东", "华南", "西部")
        for item in ("客户跟进人工成本", "月度报表编制", "合同返工与延误", "平台年度服务费")
    )
]
CASES = [
    ("华东某软件集团", "上线三个月，到期未跟进客户由31%降至4%，人均每周节省6小时。"),
    ("××数据服务公司", "合同返工减少八成。"),
]


def value_table() -> list[tuple[str, ...]]:
    """The rows of the value table as text, with its head."""
    head = ("量化项目", "现状（元）", "实施后（元）", "效率提升")
    return [head, *((item, f"{now:,}.00", f"{then:,}.00", f"{gain}%") for item, now, then, gain in VALUE_ROWS)]
