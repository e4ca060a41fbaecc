// Ticked rows of a list: one box ticks all rows of the page, and the bar says how many are ticked. Without scripts each row has its box.

for (const form of document.querySelectorAll("form.bulk")) {
  const rows = [...form.querySelectorAll("input[name=row]")];
  const all = form.querySelector("[data-tick-all]");
  const count = form.querySelector("[data-ticked]");
  if (!all || rows.length === 0) continue;
  const box = all.querySelector("input");
  const show = () => {
    const n = rows.filter((r) => r.checked).length;
    box.checked = n === rows.length;
    box.indeterminate = n > 0 && n < rows.length;
    count.textContent = n > 0 ? `(${n})` : "";
  };
  all.hidden = false;
  box.addEventListener("change", () => {
    for (const r of rows) r.checked = box.checked;
    show();
  });
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show); // a browser that goes back restores the ticks
  show();
}
