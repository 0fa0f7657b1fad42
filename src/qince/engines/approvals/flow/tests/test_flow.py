"""Flows without a database: the way, the people, the count."""

from itertools import permutations
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qince.engines.approvals.flow.approvers import Case, Found, How, find
from qince.engines.approvals.flow.checking import problems
from qince.engines.approvals.flow.conditions import holds, passes
from qince.engines.approvals.flow.preview import preview
from qince.engines.approvals.flow.route import Route, all_nodes
from qince.engines.approvals.flow.schema import (
    Approve,
    Branch,
    Chain,
    Choice,
    Comparison,
    Condition,
    Contact,
    Copy,
    Flow,
    Handle,
    Head,
    Lane,
    Leader,
    Parallel,
    People,
    Role,
    as_stored,
    from_stored,
)
from qince.engines.approvals.flow.tally import Outcome, Part, Said, outcome


def person(name):
    return uuid5(UUID(int=1), name)


ANN, LEADER, HEAD, BOSS, HR1, HR2, ADMIN = map(
    person, ("ann", "leader", "head", "boss", "hr1", "hr2", "admin")
)
SALES, EAST = person("sales"), person("east")


class Organization:
    """Ann in East below Leader, Head and Boss."""

    def __init__(self, gone=(), line=(LEADER, HEAD, BOSS), admins=(ADMIN,)):
        self.gone, self.line, self.admins = set(gone), line, list(admins)

    def present(self, ids):
        return set(ids) - self.gone

    def leaders(self, employee):
        ranks = [ANN, *self.line]
        above = ranks[ranks.index(employee) + 1 :] if employee in ranks else []
        return [None if each in self.gone else each for each in above]

    def heads(self, department):
        return [[LEADER], [HEAD, BOSS]] if department == EAST else []

    def holders(self, role, near):
        return {"hr": [HR1, HR2], "nobody": [], "applicant": [ANN]}.get(role, [])

    def administrators(self):
        return [each for each in self.admins if each not in self.gone]


def case(**facts):
    return Case(ANN, EAST, facts)


def approve(key, rule, **options):
    return Approve(id=key, name=key, approvers=rule, **options)


def countersign(over=3):
    return Condition(
        id="long",
        name="long",
        branches=[
            Branch(
                id="over",
                name="over",
                when=[[Comparison(fact="days", is_="gt", value=over)]],
                steps=[approve("sign", People(ids=[HR1, HR2]), mode="all")],
            ),
            Branch(id="else", name="else"),
        ],
    )


def ids(stops):
    return [each.id for each in stops]


@pytest.mark.parametrize(
    ("found", "operator", "value", "expected"),
    [
        (5, "gt", 3, True),
        ("3.50", "eq", 3.5, True),
        (3, "gt", "x", False),
        (None, "ne", 3, False),
        ("2026-03-02", "ge", "2026-03-01", True),
        ("10", "lt", "9", False),  # numbers, not letters
        (["a", "b"], "in", ["b"], True),
        (["a"], "not_in", ["b"], True),
        (7, "between", [7, 9], True),
        (10, "between", [7, 9], False),
        ("annual", "eq", "annual", True),
    ],
)
def test_facts_are_compared_as_what_they_are(found, operator, value, expected):
    assert passes(Comparison(fact="x", is_=operator, value=value), {"x": found}) is expected


def test_all_tests_of_any_group_must_hold():
    groups = [
        [Comparison(fact="days", is_="gt", value=3), Comparison(fact="kind", value="sick")],
        [Comparison(fact="days", is_="gt", value=9)],
    ]
    assert holds(groups, {"days": 4, "kind": "sick"})
    assert holds(groups, {"days": 10, "kind": "annual"})
    assert not holds(groups, {"days": 4, "kind": "annual"})
    assert not holds([[]], {})


