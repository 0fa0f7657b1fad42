// One report on the console: j and k turn to the next and the one before, like rows of a list.
const turns = { j: "next", ArrowRight: "next", k: "prev", ArrowLeft: "prev" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  const turn = turns[event.key];
  if (turn) document.querySelector(`a[rel="${turn}"]`)?.click();
});
