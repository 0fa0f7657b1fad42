/** How states of requests and of parts in them are coloured. */
export const TONES = {
  running: "wait", returned: "wait", approved: "good", rejected: "bad", withdrawn: "", revoked: "", lapsed: "",
  pending: "wait", waiting: "", transferred: "", done: "", overdue: "wait", copied: "",
};
