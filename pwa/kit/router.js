/** Pages by the part of the address after `#`: it works without a server and the phone's back key works. */
import { signal } from "@preact/signals";

const here = () => location.hash.replace(/^#/, "") || "/";
export const path = signal(here());
addEventListener("hashchange", () => {
  path.value = here();
  scrollTo(0, 0);
});

/** @param {string} to @param {{replace?: boolean}} [how] replace: the back key should skip this page */
export function go(to, { replace = false } = {}) {
  if (replace) location.replace(`#${to}`);
  else location.hash = to;
}

/** One page back, or to `fallback` when the app was opened right here. */
export function back(fallback = "/") {
  if (history.length > 1) history.back();
  else go(fallback, { replace: true });
}

/**
 * @param {[string, Function][]} routes patterns like "/stores/:id" @param {string} current
 * @returns {{page: Function, params: Record<string, string>} | null}
 */
export function match(routes, current) {
  const parts = current.split("/");
  for (const [pattern, page] of routes) {
    const names = pattern.split("/");
    if (names.length !== parts.length) continue;
    if (!names.every((name, i) => name.startsWith(":") || name === parts[i])) continue;
    const params = names.flatMap((name, i) => (name.startsWith(":") ? [[name.slice(1), decodeURIComponent(parts[i])]] : []));
    return { page, params: Object.fromEntries(params) };
  }
  return null;
}
