"use strict";
// Sorting, filtering and paging of the long tables, and what the page shows on demand. Text is only ever set as text.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const data = JSON.parse($("#data").textContent);
const PRINTED = 500; // rows of a table; with up to a tenth as many articles, these are printed whole

const thousands = (number) => number.toLocaleString("en-US");
const counted = (number, [one, many]) => `${thousands(number)} ${number === 1 ? one : many}`;
const signed = (number) => (number > 0 ? "+" : number < 0 ? "−" : "") + Math.abs(number);
const span = (first, last) => (first === last ? first : `${first} – ${last}`);
const unpacked = ({ columns, rows }) =>
  rows.map((values) => Object.fromEntries(columns.map((name, place) => [name, values[place]])));
const order = new Intl.Collator("en", { sensitivity: "base", numeric: true }).compare;

// ── rows ────────────────────────────────────────────────────────────────────────────────────────

function fillSpeaker(element, row) {
  element.classList.toggle("few", !row.enough);
  put(element, {
    ...row,
    net: signed(row.net_tone),
    interval: `${signed(row.net_low)} to ${signed(row.net_high)}`,
    days: span(row.first, row.last),
  });
  for (const claim of data.claim_types) $(`[data-key=${claim}]`, element).classList.toggle("zero", !row[claim]);
  for (const link of $$("[data-to]", element)) link.dataset.speaker = row.speaker;
  $("rect.constructive", element).setAttribute("width", row.constructive);
  $("rect.cautious", element).setAttribute("width", row.cautious);
  $("rect.cautious", element).setAttribute("x", 100 - row.cautious);
  const leaning = !row.enough ? "" : row.net_low > 0 ? " constructive" : row.net_high < 0 ? " cautious" : "";
  $("svg.net", element).setAttribute("class", `net${leaning}`);
  $("path.range", element).setAttribute("d", `M${row.net_low} 10H${row.net_high}`);
  $("path.dot", element).setAttribute("d", `M${row.net_tone} 10h0`);
}

function fillClaim(element, row) {
  const made = data.claim_types.filter((claim) => row[claim]);
  put(element, {
    ...row,
    types: made.map((claim) => `${claim} ${row[claim]}\u00a0%`).join(", "),
    speaker: row.speaker || "(narration)",
    when: span(row.start, row.end),
  });
  const link = $("[data-key=text]", element);
  if (row.shown) link.href = `#a${row.article}s${row.sentence}`;
  else link.removeAttribute("href");
}

function put(element, values) {
  for (const place of $$("[data-key]", element)) {
    const value = values[place.dataset.key];
    place.textContent = typeof value === "number" ? thousands(value) : value;
  }
}

// ── lists: what is left of them after filtering, in which order, and which page of it is shown ────

class List {
  constructor(name, items, nouns, matches) {
    Object.assign(this, { name, items, nouns, matches, left: items, page: 0, all: false });
    this.form = $(`form[data-of=${name}]`);
    this.size = Number($(`[data-size=${name}]`).value);
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", (event) => event.target.type !== "checkbox" && this.filter());
    this.form.addEventListener("reset", () => setTimeout(() => this.filter()));
    for (const button of $$(`[data-page][data-of=${name}]`))
      button.addEventListener("click", () => this.show(this.page + Number(button.dataset.page)));
    $(`[data-size=${name}]`).addEventListener("change", (event) => {
      this.size = Number(event.target.value);
      this.show(0);
    });
  }
  filter() {
    const wanted = Object.fromEntries(new FormData(this.form));
    this.left = this.items.filter(this.matches(wanted));
    this.show(0);
  }
  set(values) {
    this.form.reset();
    for (const [name, value] of Object.entries(values)) this.form.elements[name].value = value;
    this.filter();
  }
  show(page) {
    const last = Math.max(0, Math.ceil(this.left.length / this.size) - 1);
    this.page = Math.min(Math.max(0, page), last);
    const from = this.all ? 0 : this.page * this.size;
    const rows = this.left.slice(from, this.all ? PRINTED : from + this.size);
    this.draw(rows);
    const all = counted(this.items.length, this.nouns);
    const said = this.left.length === this.items.length ? all : `${thousands(this.left.length)} of ${all}`;
    const status = $(`[data-count=${this.name}]`);
    if (status.textContent !== said) status.textContent = said;
    $(`[data-where=${this.name}]`).textContent = rows.length
      ? `${thousands(from + 1)}–${thousands(from + rows.length)} of ${thousands(this.left.length)}`
      : "none";
    for (const button of $$(`[data-page][data-of=${this.name}]`))
      button.disabled = this.page === (button.dataset.page < 0 ? 0 : last);
    $(`[data-printed=${this.name}]`).textContent =
      rows.length < this.left.length ? `${thousands(rows.length)} of ${thousands(this.left.length)} printed.` : "";
  }
}

class Table extends List {
  constructor(name, items, nouns, matches, fill) {
    super(name, items, nouns, matches);
    this.fill = fill;
    this.body = $(`table[data-table=${name}] tbody`);
    this.row = $(`#${name}-row`).content.firstElementChild;
    for (const button of $$(`table[data-table=${name}] [data-sort]`))
      button.addEventListener("click", () => this.sort(button));
  }
  sort(button) {
    const key = button.dataset.sort;
    const head = button.closest("th");
    const words = typeof this.items[0][key] === "string" && !data.days.includes(key);
    const before = head.getAttribute("aria-sort");
    const up = before ? before === "descending" : words;
    for (const other of $$("[aria-sort]", head.parentElement)) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const compare = words ? (a, b) => order(a[key], b[key]) : (a, b) => (a[key] > b[key]) - (a[key] < b[key]);
    // What is empty comes last either way.
    this.items.sort((a, b) => (a[key] === "") - (b[key] === "") || (up ? compare(a, b) : compare(b, a)));
    this.filter();
  }
  draw(rows) {
    this.body.replaceChildren(
      ...rows.map((row) => {
        const element = this.row.cloneNode(true);
        this.fill(element, row);
        return element;
      }),
    );
  }
}

