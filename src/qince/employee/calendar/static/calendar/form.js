// Shows of the form of an event what its choices make sensible; the end follows the beginning.

const form = document.querySelector("[data-event-form]");
if (form) {
  const field = (name) => form.elements.namedItem(name);
  const arrange = () => {
    const allDay = field("all_day").checked;
    form.querySelectorAll("[data-time]").forEach((part) => { part.hidden = allDay; });
    const repeats = field("repeats").value;
    form.querySelectorAll("[data-repeats]").forEach((part) => {
      part.hidden = !part.dataset.repeats.split(" ").includes(repeats);
    });
  };
  const minutes = () => {
    const at = (day, time) => Date.parse(`${field(day).value}T${field(time).value || "00:00"}Z`);
    return [at("starts_on", "starts_time"), at("ends_on", "ends_time")];
  };
  let [began, ended] = minutes();
  const follow = () => {
    const [starts] = minutes();
    if (Number.isNaN(starts) || Number.isNaN(began) || Number.isNaN(ended)) return;
    const moved = new Date(ended + starts - began).toISOString();
    field("ends_on").value = moved.slice(0, 10);
    if (field("ends_time").value) field("ends_time").value = moved.slice(11, 16);
    [began, ended] = minutes();
  };
  field("starts_on").addEventListener("change", follow);
  field("starts_time").addEventListener("change", follow);
  for (const name of ["ends_on", "ends_time"]) field(name).addEventListener("change", () => { [began, ended] = minutes(); });
  form.addEventListener("change", arrange);
  arrange();
}
