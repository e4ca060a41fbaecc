// The form of a report with scripts: while somebody types, the server says what looks wrong. Nothing is written until the form is sent.
const sheet = document.querySelector("form.sheet");
const waits = new Map();

async function ask(input) {
  const row = input.closest("tr"), notes = document.getElementById("n-" + input.dataset.key);
  const seen = sheet.elements.namedItem("s." + input.dataset.key).value;
  const measure = sheet.elements.namedItem("m." + input.dataset.key).value;
  row.classList.toggle("typed", input.value.trim() !== seen);
  const old = notes.querySelector(".asked");
  if (input.value.trim() === "") {
    old?.replaceChildren();
    return;
  }
  const to = new URL(sheet.dataset.check, location.href);
  to.searchParams.set("indicator", input.dataset.key);
  to.searchParams.set("value", input.value.trim());
  to.searchParams.set("measure", measure);
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
  const input = e.target.closest("tr")?.querySelector("input[data-key]");
  if (input) later(input);
});

// Enter goes to the next cell; the form is sent by its buttons.
sheet?.addEventListener("keydown", (e) => {
  if (e.key !== "Enter" || !e.target.matches("input[data-key]")) return;
  e.preventDefault();
  const all = [...sheet.querySelectorAll("input[data-key]")];
  (all[all.indexOf(e.target) + 1] ?? sheet.querySelector(".save button")).focus();
});

// Typed numbers are not left behind unawares.
addEventListener("beforeunload", (e) => {
  if (sheet && !sheet.dataset.sent && sheet.querySelector("tr.typed")) e.preventDefault();
});
sheet?.addEventListener("submit", () => { sheet.dataset.sent = "1"; });
