// The form of a report with scripts: while somebody types, the server says what looks wrong. Nothing is written until the form is sent.
const sheet = document.querySelector("form.sheet");
const waits = new Map();
const cell = ".part, tr"; // what belongs to one value
const fields = "input[data-key], select[data-key]";

// The number that somebody wrote as Viet Nam does; NaN where it is none.
const number = (s) => (s.trim() === "" ? NaN : Number(s.trim().replaceAll(".", "").replace(",", ".")));

// The parts of a structure add up to 100: their sum runs along.
function addUp(grid) {
  if (grid?.dataset.sum !== "true") return;
  const all = [...grid.querySelectorAll("input[data-key]")].map((i) => number(i.value));
  const sum = all.filter((v) => !Number.isNaN(v)).reduce((a, b) => a + b, 0);
  const out = grid.querySelector("output");
  out.value = all.every(Number.isNaN) ? "–" : (Math.round(sum * 1e6) / 1e6).toLocaleString("vi-VN", { maximumFractionDigits: 6 }) + " %";
  out.classList.toggle("off", !all.some(Number.isNaN) && Math.abs(sum - 100) > 0.5);
}

async function ask(input) {
  const row = input.closest(cell), notes = document.getElementById("n-" + input.dataset.key);
  const seen = sheet.elements.namedItem("s." + input.dataset.key).value;
  const measure = sheet.elements.namedItem("m." + input.dataset.key).value;
  const of = sheet.elements.namedItem("y." + input.dataset.key)?.value.trim() ?? "";
  row.classList.toggle("typed", input.value.trim() !== seen || of !== (sheet.elements.namedItem("sy." + input.dataset.key)?.value ?? ""));
  const old = notes.querySelector(".asked");
  if (input.value.trim() === "") {
    old?.replaceChildren();
    return;
  }
  const to = new URL(sheet.dataset.check, location.href);
  to.searchParams.set("indicator", input.dataset.key);
  to.searchParams.set("value", input.value.trim());
  to.searchParams.set("measure", measure);
  to.searchParams.set("of", of);
  const typed = input.value;
  try {
    const answer = await fetch(to, { headers: { Accept: "text/html" } });
    if (!answer.ok || input.value !== typed) return;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".asked");
    if (made) old ? old.replaceWith(made) : notes.append(made);
  } catch {
    // Without an answer the form still works: the server looks at the value when it is saved.
  }
}

function later(input) {
  clearTimeout(waits.get(input));
  waits.set(input, setTimeout(() => ask(input), 400));
}

sheet?.addEventListener("input", (e) => {
  const input = e.target.closest(cell)?.querySelector(fields);
  if (input) later(input);
  addUp(e.target.closest(".grid"));
});

// Enter goes to the next cell; the form is sent by its buttons.
sheet?.addEventListener("keydown", (e) => {
  if (e.key !== "Enter" || !e.target.matches("input")) return;
  e.preventDefault();
  const all = [...sheet.querySelectorAll("input:not([type=hidden]), select[data-key]")].filter((i) => i.offsetParent);
  (all[all.indexOf(e.target) + 1] ?? sheet.querySelector(".save button")).focus();
});

// Typed numbers are not left behind unawares.
addEventListener("beforeunload", (e) => {
  if (sheet && !sheet.dataset.sent && sheet.querySelector(".typed")) e.preventDefault();
});
sheet?.addEventListener("submit", () => { sheet.dataset.sent = "1"; });