class Articles extends List {
  draw(rows) {
    const shown = new Set(rows);
    for (const item of this.items) item.element.hidden = !shown.has(item);
  }
  reveal(element) {
    const item = this.items.find((one) => one.element === element.closest("details.article"));
    if (!item) return;
    if (!this.left.includes(item)) this.set({});
    this.show(Math.floor(this.left.indexOf(item) / this.size));
    item.element.open = true;
    element.scrollIntoView({ block: "center" });
    ($("button", element) || $("summary", element)).focus({ preventScroll: true });
  }
}

const holds = (text, part) => text.toLowerCase().includes(part.trim().toLowerCase());
const names = new Set([...data.names, ...data.speakers.rows.map(([name]) => name)]);
// A whole name finds that speaker alone, part of a name everybody whose name holds it.
const named = (part) => (names.has(part) ? (name) => name === part : (name) => holds(name, part));

const lists = {};
const speakers = unpacked(data.speakers);
if (speakers.length)
  lists.speakers = new Table(
    "speakers",
    speakers,
    ["speaker", "speakers"],
    ({ speaker, kind, least }) =>
      (row) =>
        row.sentences >= least && (!kind || row.kind === kind) && holds(row.speaker, speaker),
    fillSpeaker,
  );
const claims = unpacked(data.claims);
const shown = new Set(data.articles.map(([place]) => place));
for (const row of claims) {
  row.sure = Math.max(...data.claim_types.map((claim) => row[claim]));
  row.shown = shown.has(row.article);
}
if (claims.length)
  lists.claims = new Table(
    "claims",
    claims,
    ["sentence", "sentences"],
    ({ type, speaker, words }) => {
      const by = named(speaker);
      return (row) => (!type || row[type]) && (!speaker || by(row.speaker)) && holds(row.text, words);
    },
    fillClaim,
  );
if (data.articles.length)
  lists.articles = new Articles(
    "articles",
    data.articles.map(([place, title, said]) => ({ element: $(`#a${place}`), title, said })),
    ["article", "articles"],
    ({ title, speaker }) => {
      const by = named(speaker);
      return (item) => holds(item.title, title) && (!speaker || item.said.some((one) => by(data.names[one])));
    },
  );

// ── from a figure to what is behind it ──────────────────────────────────────────────────────────

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  const { to, speaker } = link.dataset;
  if (to === "articles") lists.articles?.set({ speaker });
  else if (to) lists.claims?.set({ speaker, type: to });
  else if (link.hash === location.hash) arrive(); // the same link again: no hashchange
});
function arrive() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.closest("details.article")) lists.articles.reveal(target);
}
addEventListener("hashchange", arrive);

// ── articles: what was found in a sentence, beside it on demand ─────────────────────────────────

const articles = $("[data-articles]");
const card = $("#card"); // only where there are articles
function hideCard() {
  card.hidden = true;
  for (const note of $$("[aria-describedby=card]")) note.removeAttribute("aria-describedby");
}
function showCard(note) {
  hideCard();
  const heads = [`${note.parentElement.classList[1]} `, $("bdi", note) ? "speaker by " : ""];
  const lines = note.dataset.sure.split("|").map((line, place) => {
    const item = document.createElement("p");
    item.textContent = (heads[place] ?? "") + line;
    return item;
  });
  card.replaceChildren(...lines);
  note.setAttribute("aria-describedby", "card");
  card.hidden = false;
  const at = note.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 8));
  const below = at.bottom + card.offsetHeight + 4 < innerHeight;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${(below ? at.bottom : at.top - card.offsetHeight) + scrollY}px`;
}
if (articles) {
  const over = (event) => {
    const note = event.target.closest(".s")?.querySelector(".note");
    if (note) showCard(note);
    else leave();
  };
  // What the keyboard asked for stays, wherever the pointer is; and the pointer may move onto the card itself.
  const leave = () => $("[aria-describedby=card]") !== document.activeElement && hideCard();
  for (const kind of ["pointerover", "focusin", "click"]) articles.addEventListener(kind, over);
  articles.addEventListener("pointerleave", (event) => card.contains(event.relatedTarget) || leave());
  card.addEventListener("pointerleave", leave);
  articles.addEventListener("focusout", hideCard);
  addEventListener("keydown", (event) => event.key === "Escape" && hideCard());
  const form = lists.articles.form;
  form.elements.notes.addEventListener("change", (event) => articles.classList.toggle("bare", !event.target.checked));
  $("[data-open]", form).addEventListener("click", () => {
    for (const article of $$("details.article:not([hidden])", articles)) article.open = true;
  });
}

// ── print: all rows that passed the filters, up to a limit; short collections with their articles ─

let closed = [];
addEventListener("beforeprint", () => {
  for (const list of Object.values(lists)) {
    list.all = true;
    list.show(list.page);
  }
  closed = $$("details.data:not([open])");
  if (lists.articles?.left.length <= PRINTED / 10) closed.push(...$$("details.article:not([hidden]):not([open])"));
  for (const one of closed) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of closed) one.open = false;
  for (const list of Object.values(lists)) {
    list.all = false;
    list.show(list.page);
  }
});

document.documentElement.classList.add("js");
for (const list of Object.values(lists)) list.filter();
arrive();
