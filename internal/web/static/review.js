// The review page with scripts: the same forms, sent without leaving the page; keys on the card in focus; the words in the text
// and their card light up together; words that are selected become cards. Without this file everything works, page by page.
import { typing } from "./app.js";

const page = document.querySelector(".review");
const byId = (id) => document.getElementById(id);
const cards = () => [...document.querySelectorAll(".card[data-id]")];
const cardOf = (node) => node instanceof Element ? node.closest(".card[data-id]") : null;
const wide = matchMedia("(min-width: 1100px)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// The text layer counts bytes of UTF-8, a browser counts UTF-16.
const bytes = (s) => new TextEncoder().encode(s).length;

// Marks and cards.

function marksOf(id) {
  return [...document.querySelectorAll(".paper mark")].filter((m) => m.dataset.d.split(" ").includes(id));
}

function light(ids) {
  for (const node of document.querySelectorAll(".lit")) node.classList.remove("lit");
  for (const id of ids) {
    for (const m of marksOf(id)) m.classList.add("lit");
    byId("d-" + id)?.classList.add("lit");
  }
}

// paint gives the marks the look of their cards: to do, done, dropped.
function paint(card) {
  for (const m of marksOf(card.dataset.id)) {
    const doubt = m.classList.contains("doubt"), lit = m.classList.contains("lit");
    const classes = m.dataset.d.split(" ").map((id) => byId("d-" + id)).filter(Boolean).map((c) => c.dataset.kind + "-" + c.dataset.phase);
    m.className = classes.join(" ");
    m.classList.toggle("doubt", doubt);
    m.classList.toggle("lit", lit);
  }
}

// reveal scrolls the text, and nothing but the text, to the words of a card.
function reveal(card) {
  const paper = byId("paper"), first = marksOf(card.dataset.id)[0];
  if (!wide.matches || !paper || !first) return;
  const at = first.getBoundingClientRect(), box = paper.getBoundingClientRect();
  if (at.top > box.top + 40 && at.bottom < box.bottom - 80) return;
  paper.scrollTo({ top: paper.scrollTop + at.top - box.top - box.height / 3, behavior: calm.matches ? "auto" : "smooth" });
}

function go(card) {
  if (!card) return;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", behavior: "auto" });
}

let current = null;
page.addEventListener("focusin", (event) => {
  const card = cardOf(event.target);
  if (!card) return;
  light([card.dataset.id]);
  if (card.dataset.id !== current) reveal(card);
  current = card.dataset.id;
});
let pointer = "";
page.addEventListener("mouseover", (event) => {
  const at = event.screenX + "," + event.screenY;
  if (at === pointer) return; // the page moved under the pointer, not the pointer over the page
  pointer = at;
  const card = cardOf(event.target), mark = event.target.closest(".paper mark");
  if (mark) light([mark.firstElementChild.hash.slice(3)]);
  else if (card) light([card.dataset.id]);
});
page.addEventListener("mouseleave", () => {
  const card = cardOf(document.activeElement);
  light(card ? [card.dataset.id] : []);
});

// Links within the page: to a card, to its words.
page.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.matches(".plus")) {
    event.preventDefault();
    offer(link.dataset.span, link.getBoundingClientRect(), true);
  } else if ("get" in link.dataset) {
    event.preventDefault();
    load(link);
  } else if (link.getAttribute("href").startsWith("#d-")) {
    if (!wide.matches && link.closest(".paper")) return; // the address brings the cards back
    event.preventDefault();
    if (getSelection().isCollapsed) go(byId(link.hash.slice(1)));
  } else if (link.getAttribute("href").startsWith("#m-") && wide.matches) {
    event.preventDefault();
    const card = cardOf(link);
    go(card);
    reveal(card);
  }
});
addEventListener("hashchange", () => {
  const card = cardOf(byId(location.hash.slice(1)));
  if (card) go(card);
});

// Forms and parts.

let busy = false;
async function send(url, options) {
  if (busy) return;
  busy = true;
  page.classList.add("busy");
  try {
    const answer = await fetch(url, { ...options, headers: { "X-Part": "1" }, redirect: "error" });
    const type = answer.headers.get("Content-Type") || "";
    const html = await answer.text();
    if (!type.startsWith("text/html") || html.trimStart().toLowerCase().startsWith("<!doctype")) {
      location.assign(page.querySelector("#review-confirm") ? location.pathname : "/"); // an error page: let the server say it
      return;
    }
    place(html, answer.headers.get("X-Focus"));
  } catch {
    fail();
  } finally {
    busy = false;
    page.classList.remove("busy");
  }
}

// place puts each element of an answer where the one with its id stands.
function place(html, focus) {
  const box = document.createElement("template");
  box.innerHTML = html;
  const paper = byId("paper"), scroll = paper?.scrollTop;
  byId("failed")?.nextElementSibling?.remove();
  hide();
  for (const part of [...box.content.children]) byId(part.id)?.replaceWith(part);
  if (byId("paper") && byId("paper") !== paper) byId("paper").scrollTop = scroll;
  current = null;
  settle();
  for (const part of cards()) paint(part);
  const to = byId(focus);
  if (to?.matches(".card")) go(to);
  else to?.focus();
  to?.querySelector(".trouble")?.focus();
  byId("say").textContent = page.querySelector(".far p")?.textContent.replace(/\s+/g, " ").trim() ?? "";
}

function fail() {
  const note = byId("failed").content.firstElementChild.cloneNode(true);
  byId("failed").nextElementSibling?.remove();
  byId("failed").after(note);
  note.tabIndex = -1;
  note.focus();
  for (const form of document.forms) delete form.dataset.sent;
}

