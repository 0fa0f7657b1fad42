// A flow as the server keeps it: steps in order, branches and lanes nested in them. Pure; nothing here touches the page.

/** A mark for a new node, unique within any flow. */
export const mark = () => crypto.randomUUID().slice(0, 13);

const asked = { approvers: { by: "leader", level: 1 } };

/** A new node of a kind, ready to be changed. */
export function made(kind, words) {
  const node = { kind, id: mark(), name: words[kind] };
  if (kind === "condition") {
    return { ...node, branches: [branch(`${words.branch} 1`, [[{ fact: "", is: "gt", value: "" }]]), branch(words.otherwise, [])] };
  }
  if (kind === "parallel") return { ...node, lanes: [lane(`${words.lane} 1`), lane(`${words.lane} 2`)] };
  return { ...node, ...structuredClone(asked) };
}

export const branch = (name, when = [[{ fact: "", is: "gt", value: "" }]]) => ({ id: mark(), name, when, steps: [] });
export const lane = (name) => ({ id: mark(), name, steps: [] });

/** The sequences nested in a node. */
export const inside = (node) => (node.branches ?? node.lanes ?? []).map((each) => (each.steps ??= []));

/** Where the node `id` stands: its sequence and its index there; undefined if nowhere. */
export function place(steps, id) {
  const index = steps.findIndex((node) => node.id === id);
  if (index >= 0) return { steps, index };
  for (const node of steps) {
    for (const inner of inside(node)) {
      const found = place(inner, id);
      if (found) return found;
    }
  }
  return undefined;
}

/** The node, branch-less: a step or a fork of the flow, or one of those told of the whole. */
export function node(flow, id) {
  const found = place(flow.steps, id);
  return found ? found.steps[found.index] : (flow.copies ?? []).find((each) => each.id === id);
}

export function removed(flow, id) {
  const found = place(flow.steps, id);
  if (found) found.steps.splice(found.index, 1);
  else flow.copies = (flow.copies ?? []).filter((each) => each.id !== id);
}

/** One place up (-1) or down (1) within its sequence. */
export function moved(flow, id, by) {
  const found = place(flow.steps, id);
  if (!found) return;
  const to = found.index + by;
  if (to < 0 || to >= found.steps.length) return;
  const [each] = found.steps.splice(found.index, 1);
  found.steps.splice(to, 0, each);
}
