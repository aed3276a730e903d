// What the editor adds while somebody types. Enhancement only, no rendering; its state is what was left, typed and
// pressed, and what the server has not answered yet.
"use strict";

// Swaps that put what came where it belongs, and do nothing else: htmx's own look for the old attributes of
// each new element, which takes longer than all the rest where a form comes.
const SWAPS = { replace: "replaceWith", append: "append" };
htmx.defineExtension("swaps", {
  isInlineSwap: (style) => style === "replace",
  handleSwap(style, target, fragment, settling) {
    if (!SWAPS[style]) return false;
    const [nodes, elements] = [[...fragment.childNodes], [...fragment.children]];
    target[SWAPS[style]](...nodes);
    settling.elts = settling.elts.flatMap((old) => (old === target ? elements : [old])); // who hears of it
    return nodes;
  },
});

const seen = new Set(); // the sections in sight

/** The outline's current link is that of the section one is in, where it is in sight, else of the topmost one there. */
function markOutline() {
  const links = [...document.querySelectorAll(".outline a[href^='#']")];
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  const within = bottom > 64 && top < innerHeight && links.find((link) => document.activeElement.closest(link.hash));
  const current = within || links.find((link) => seen.has(document.getElementById(link.hash.slice(1))));
  if (!current) return;
  for (const link of links) link.removeAttribute("aria-current");
  current.setAttribute("aria-current", "true");
}

/** It follows the scroll. */
function followScroll() {
  seen.clear();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target);
    markOutline();
  }, { rootMargin: "-64px 0px -40% 0px" });
  for (const link of document.querySelectorAll(".outline a[href^='#']")) {
    const section = document.getElementById(link.hash.slice(1));
    if (section) observer.observe(section);
  }
  return observer;
}

const left = new Set(); // ids of the controls that somebody has been to and left
const fresh = []; // those of them that the server does not know of yet
const count = { typed: 0, sent: 0, saved: 0 };

// Captured, so that it has counted before anything is sent.
document.addEventListener("input", ({ target }) => { if (target.closest("#typing")) count.typed += 1; }, true);

/** Says how many characters a control takes yet: for all to see from a hundred on, and to hear a few times. */
const counter = Object.assign(document.createElement("p"), { className: "form-text counter" });
const heard = new WeakMap();
document.addEventListener("input", ({ target }) => {
  const room = target.dataset.maxLength - [...(target.value ?? "")].length; // code points, as the rules count
  if (!(room <= 100)) {
    if (heard.delete(target)) counter.remove(); // one at another control stays: nothing moves for it
    return;
  }
  const [number, over] = [Math.abs(room), room < 0];
  const part = target.dataset.part ? `${target.getAttribute("aria-label").split(" ")[0]}: ` : "";
  counter.textContent = `${part}${number} character${number === 1 ? "" : "s"} ${over ? "too many" : "left"}`;
  counter.toggleAttribute("data-over", over);
  if (part) target.parentElement.append(counter);
  else target.after(counter);
  const step = [20, 0, -1].filter((least) => room <= least).length;
  if (step > (heard.get(target) ?? -1)) announce(counter.textContent);
  heard.set(target, step);
});

document.addEventListener("focusout", ({ target }) => {
  if (!target.id || !target.closest("#typing") || !target.matches(FIELDS) || left.has(target.id)) return;
  left.add(target.id);
  fresh.push(target.id);
  // A press of a button that took the focus away comes first: nothing may move under it.
  setTimeout(() => htmx.trigger(target, "left"), 300);
});

/** Mark the lines of the preview that show the field one is in. */
function markLines() {
  for (const line of document.querySelectorAll(".json .here")) line.classList.remove("here");
  const field = document.activeElement?.closest("#typing [id]");
  const lines = field ? document.querySelectorAll(`.json a[href$="#${CSS.escape(field.id)}"]`) : [];
  for (const line of lines) line.classList.add("here");
  const preview = document.getElementById("preview");
  if (lines.length && preview.offsetParent) preview.scrollTop = lines[0].offsetTop - preview.clientHeight / 3;
}

document.addEventListener("focusin", (event) => {
  if (event.target.closest("#typing")) markLines();
  markOutline();
});

/** Controls say that they are invalid when an error stands at them. */
function markInvalid() {
  for (const control of document.querySelectorAll("#typing [aria-describedby]")) {
    const slot = document.getElementById(control.getAttribute("aria-describedby").split(" ").pop());
    control[slot?.querySelector(".finding-error") ? "setAttribute" : "removeAttribute"]("aria-invalid", "true");
  }
}

