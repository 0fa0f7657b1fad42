/** Light, dark, or as the phone has it. */
import { signal } from "@preact/signals";
import { recall, remember } from "#kit/db";

/** @type {import("@preact/signals").Signal<"auto"|"light"|"dark">} */
export const theme = signal("auto");

export async function startTheme() {
  show((await recall("theme")) || "auto");
}

/** @param {"auto"|"light"|"dark"} choice */
export async function chooseTheme(choice) {
  show(choice);
  await remember("theme", choice);
}

function show(choice) {
  theme.value = choice;
  if (choice === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}
