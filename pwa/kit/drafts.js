/** What is being typed or ticked, kept at every change: the page may die at any moment. */
import { useEffect, useRef, useState } from "preact/hooks";
import { db } from "#kit/db";

/**
 * @template T
 * @param {string} key @param {T} initial when nothing was kept
 * @returns {[T | undefined, (change: Partial<T>) => void]} undefined until read; a change is merged and kept at once
 */
export function useDraft(key, initial) {
  const [value, setValue] = useState(undefined);
  const latest = useRef(undefined);
  const show = (next) => setValue((latest.current = next));
  useEffect(() => {
    let here = true;
    show(undefined);
    db.drafts.get(key).then((kept) => here && show({ ...initial, ...kept?.value }));
    return () => void (here = false);
  }, [key]);
  const change = (part) => {
    show({ ...latest.current, ...part });
    void db.drafts.put({ key, value: latest.current, at: Date.now() });
  };
  return [value, change];
}
