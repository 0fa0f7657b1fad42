/** A database query as something to render: it runs again whenever what it read changes, in any tab. */
import { liveQuery } from "dexie";
import { useEffect, useState } from "preact/hooks";

/**
 * @template T
 * @param {() => Promise<T>} query @param {unknown[]} inputs what the query depends on beside the database
 * @returns {T | undefined} undefined until the first answer
 */
export function useLive(query, inputs = []) {
  const [answer, setAnswer] = useState(/** @type {{value?: T}} */ ({}));
  useEffect(() => {
    const running = liveQuery(query).subscribe({
      next: (value) => setAnswer({ value }),
      error: (error) => console.warn("query", error),
    });
    return () => running.unsubscribe();
  }, inputs);
  return answer.value;
}