// load opens or closes a form in its card, and goes into its first field.
async function load(link) {
  const home = link.closest("[id].card, .session").id;
  await send(link.href.split("#")[0], {});
  const box = byId(home), field = box?.querySelector("form.edit :is(input:not([type=hidden]), select, textarea)");
  if (field) {
    field.focus({ preventScroll: true });
    if (field.matches("input")) field.select();
    box.scrollIntoView({ block: "nearest" });
  } else box?.focus({ preventScroll: true });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !("part" in form.dataset)) return;
  event.preventDefault();
  delete form.dataset.sent;
  const body = new URLSearchParams(new FormData(form, event.submitter));
  send(form.action, { method: "post", body });
});

// Keys act on the card in focus only, never while somebody types or composes a word.

const remembered = "haicap.review.keys";
const keysOn = () => localStorage.getItem(remembered) !== "off";

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
  const card = cardOf(event.target);
  if (event.key === "Escape") {
    if (!hide()) event.target.closest?.("form.edit")?.querySelector('[data-key="escape"]')?.click();
    return;
  }
  if (typing(event) || !keysOn()) return;
  if (event.key === "?") {
    event.preventDefault();
    event.stopImmediatePropagation();
    byId("keys")?.showModal();
    return;
  }
  const key = event.key.toLowerCase();
  if (!card || event.shiftKey || !"aexujk".includes(key) || key.length !== 1) return;
  if (event.repeat && key !== "j" && key !== "k") return;
  event.preventDefault();
  if (key === "j" || key === "k") {
    const all = cards();
    go(all[all.indexOf(card) + (key === "j" ? 1 : -1)]);
    return;
  }
  card.querySelector(`[data-key="${key}"]`)?.click();
}, true);

// settle readies what the server's markup leaves to a script; after each change again.
function settle() {
  const way = page.querySelector(".keys-way"), box = byId("keys-on");
  if (way) way.hidden = false;
  if (box) box.checked = keysOn();
  page.classList.toggle("keyed", keysOn());
  for (const button of page.querySelectorAll("[data-take]")) button.hidden = false;
  for (const link of page.querySelectorAll(".paper mark a")) link.tabIndex = -1; // J and K go through the cards
}
page.addEventListener("change", (event) => {
  if (event.target.id !== "keys-on") return;
  localStorage.setItem(remembered, event.target.checked ? "on" : "off");
  settle();
});
page.addEventListener("click", (event) => {
  if (event.target.closest("#keys-show")) byId("keys").showModal();
});

// Words that are selected in the text.

// place of one end of a selection in bytes of the text layer, null where it is not in the text.
function byteAt(node, offset) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.("[data-at]");
  if (!piece || !piece.closest(".paper")) return null;
  if (node.nodeType !== Node.TEXT_NODE) return Number(piece.dataset.at) + (offset ? bytes(piece.textContent) : 0);
  return Number(piece.dataset.at) + bytes(node.data.slice(0, offset));
}

function selected() {
  const s = getSelection();
  if (!s.rangeCount || s.isCollapsed || !s.toString().trim()) return null;
  const r = s.getRangeAt(0), pieces = [...document.querySelectorAll(".paper [data-at]")].filter((n) => r.intersectsNode(n));
  if (!pieces.length) return null;
  const last = pieces[pieces.length - 1];
  const from = byteAt(r.startContainer, r.startOffset) ?? Number(pieces[0].dataset.at);
  const to = byteAt(r.endContainer, r.endOffset) ?? Number(last.dataset.at) + bytes(last.textContent);
  return to > from ? { span: from + "-" + to, words: s.toString().replace(/\s+/g, " ").trim(), box: r.getBoundingClientRect() } : null;
}

// hide closes the small menu and says whether it was open.
function hide() {
  const menu = byId("float"), open = menu && !menu.hidden;
  if (open) menu.hidden = true;
  return open;
}

// offer shows the five kinds beside the words.
function offer(span, box, focus) {
  const menu = byId("float");
  menu.elements.span.value = span;
  menu.hidden = false;
  const left = Math.min(box.left, document.documentElement.clientWidth - menu.offsetWidth - 16);
  menu.style.left = Math.max(16, left) + scrollX + "px";
  menu.style.top = box.bottom + 6 + scrollY + "px";
  if (focus) menu.querySelector("button").focus();
}

const float = byId("float");
if (float) {
  document.body.append(float); // placed by the page, not by a box in it
  let timer, last = null;
  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const s = selected(), taking = document.querySelector("form.edit [data-take]");
      if (s && !taking) offer(s.span, s.box, false);
      else if (!float.contains(document.activeElement)) hide();
    }, 120);
  };
  document.addEventListener("pointerup", (event) => { if (!float.contains(event.target)) look(); });
  document.addEventListener("keyup", (event) => { if (event.shiftKey) look(); });
  document.addEventListener("pointerdown", (event) => { if (!float.contains(event.target)) hide(); });
  // What was selected in the text last is kept, because a button that takes it over gets the focus.
  document.addEventListener("selectionchange", () => { last = selected() ?? last; });
  page.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button || !last) return;
    const field = button.closest(".field").querySelector("[data-words]");
    field.value = last.words;
    field.focus();
  });
}

page.classList.add("live");
settle();
const arrived = cardOf(byId(location.hash.slice(1)));
if (arrived && !document.querySelector(".trouble")) go(arrived);