def test_the_way_goes_through_branches_and_waits_for_every_lane():
    two = Lane(id="two", name="two", steps=[approve("b", Leader()), approve("c", Leader())])
    flow = Flow(
        steps=[
            approve("first", Leader()),
            Parallel(id="both", name="both", lanes=[Lane(id="one", name="one", steps=[approve("a", Leader())]), two]),
            countersign(),
            approve("last", Leader()),
        ]
    )  # fmt: skip
    route = Route(flow, {"days": 5})
    assert ids(route.first()) == ["first"]
    assert ids(route.after("first", set())) == ["a", "b"]
    assert route.after("a", {"b"}) == []
    assert ids(route.after("b", set())) == ["c"]
    assert ids(route.after("c", set())) == ["sign"]
    assert ids(route.after("sign", set())) == ["last"]
    assert route.after("last", set()) == []
    assert ids(Route(flow, {"days": 2}).after("c", set())) == ["last"]


def test_forks_without_steps_on_the_way_are_walked_through():
    empty = Condition(id="x", name="x", branches=[Branch(id="p", name="p"), Branch(id="q", name="q")])
    nested = Parallel(
        id="n", name="n",
        lanes=[Lane(id="l", name="l", steps=[empty]), Lane(id="m", name="m", steps=[countersign()])],
    )  # fmt: skip
    flow = Flow(steps=[nested, empty, approve("end", Leader())])
    assert ids(Route(flow, {"days": 1}).first()) == ["end"]
    assert ids(Route(flow, {"days": 9}).first()) == ["sign"]
    assert ids(Route(flow, {"days": 9}).after("sign", set())) == ["end"]


def test_a_return_never_leaves_another_lane_half_done():
    flow = Flow(
        steps=[
            approve("first", Leader()),
            Parallel(
                id="both",
                name="both",
                lanes=[
                    Lane(id="one", name="1", steps=[approve("a", Leader()), approve("b", Leader())]),
                    Lane(id="two", name="2", steps=[approve("c", Leader())]),
                ],
            ),
        ]
    )
    route = Route(flow, {})
    assert route.may_return("b", "a")
    assert route.may_return("b", "first")
    assert not route.may_return("b", "c")
    assert route.lane_of("a") == {"a", "b"}
    assert route.lane_of("first") is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Leader(), [LEADER]),
        (Leader(level=3), [BOSS]),
        (Chain(levels=2), [LEADER, HEAD]),
        (Head(level=1), [HEAD, BOSS]),
        (Role(role="hr"), [HR1, HR2]),
        (People(ids=[HR2, HR1, HR2]), [HR2, HR1]),
        (Contact(field="whom"), [HR1]),
        (Choice(among=[HR1], at_most=1), [HR1]),
    ],
)
def test_each_rule_finds_its_people(rule, expected):
    chosen = Case(ANN, EAST, {"whom": str(HR1)}, {"s": [HR2, HR1]})
    assert list(find(approve("s", rule), chosen, Organization()).people) == expected


def test_until_the_applicant_has_chosen_they_are_asked_and_once_gone_the_flow_helps_itself():
    stop = approve("s", Choice(), vacant="climb")
    assert find(stop, case(), Organization()) == Found((), How.CHOOSING)
    assert find(stop, case(), Organization((ANN,))) == Found((LEADER,), How.CLIMBED)


@pytest.mark.parametrize(
    ("vacant", "gone", "expected", "how"),
    [
        ("climb", (), LEADER, How.CLIMBED),
        ("administrators", (), ADMIN, How.ADMINISTRATORS),
        ("climb", (LEADER, HEAD, BOSS), ADMIN, How.ADMINISTRATORS),
    ],
)
def test_a_vacant_step_finds_somebody(vacant, gone, expected, how):
    found = find(approve("s", Role(role="nobody"), vacant=vacant), case(), Organization(gone))
    assert (found.people, found.how) == ((expected,), how)


