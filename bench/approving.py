"""Asking for approval and deciding: a rep's request for overtime from the phone, and the leader's word on one."""

import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from bench import asked
from bench.load import Request
from bench.operations import ENTER, ID, SEALED, Operation, all_accepted, headers_of, operation, push, reps_of
from bench.seed import Seed, dumps
from qince.kit.ids import uuid7

FIRST = datetime(2030, 1, 7, 1, tzinfo=UTC)
_turns = itertools.count()  # no two rounds ask for the same minute
_AUDIT = (
    "(id, organization_id, at, action, actor_name, client, target_kind, target_name, changes, salt, digest)"
)


def _submissions(seed: Seed, client: int) -> Iterator[Request]:
    for rep, _store in reps_of(seed, client):
        starts = FIRST + 2 * asked.LENGTH * next(_turns)
        payload: dict[str, object] = {
            "request_id": str(uuid7()), "kind": "overtime", "reason": "盘点",
            "starts_at": starts.isoformat(), "ends_at": (starts + asked.LENGTH).isoformat(),
        }  # fmt: skip
        yield push(rep, [operation("attendance.ask_time", payload)])


def _decisions(seed: Seed, client: int) -> Iterator[Request]:
    """Until the prepared ones are used up."""
    leader, waiting = seed.leaders[client], seed.tasks[client]
    while waiting:
        path = f"/api/phone/v1/approvals/tasks/{waiting.pop()}/approve"
        yield "POST", path, dumps({"comment": "同意"}), headers_of(leader)


def _is_approved(status: int, body: bytes) -> bool:
    return status == 200 and json.loads(body)["state"] == "approved"


def _audit(seed: Seed, *acts: str) -> str:
    rest = "'x', 'phone', 'approvals.instance', 'x', '{}', '\\x00', '\\x00'"
    values = ", ".join(f"({ID}, '{seed.organization}', now(), '{act}', {rest})" for act in acts)
    return f"INSERT INTO audit_entry {_AUDIT} VALUES {values};\n"  # nosec B608


def _letter(seed: Seed, reader: object, kind: str) -> str:
    return f"""
INSERT INTO letters_letter (id, organization_id, employee_id, name, mobile, email, kind, values, link, is_urgent,
  because, because_values, dedupe, created_at)
VALUES ({ID}, '{seed.organization}', '{reader}', '', '', '', '{kind}', '{{}}', '/', false, '', '{{}}', '', now());
"""  # nosec B608


def _submit_floor(seed: Seed) -> str:
    """The request, its approval with the step and the task, the letter, the operation and what the trail keeps."""
    rep, leader, own = seed.reps[0].id, seed.leaders[0].id, f"'{seed.organization}'"
    return f"""{ENTER.format(organization=seed.organization)}
WITH asked AS (
  INSERT INTO attendance_timerequest (id, organization_id, zone, employee_id, reason, state, asked_at, answer, revision,
    kind, starts_at, ends_at)
  VALUES ({ID}, {own}, '', '{rep}', 'x', 'pending', now(), '', 1, 'overtime', now(), now() + interval '1 minute')
  RETURNING id),
made AS (
  INSERT INTO approvals_instance (id, organization_id, number, subject, target_id, version_id, applicant_id, title,
    facts, chosen, status, round, submitted_at, effect_state, effect_attempts, effect_error)
  SELECT {ID}, {own}, left(id::text, 20), 'attendance.time', id,
    (SELECT id FROM approvals_flowversion WHERE organization_id = {own} LIMIT 1), '{rep}', {SEALED}, {SEALED}, '{{}}',
    'running', 1, now(), 'none', 0, '' FROM asked RETURNING id),
step AS (
  INSERT INTO approvals_step (id, organization_id, instance_id, node, name, kind, mode, round, sequence, state, how,
    opened_at)
  SELECT {ID}, {own}, id, 'x', 'x', 'approve', 'any', 1, 1, 'open', 'found', now() FROM made
  RETURNING id, instance_id)
INSERT INTO approvals_task (id, organization_id, step_id, instance_id, assignee_id, is_merged, position, state,
  created_at)
SELECT {ID}, {own}, id, instance_id, '{leader}', false, 0, 'pending', now() FROM step;
INSERT INTO sync_operation
  (id, organization_id, employee_id, type, hash, state, code, result, occurred_at, received_at)
VALUES ({ID}, {own}, '{rep}', 'attendance.ask_time', repeat('0', 64), 'accepted', '', {SEALED}, now(), now());
{_letter(seed, leader, "approvals.task")}{_audit(seed, "attendance.ask_time", "approvals.submit")}COMMIT;
"""  # nosec B608


def _decide_floor(seed: Seed) -> str:
    """Four rows that change, of one of the prepared requests; the letter, the day to compute anew and the trail."""
    own = f"'{seed.organization}'"
    return f"""{ENTER.format(organization=seed.organization)}
WITH pick AS MATERIALIZED (
  SELECT 'B' || lpad(floor(random() * {asked.REQUESTS})::int::text, 6, '0') AS number),
found AS (
  UPDATE approvals_instance i SET status = status, effect_state = 'done', ended_at = now()
  FROM pick WHERE i.organization_id = {own} AND i.number = pick.number RETURNING i.id, i.target_id, i.applicant_id),
step AS (
  UPDATE approvals_step s SET closed_at = now()
  FROM found WHERE s.organization_id = {own} AND s.instance_id = found.id RETURNING s.id),
task AS (
  UPDATE approvals_task t SET decided_at = now()
  FROM found WHERE t.organization_id = {own} AND t.instance_id = found.id RETURNING t.id),
asked AS (
  UPDATE attendance_timerequest r SET decided_at = now()
  FROM found WHERE r.organization_id = {own} AND r.id = found.target_id RETURNING r.id)
INSERT INTO attendance_staleday (id, organization_id, employee_id, "on")
SELECT {ID}, {own}, applicant_id, current_date FROM found ON CONFLICT DO NOTHING;
{_letter(seed, seed.reps[0].id, "approvals.approved")}{_audit(seed, "approvals.approve")}COMMIT;
"""  # nosec B608


ALL = [
    Operation("submit_request", _submissions, _submit_floor, all_accepted),
    Operation("decide_request", _decisions, _decide_floor, _is_approved),
]
