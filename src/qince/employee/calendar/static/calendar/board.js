// Places a week's chips on the hours, and begins a new event where an empty spot is pressed.

const HOUR = 44;

/** @param {HTMLElement} chip */
function place(chip) {
  const { start = "0", length = "0", lane = "0", lanes = "1" } = chip.dataset;
  const share = 100 / Number(lanes);
  chip.style.top = `${(Number(start) / 60) * HOUR}px`;
  chip.style.height = `${Math.max((Number(length) / 60) * HOUR - 1, 18)}px`;
  chip.classList.toggle("is-short", Number(length) < 45);
  chip.style.left = `calc(${Number(lane) * share}% + 2px)`;
  chip.style.width = `calc(${share}% - 4px)`;
}

/** @param {string} at  wall time, `2026-05-04T09:00` */
function begin(at) {
  window.location.assign(`/calendar/new/?at=${at}`);
}

const week = document.querySelector("[data-week]");
if (week) {
  week.classList.add("is-placed");
  week.querySelectorAll("[data-start]").forEach((chip) => place(chip));
  for (const grid of week.querySelectorAll("[data-grid]")) {
    grid.addEventListener("click", (event) => {
      if (event.target !== grid) return;
      const half = Math.floor(event.offsetY / (HOUR / 2));
      const hour = String(Math.floor(half / 2)).padStart(2, "0");
      begin(`${grid.dataset.grid}T${hour}:${half % 2 ? "30" : "00"}`);
    });
  }
  const first = [...week.querySelectorAll(".is-events[data-start]")].map((chip) => Number(chip.dataset.start));
  const scroll = week.closest(".cal-scroll");
  if (scroll) scroll.scrollTop = ((Math.min(480, ...first) - 30) / 60) * HOUR;
}
for (const cell of document.querySelectorAll("[data-new]")) {
  cell.addEventListener("dblclick", (event) => {
    if (event.target === cell || event.target.classList.contains("cal-date")) begin(cell.dataset.new);
  });
}