def test_a_leader_who_is_gone_is_replaced_by_the_next_above():
    assert find(approve("s", Leader()), case(), Organization((LEADER,))).people == (HEAD,)


def test_nobody_passes_only_where_the_flow_says_so():
    found = find(approve("s", Role(role="nobody"), vacant="pass"), case(), Organization())
    assert (found.people, found.how) == ((), How.VACANT)


@pytest.mark.parametrize(("own", "people"), [("decide", (ANN,)), ("skip", ()), ("climb", (LEADER,))])
def test_the_applicant_as_approver(own, people):
    assert find(approve("s", Role(role="applicant"), own=own), case(), Organization()).people == people


def test_of_several_any_of_whom_may_decide_the_applicant_is_left_out():
    assert find(approve("s", People(ids=[ANN, HR1])), case(), Organization()).people == (HR1,)


def test_the_only_administrator_decides_alone_rather_than_nobody():
    lonely = Organization(line=(), admins=(ANN,))
    assert find(approve("s", Leader()), case(), lonely).people == (ANN,)


def test_whoever_agreed_is_not_asked_again_as_the_flow_says():
    steps = [
        approve("a", Leader()),
        approve("b", Head()),
        approve("c", Role(role="hr")),
        approve("d", Leader()),
    ]
    merged = {
        how: [
            each.stop.id
            for each in preview(Flow(steps=steps, merge=how), case(), Organization())
            if each.merged
        ]
        for how in ("never", "adjacent", "all")
    }
    assert merged == {"never": [], "adjacent": ["b"], "all": ["b", "d"]}


# --- The count ---

SAID = st.sampled_from(list(Said))


@given(
    st.sampled_from(["any", "all", "in_turn", "vote"]), st.integers(1, 100), st.lists(SAID), st.lists(SAID)
)
def test_a_step_with_nobody_left_to_decide_is_over(mode, share, own, added):
    parts = [Part(said) for said in own] + [Part(said, True) for said in added]
    found = outcome(mode, share, parts)
    if Said.OPEN not in own + added and Said.CLOSED not in own:
        assert found in (Outcome.PASSED, Outcome.REFUSED)
    if found is Outcome.ENOUGH:
        assert Said.OPEN in added


@given(st.integers(1, 100), st.lists(st.booleans(), min_size=1, max_size=7))
def test_a_vote_is_decided_alike_whatever_the_order_and_never_turns(share, votes):
    results = set()
    for order in list(permutations(votes))[:200]:
        said = [Said.OPEN] * len(order)
        for index, vote in enumerate(order):
            said[index] = Said.YES if vote else Said.NO
            found = outcome("vote", share, [Part(each) for each in said])
            if found is not Outcome.OPEN:
                break
        results.add(found)
    expected = Outcome.PASSED if sum(votes) * 100 >= share * len(votes) else Outcome.REFUSED
    assert results == {expected}


def test_added_signers_are_needed_whatever_the_mode():
    own = [Part(Said.YES), Part(Said.OPEN)]
    assert outcome("any", 100, [*own, Part(Said.OPEN, True)]) is Outcome.ENOUGH
    assert outcome("any", 100, [*own, Part(Said.YES, True)]) is Outcome.PASSED
    assert outcome("any", 100, [*own, Part(Said.NO, True)]) is Outcome.REFUSED


# --- Any flow that can be drawn comes to an end, and everybody on the way is asked exactly once ---

RULES = st.sampled_from(
    [Leader(), Chain(levels=2), Role(role="hr"), Role(role="nobody"), People(ids=[HR1, HR2])]
)
_ids = st.uuids().map(str)


def _stops():
    return st.one_of(
        st.builds(
            Approve, id=_ids, name=st.just("x"), approvers=RULES,
            vacant=st.sampled_from(["climb", "administrators", "pass"]),
        ),
        st.builds(Handle, id=_ids, name=st.just("x"), approvers=RULES),
        st.builds(Copy, id=_ids, name=st.just("x"), approvers=RULES),
    )  # fmt: skip


