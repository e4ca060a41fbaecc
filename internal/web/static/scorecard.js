// The details of a cell open beside the table without leaving it. Without this script the same links load the page with the details in it.
const board = document.querySelector(".board");
const beside = document.getElementById("beside");

function mark(link) {
  for (const old of document.querySelectorAll(".score td[aria-current]")) old.removeAttribute("aria-current");
  link?.closest("td")?.setAttribute("aria-current", "true");
}

function close() {
  beside.replaceChildren();
  board.classList.remove("beside");
  const url = new URL(location.href);
  const link = document.querySelector(".score td[aria-current] a");
  url.searchParams.delete("cell");
  history.replaceState(null, "", url);
  mark(null);
  link?.focus();
}

async function open(link) {
  const url = new URL(link.href);
  mark(link);
  let answer;
  try {
    answer = await fetch("/scorecard/cell" + url.search);
  } catch {
    location.assign(link.href);
    return;
  }
  if (!answer.ok) {
    location.assign(link.href);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const detail = page.getElementById("detail");
  if (!detail) {
    location.assign(link.href);
    return;
  }
  beside.replaceChildren(detail);
  board.classList.add("beside");
  history.replaceState(null, "", url);
  detail.focus({ preventScroll: matchMedia("(min-width: 960px)").matches });
}

if (board && beside) {
  board.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const cell = event.target.closest('.score td a[href*="cell="]');
    const shut = event.target.closest(".detail .close");
    if (!cell && !shut) return;
    event.preventDefault();
    if (cell) open(cell);
    else close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && beside.firstElementChild) close();
  });
  const at = new URL(location.href).searchParams.get("cell");
  if (at) mark([...document.querySelectorAll(".score td a")].find((a) => new URL(a.href).searchParams.get("cell") === at));
}
