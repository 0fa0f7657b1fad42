"""The columns of an address book: our template's headings, DingTalk's and WeCom's."""

from django.utils.translation import gettext_lazy as _

from qince.core.people.importing import AddressBookPlanner
from qince.core.people.rules import MASK_MOBILE
from qince.kit.identifiers import mobile_local
from qince.kit.resource import Field, Import, parsing


def _yes_each(cell: str) -> list[bool]:
    """DingTalk says for each department of the row whether the person heads it: `是,否`."""
    return [parsing.yes_no(part) for part in parsing.many(cell)]


ADDRESS_BOOK = Import(
    planner=AddressBookPlanner,
    attestation=_("The people listed were informed that their data is entered here, and have agreed to it."),
    hint=_("Address books exported from DingTalk and WeCom are understood as they are."),
    fields=(
        Field(
            "name",
            _("Full name"),
            ("姓名", "员工姓名", "成员姓名", "名字", "Name"),
            parse=parsing.text(60),
            is_required=True,
            example="王芳",
        ),
        Field(
            "mobile",
            _("Mobile"),
            ("手机号", "手机", "手机号码", "联系电话", "Mobile number", "Phone"),
            parse=parsing.mobile,
            is_required=True,
            mask=MASK_MOBILE,
            words=lambda e164: mobile_local(e164),
            example="19900000101",
        ),
        Field(
            "number",
            _("Employee number"),
            ("工号", "员工编号", "员工工号", "Employee ID", "Number"),
            parse=parsing.text(40),
            example="E001",
        ),
        Field(
            "departments",
            _("Departments"),
            ("部门", "所属部门", "所在部门", "Department", "主部门", "部门路径"),
            parse=parsing.many,
            example="销售部/华东一区;市场部",
        ),
        Field(
            "is_head",
            _("Heads the department"),
            ("是否此部门主管", "是否部门主管", "部门主管", "部门负责人", "Department head"),
            parse=_yes_each,
        ),
        Field(
            "position",
            _("Job title"),
            ("职位", "职务", "岗位", "Title", "Job title"),
            parse=parsing.text(60),
            example="业务代表",
        ),
        Field(
            "leader",
            _("Direct leader"),
            (
                "直属上级",
                "直属主管",
                "直接上级",
                "直接主管",
                "上级",
                "汇报对象",
                "Leader",
                "Manager",
                "Reports to",
            ),
            parse=parsing.text(80),
            example="E002",
        ),
        Field(
            "hired_on",
            _("Date of employment"),
            ("入职日期", "入职时间", "Hire date", "Hired on"),
            parse=parsing.day,
            example="2024-03-01",
        ),
        Field(
            "birthday",
            _("Birthday, of people under 18"),
            ("出生日期", "生日", "出生年月日", "Birthday", "Date of birth"),
            parse=parsing.day,
        ),
        Field(
            "email",
            _("E-mail"),
            ("邮箱", "企业邮箱", "个人邮箱", "电子邮箱", "电子邮件", "Email"),
            parse=parsing.email,
            example="wang.fang@example.com",
        ),
    ),
)