/** A button is pressed once the last one is done: what comes back may draw all others anew. */
const waiting = { form: null, button: null };
document.addEventListener("submit", (event) => {
  const [form, button] = [event.target, event.submitter];
  if (form.id !== "workspace") return;
  if (waiting.form !== form) {
    Object.assign(waiting, { form, button });
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (button !== waiting.button) announce("Not done: the last button was still at work. Press again.", true);
}, true);

// A button's answer that was not shown, as somebody typed on: which Region it opens, and where they are.
let unseen = null;

/** What is typed while a button is at work is saved before the form is drawn anew, on top of what it did. */
function keepTyping(event) {
  const { requestConfig, xhr } = event.detail;
  const redraws = requestConfig.elt.id === "workspace" || xhr.getResponseHeader("HX-Retarget") === "#workspace";
  if (!redraws) return;
  const control = document.activeElement;
  if (unseen) Object.assign(unseen, { id: control.id, from: control.selectionStart, to: control.selectionEnd });
  if (count.typed === count.sent) return;
  event.detail.shouldSwap = false;
  const { goto } = JSON.parse(xhr.getResponseHeader("HX-Trigger-After-Settle") ?? "{}");
  const stays = !goto || /^(edit|close|add|duplicate)/.test(requestConfig.parameters.op);
  const open = stays ? document.getElementById("open").value : new URL(goto.url, location).searchParams.get("open");
  unseen ??= { open: open ?? "" };
  unseen.skipped = true;
  htmx.trigger("#typing", "left");
}

/** They go on where they were, also where their Region has another number now. */
function goOn() {
  const { id, from, to } = unseen;
  unseen = null;
  if (document.activeElement !== document.body) return;
  const control = document.getElementById(id.replace(/(?<=^(id_)?distributions-)[0-9]+/, document.getElementById("open").value));
  control?.focus();
  if (control?.selectionStart != null) control.setSelectionRange(from, to);
}

let again; // when it is tried next

/** What did not reach the server is told, and sent again until it does; the next answer says when it was saved. */
function tellUnsent({ requestConfig, xhr }) {
  const [status, form] = [document.getElementById("status"), document.getElementById("workspace")];
  if (requestConfig.path !== form?.getAttribute("action")) return;
  const told = xhr.status === 404 ? form.dataset.gone : form.dataset.unsent;
  if (!status.dataset.unsent) announce(told, true);
  status.textContent = status.dataset.unsent = told;
  clearTimeout(again);
  const hopeless = xhr.status === 404 || (xhr.status === 403 && !xhr.getResponseHeader("HX-Trigger")?.includes("token"));
  if (!hopeless) again = setTimeout(() => htmx.trigger("#typing", "left"), 3e3); // else the session's notice helps
}

new BroadcastChannel("session").addEventListener("message", () => { // somebody has signed in again
  if (document.getElementById("status")?.dataset.unsent) htmx.trigger("#typing", "left");
});

addEventListener("beforeunload", (event) => {
  if (document.getElementById("status")?.dataset.unsent) event.preventDefault();
});

let former = {}; // what this window left of the draft before

/** Whoever closes the page while something is typed leaves it saved. */
addEventListener("pagehide", () => {
  const form = document.getElementById("workspace");
  if (!form) return;
  const [url, revision] = [form.action, form.revision.value];
  const saving = count.typed !== count.saved && Date.now();
  const left = count.typed || !former.page ? { page: form.page.value, saving } : former;
  sessionStorage.setItem("left", JSON.stringify({ ...left, url, revision }));
  if (!saving) return;
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries({ op: "autosave", changes: count.typed, former: former.page ?? "" })) body.set(name, value);
  fetch(form.action, { method: "POST", body, keepalive: String(body).length < 6e4 }); // browsers keep 64 kB
});

/** Undo and redo as everywhere; within a field they are the browser's own. */
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.matches(FIELDS)) return;
  const keys = { z: event.shiftKey ? "redo" : "undo", y: "redo" };
  const button = document.getElementById(keys[event.key.toLowerCase()]);
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("paste", (event) => {
  if (!event.target.closest?.("[data-preview]")) return;
  document.getElementById("id_document").value = event.clipboardData.getData("text/plain");
  document.querySelector("[data-action=paste]").click();
});

/** A page that was asked for before its draft was saved by the last one is behind, and comes up to it. */
function catchUp() {
  const form = document.getElementById("workspace");
  const left = JSON.parse(sessionStorage.getItem("left"));
  sessionStorage.removeItem("left");
  if (!left || left.url !== form?.action) return;
  former = left;
  if (Number(left.revision) > Number(form.revision.value)) location.reload();
  else if (Date.now() - left.saving < 5e3) setTimeout(() => htmx.trigger("#typing", "left"), 1000);
}

document.addEventListener("DOMContentLoaded", () => {
  catchUp();
  const name = document.getElementById("id_name");
  if (name?.value === "" && !location.hash) name.focus(); // a draft begins with its name
  let observer = followScroll();
  const on = (name, listener) => document.body.addEventListener(name, listener);
  on("htmx:afterSettle", ({ detail }) => {
    const covered = document.querySelector(".conflict") && document.activeElement.closest("#typing :focus");
    covered?.scrollIntoView({ block: "nearest" });
    observer.disconnect();
    observer = followScroll();
    if (detail.target.id === "workspace" && count.typed !== count.sent) htmx.trigger("#typing", "left"); // not heard yet
  });
  on("htmx:configRequest", ({ detail }) => {
    const control = document.activeElement;
    const at = control?.hasAttribute("aria-invalid") ? "" : control?.id ?? ""; // what is told goes on being told
    const told = { left: [...left].join(" "), fresh: fresh.splice(0).join(" "), at, changes: count.typed };
    Object.assign(detail.parameters, told, { former: former.page ?? "" }, unseen && { open: unseen.open });
  });
  on("htmx:beforeSwap", keepTyping);
  on("htmx:afterSwap", ({ detail }) => { if (unseen && detail.target.id === "workspace") goOn(); });
  on("htmx:beforeSend", () => { count.sent = count.typed; });
  on("htmx:afterRequest", ({ detail }) => {
    const { status } = detail.xhr; // htmx calls whatever it shows a success; 409 and 422 say themselves what became of it
    if ((status >= 200 && status < 400) || [409, 422].includes(status)) count.saved = count.sent;
    else tellUnsent(detail);
    const done = unseen || detail.requestConfig.elt.id === "workspace";
    if (unseen?.skipped) unseen.skipped = false; // and the next answer has all of it
    else if (done) unseen = waiting.form = null;
    requestAnimationFrame(() => { markInvalid(); markLines(); }); // after what was asked for
  });
});
