import { useState } from "preact/hooks";

/**
 * Run something that asks the server, once at a time, with its failure in words.
 * @returns {[run: (work: () => Promise<unknown>) => Promise<void>, busy: boolean, error: string]}
 */
export function useAct() {
  const [state, setState] = useState({ busy: false, error: "" });
  const run = async (work) => {
    setState({ busy: true, error: "" });
    try {
      await work();
      setState({ busy: false, error: "" });
    } catch (error) {
      setState({ busy: false, error: error.message });
    }
  };
  return [run, state.busy, state.error];
}
