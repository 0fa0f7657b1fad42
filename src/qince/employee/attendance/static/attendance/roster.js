/** The roster: shifts are dragged onto days; Shift ticks a row of days, arrows move between them. */
const form = document.querySelector("[data-roster]");

if (form) {
  let last = null;
  const boxes = [...form.querySelectorAll("input[name=cells]")];
  const columns = form.querySelectorAll("tbody tr:first-child td").length;

  const send = (shift, values) => {
    const radio = form.querySelector(`input[name=shift][value="${CSS.escape(shift)}"]`);
    if (!radio || !values.length) return;
    radio.checked = true;
    for (const box of boxes) box.checked = values.includes(box.value);
    form.requestSubmit();
  };

  for (const chip of form.querySelectorAll("[data-chip]")) {
    chip.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", chip.dataset.chip);
      event.dataTransfer.effectAllowed = "copy";
    });
  }
  for (const cell of form.querySelectorAll("[data-cell]")) {
    cell.addEventListener("dragover", (event) => {
      event.preventDefault();
      cell.classList.add("is-over");
    });
    cell.addEventListener("dragleave", () => cell.classList.remove("is-over"));
    cell.addEventListener("drop", (event) => {
      event.preventDefault();
      const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
      const here = cell.dataset.cell;
      send(event.dataTransfer.getData("text/plain"), ticked.includes(here) ? ticked : [here]);
    });
  }

  const tickBetween = (box) => {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
  };
  form.addEventListener("click", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.name !== "cells") return;
    const sameRow = last && Math.floor(boxes.indexOf(last) / columns) === Math.floor(boxes.indexOf(box) / columns);
    if (event.shiftKey && sameRow) tickBetween(box);
    last = box;
  });
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  form.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const at = boxes.indexOf(event.target);
    if (!step || at < 0 || !boxes[at + step]) return;
    event.preventDefault();
    boxes[at + step].focus();
  });
}
