// Enhancement only: every page works without it. No state but what was left, no rendering.
"use strict";

const FIELDS = "input:not([type=hidden]), select, textarea";

/** Say something to people who use a screen reader, once. */
function announce(message) {
  const live = document.getElementById("live");
  live.textContent = "";
  // A region speaks when its text changes, so the same message twice needs a pause between.
  setTimeout(() => { live.textContent = message; }, 50);
}

/** Focus an element, or with `inside` the first field in it, wherever it is folded away. */
function goTo(element, inside) {
  element?.closest("details")?.setAttribute("open", "");
  (inside && !element?.matches(FIELDS) ? element?.querySelector(FIELDS) ?? element : element)?.focus();
}

async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  try {
    await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
    announce(button.dataset.copied ?? "Copied.");
    button.dataset.done = "copied";
  } catch {
    announce("The browser did not allow copying. Select the text and copy it.");
    button.dataset.done = "failed";
  }
  setTimeout(() => { delete button.dataset.done; }, 2000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
  // A link to a place in the form lands in its control.
  const link = event.target.closest(".error-summary a, #findings a, .json a");
  const target = link?.getAttribute("href").startsWith("#") && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  goTo(target, true);
});

/** An error summary that has just come is the first thing to read; typing goes on after that. */
function focusErrorSummary() {
  const summary = document.querySelector(".error-summary:not([data-read])");
  summary?.toggleAttribute("data-read");
  if (!document.querySelector("[autofocus]")) summary?.focus();
}

/** The outline follows the scroll: the link of the topmost section in sight is the current one. */
function followScroll() {
  const links = [...document.querySelectorAll(".outline a[href^='#']")];
  const seen = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target.id);
    const current = links.find((link) => seen.has(link.hash.slice(1)));
    if (current) for (const link of links) link.toggleAttribute("aria-current", link === current);
  }, { rootMargin: "-64px 0px -40% 0px" });
  for (const link of links) {
    const section = document.getElementById(link.hash.slice(1));
    if (section) observer.observe(section);
  }
  return observer;
}

/* Typing in the editor */

const left = new Set(); // ids of the controls that somebody has been to and left
const fresh = []; // those of them that the server does not know of yet
const count = { typed: 0, sent: 0, saved: 0 };

document.addEventListener("input", (event) => { if (event.target.closest("#typing")) count.typed += 1; });

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

document.addEventListener("focusin", (event) => { if (event.target.closest("#typing")) markLines(); });

/** Controls say that they are invalid when an error stands at them. */
function markInvalid() {
  for (const control of document.querySelectorAll("#typing [aria-describedby]")) {
    const slot = document.getElementById(control.getAttribute("aria-describedby").split(" ").pop());
    control[slot?.querySelector(".finding-error") ? "setAttribute" : "removeAttribute"]("aria-invalid", "true");
  }
}

/** Whoever closes the page while something is typed leaves it saved. */
addEventListener("pagehide", () => {
  const form = document.getElementById("workspace");
  if (!form || count.typed === count.saved) return;
  const body = new URLSearchParams(new FormData(form));
  body.set("op", "autosave");
  fetch(form.action, { method: "POST", body, keepalive: String(body).length < 6e4 }); // browsers keep 64 kB
});

document.addEventListener("paste", (event) => {
  if (!event.target.closest?.("[data-preview]")) return;
  document.getElementById("id_document").value = event.clipboardData.getData("text/plain");
  document.querySelector("[data-action=paste]").click();
});

/** Times that are clocks are those of the reader's place. */
function setClocks() {
  for (const time of document.querySelectorAll("time[data-clock]")) {
    time.textContent = new Date(time.dateTime).toLocaleTimeString([], { timeStyle: "short", hourCycle: "h23" });
  }
}

document.addEventListener("DOMContentLoaded", () => {
  let observer = followScroll();
  focusErrorSummary();
  setClocks();
  const on = (name, listener) => document.body.addEventListener(name, listener);
  on("htmx:afterSettle", () => {
    focusErrorSummary();
    observer.disconnect();
    observer = followScroll();
  });
  on("htmx:configRequest", ({ detail }) => {
    const at = document.activeElement?.id ?? "";
    Object.assign(detail.parameters, { left: [...left].join(" "), fresh: fresh.splice(0).join(" "), at });
  });
  on("htmx:beforeSend", () => { count.sent = count.typed; });
  on("htmx:afterRequest", ({ detail }) => {
    if (detail.successful) count.saved = count.sent;
    requestAnimationFrame(() => { markInvalid(); markLines(); setClocks(); }); // after what was asked for
  });
  // The server's words, by HX-Trigger: {"announce": "Region 3 added"}, {"goto": {"value": id, "inside": true}}
  on("announce", (event) => announce(event.detail.value));
  on("goto", (event) => goTo(document.getElementById(event.detail.value), event.detail.inside));
});
