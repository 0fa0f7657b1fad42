/** How the exchange with the server stands, for whoever shows it. */
import { signal } from "@preact/signals";

export const working = signal(false);
/** The last failure in words; "" when the last round went well. A missing connection is not a failure. */
export const trouble = signal("");
