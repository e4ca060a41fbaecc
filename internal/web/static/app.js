// What makes pages pleasant; nothing here is needed to use them.

// typing says whether keys belong to a field, or to a word that is still being composed (Telex, VNI).
export function typing(event) {
  const t = event.target;
  return event.isComposing || event.ctrlKey || event.metaKey || event.altKey ||
    (t instanceof HTMLElement && (t.isContentEditable || t.matches("input, textarea, select")));
}

document.addEventListener("keydown", (event) => {
  if (typing(event)) return;
  if (event.key === "/") {
    const find = document.getElementById("find");
    if (find) {
      event.preventDefault();
      find.focus();
      find.select();
    }
  } else if (event.key === "?" && !document.getElementById("keys")) { // a page with keys of its own shows those
    const help = document.querySelector('a[href="/help"]');
    if (help) location.assign(help.href);
  }
});

// Where a form was refused, reading begins at the reason.
document.querySelector(".trouble")?.focus();

// Buttons that only a script can serve are shown by the script.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A form is sent once, also where the button is pressed twice. A page that comes back from the browser's memory works again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
