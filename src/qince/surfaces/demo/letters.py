"""Messages to the demo's people, and one incident drill held last week."""

from datetime import time, timedelta

from qince.core.incidents import parts, telling
from qince.core.incidents.actions import add_affected, open_incident, write_parts
from qince.core.letters.actions import Addressee, mark_read, recall, send
from qince.core.letters.models import Letter
from qince.core.letters.registry import FREE
from qince.core.people.models import Employee
from qince.engines.notifications.actions import set_quiet
from qince.surfaces.demo.company import SHOWN, Company
from qince.surfaces.demo.days import Setting

MESSAGES = (
    (9, "中秋陈列活动开始", "本周起请在每次拜访时拍摄堆头照片，活动门店名单见路线。"),
    (4, "请完善门店联系人", "您负责的门店中有几家没有联系人，请在下次拜访时补充。"),
    (1, "本周例会改到周五上午九点", "地点不变，请带上本周的竞品照片。"),
)
ABOUT = (
    ("demo:stock", True, "门店断货待处理", "三家门店反馈主推品断货，请今天安排补货。"),
    ("demo:route", False, "路线调整待确认", "城南路线的调整建议等待确认。"),
)
DRILL = {
    "data_kinds": "姓名、手机号（演练）",
    "cause": "导出的通讯录误发到外部邮箱（演练设定）。",
    "harm": "信息泄露，可能收到骚扰电话。",
    "facts": "演练：一份含 60 人的通讯录被误发，已联系收件方删除。",
    "measures": "已撤回邮件，收紧导出权限。",
    "advice": "警惕陌生来电，不要透露验证码。",
    "remedies": "可申请更换工作号码。",
}


def write(made: Company, setting: Setting) -> None:
    """Call inside the organization."""
    readers = [made.admin.person_id, *Employee.objects.filter(number__in=SHOWN).values_list("pk", flat=True)]
    to = [Addressee(employee_id=key) for key in readers]
    for days_ago, title, body in MESSAGES:
        at = setting.now - timedelta(days=days_ago)
        send(made.admin, to=to, kind=FREE, values={"title": title, "body": body}, now=at)
    oldest = (
        Letter.objects.filter(employee=made.admin.person_id)
        .order_by("created_at")
        .values_list("pk", flat=True)
    )
    mark_read(made.admin, letter_ids=list(oldest[:1]), now=setting.now)
    _about_one_thing(made, setting)
    set_quiet(
        made.admin, is_on=True, starts=time(21), ends=time(8), days=[1, 2, 3, 4, 5, 6],
        zone=made.organization.time_zone, now=setting.now,
    )  # fmt: skip
    _drill(made, setting)


def _about_one_thing(made: Company, setting: Setting) -> None:
    """Something urgent that still waits, and something that was settled by somebody else meanwhile."""
    to = [Addressee(employee_id=made.admin.person_id)]
    for about, is_urgent, title, body in ABOUT:
        values = {"title": title, "body": body}
        send(made.admin, to=to, kind=FREE, values=values, urgent=is_urgent, dedupe=about, now=setting.now)
    recall(made.admin, dedupe=ABOUT[1][0], now=setting.now)


def _drill(made: Company, setting: Setting) -> None:
    at = setting.now - timedelta(days=7)
    drill = open_incident(made.admin, now=at, title="通讯录误发（季度演练）", discovered_at=at, is_drill=True)
    drill = write_parts(made.admin, drill, now=at, **DRILL)
    for employee in Employee.objects.present().order_by("number")[:8]:
        add_affected(made.admin, drill, now=at, employee=employee)
    if not parts.missing(drill):  # without the operator's contact even a drill stops there
        telling.tell(made.admin, drill, now=at)
