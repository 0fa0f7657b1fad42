"""The inbox: a message becomes a case with a number, and the number goes back to the sender."""

import mailbox
from email.message import EmailMessage

import pytest
from django.core.management import call_command

from qince.core.letters.models import Letter
from qince.core.rights import papers
from qince.core.rights.models import Case
from qince.kit.tenancy import tenant


def message(sender="王芳 <wang@x.example>", text="请提供我的个人信息副本"):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "privacy@x.example", "查询"
    made.set_content(text)
    return made


@pytest.mark.clause("C9-03")
def test_a_mail_gives_a_case_number(organization, tmp_path, capsys):
    """From a Maildir, each message once; the sender is told the number by mail; the message stays as evidence."""
    box = mailbox.Maildir(tmp_path / "box", create=True)
    box.add(bytes(message()))
    call_command("read_privacy_mail", organization.name, str(tmp_path / "box"))
    call_command("read_privacy_mail", str(organization.pk), str(tmp_path / "box"))  # nothing new
    number = capsys.readouterr().out.strip()
    with tenant(organization):
        case = Case.objects.get()
        assert (case.number, case.channel, case.state) == (number, "email", "identity")
        assert (case.contact_name, case.contact_email) == ("王芳", "wang@x.example")
        assert "副本" in case.details
        letter = Letter.objects.get(kind="rights.received")
        assert (letter.email, letter.values["number"]) == ("wang@x.example", number)
        assert papers.content_of(case.files.get()).startswith(b"From:")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a message at all",
        b"From: <>\n\n\xff\xfe",
        b"Content-Type: text/plain; charset=nope\n\n\xe4",
    ],
)
def test_a_broken_message_is_a_case_all_the_same(organization, tmp_path, content):
    path = tmp_path / "mail"
    path.write_bytes(content or b"\n")
    call_command("read_privacy_mail", organization.name, str(path))
    with tenant(organization):
        assert Case.objects.count() == 1
