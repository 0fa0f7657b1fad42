// What cards say: who is asked, and when a branch is taken.

const filled = (text, number) => text.replace("%(n)s", number);

export function rule(desk, approvers) {
  const { words, people, roles, facts } = desk;
  const named = (ids) => (ids ?? []).map((id) => people[id] ?? "?").join("、") || words.nobody;
  switch (approvers.by) {
    case "people": return named(approvers.ids);
    case "role": return (roles.find(([code]) => code === approvers.role) ?? ["", words.select])[1];
    case "leader": return (approvers.level ?? 1) === 1 ? words.direct : filled(words.nth, approvers.level);
    case "chain": return `${words.chain} (${approvers.levels ?? 2})`;
    case "head": return `${words.head} · ${approvers.level ? filled(words.headn, approvers.level) : words.head0}`;
    case "contact": return `${words.contact}: ${(facts.find((each) => each.code === approvers.field) ?? { label: words.select }).label}`;
    default: return approvers.among?.length ? `${words.choice}: ${named(approvers.among)}` : words.choice;
  }
}

export function who(desk, node) {
  const said = rule(desk, node.approvers);
  const mode = node.kind !== "copy" && node.mode && node.mode !== "any" ? ` · ${desk.words[node.mode]}` : "";
  return said + mode;
}

export function tests(desk, groups) {
  const { words, facts, roles, departments } = desk;
  const value = (fact, each) => {
    const listed = fact?.kind === "role" ? roles : fact?.kind === "department" ? departments : fact?.choices ?? [];
    const found = listed.find(([code]) => code === String(each));
    return found ? found[1] : String(each ?? "");
  };
  const one = (test) => {
    const fact = facts.find((each) => each.code === test.fact);
    const values = Array.isArray(test.value) ? test.value : [test.value];
    return `${fact?.label ?? words.select} ${words[test.is ?? "eq"]} ${values.map((each) => value(fact, each)).join(test.is === "between" ? "–" : "、")}`;
  };
  return (groups ?? []).map((group) => group.map(one).join(` ${words.and} `)).join(` ${words.or} `) || words.select;
}