def _forks(inner):
    steps = st.lists(inner, max_size=3)
    test = st.builds(Comparison, fact=st.just("days"), is_=st.just("gt"), value=st.integers(0, 9))
    when = st.lists(st.lists(test, min_size=1, max_size=2), max_size=2)
    first = st.builds(Branch, id=_ids, name=st.just("b"), when=when, steps=steps)
    last = st.builds(Branch, id=_ids, name=st.just("b"), steps=steps)
    branches = st.tuples(first, last).map(list)
    lanes = st.lists(st.builds(Lane, id=_ids, name=st.just("l"), steps=steps), min_size=2, max_size=3)
    return st.one_of(
        _stops(),
        st.builds(Condition, id=_ids, name=st.just("c"), branches=branches),
        st.builds(Parallel, id=_ids, name=st.just("p"), lanes=lanes),
    )


NODES = st.recursive(_stops(), _forks, max_leaves=12)
FLOWS = st.builds(Flow, steps=st.lists(NODES, min_size=1, max_size=5))


def _distinct(flow):
    nodes = ids(all_nodes(flow.steps))
    return len(set(nodes)) == len(nodes)


@given(FLOWS.filter(_distinct), st.integers(0, 9), st.randoms())
def test_in_whatever_order_steps_end_the_way_ends_and_none_is_reached_twice(flow, days, dice):
    route = Route(flow, {"days": days})
    is_open = route.first()
    reached = ids(is_open)
    while is_open:
        over = is_open.pop(dice.randrange(len(is_open)))
        following = route.after(over.id, ids(is_open))
        is_open += following
        reached += ids(following)
        assert len(reached) == len(set(reached))
    planned = preview(flow, case(days=days), Organization())
    assert {each.stop.id for each in planned} == set(reached)


@given(FLOWS.filter(_distinct), st.integers(0, 9))
def test_no_step_that_must_be_decided_is_left_without_people(flow, days):
    for planned in preview(flow, case(days=days), Organization(gone=(LEADER, HEAD))):
        stop = planned.stop
        if not isinstance(stop, Copy) and stop.vacant != "pass":
            assert planned.found.people


@given(FLOWS)
def test_a_flow_reads_back_as_it_was_written(flow):
    assert from_stored(as_stored(flow)) == flow


# --- What is wrong with a drawing ---


@pytest.mark.parametrize(
    ("node", "code"),
    [
        (approve("s", People(ids=[])), "nobody"),
        (approve("s", Role(role="gone")), "unknown_role"),
        (approve("s", Contact(field="days")), "no_contact"),
        (approve("s", Leader(level=0)), "level"),
        (approve("s", Leader(), mode="vote", share=0), "share"),
        (Approve(id="s", name=" ", approvers=Leader()), "no_name"),
        (Parallel(id="p", name="p", lanes=[Lane(id="l", name="l")]), "one_lane"),
        (Condition(id="c", name="c", branches=[Branch(id="b", name="b")]), "one_branch"),
        (
            Condition(
                id="c",
                name="c",
                branches=[
                    Branch(id="a", name="a", when=[[Comparison(fact="colour", value=1)]]),
                    Branch(id="b", name="b"),
                ],
            ),
            "unknown_fact",
        ),
    ],
)
def test_problems_are_named_with_their_step(node, code):
    found = problems(Flow(steps=[approve("ok", Leader()), node]), {"days": "number"}, ["hr"])
    assert (node.id, code) in {(each.node, each.code) for each in found}


def test_a_sound_flow_has_no_problem():
    assert problems(Flow(steps=[approve("s", Leader()), countersign()]), {"days": "number"}, ["hr"]) == []


def test_a_flow_in_which_nobody_decides_is_none():
    only = Flow(steps=[Copy(id="c", name="c", approvers=Leader())])
    assert "nobody_decides" in {each.code for each in problems(only, {}, [])}
