// Enhancement only: every page works without it. No state, no rendering.
"use strict";

/** Say something to people who use a screen reader, once. */
function announce(message) {
  const live = document.getElementById("live");
  live.textContent = "";
  // A region speaks when its text changes, so the same message twice needs a pause between.
  setTimeout(() => { live.textContent = message; }, 50);
}

/** The text of the element that a copy button names. */
function copiedText(button) {
  const source = document.querySelector(button.dataset.copy);
  return (source.value ?? source.textContent).trim();
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(copiedText(button));
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
});

/** An error summary that has just come is the first thing to read; typing goes on after that. */
function focusErrorSummary() {
  const summary = document.querySelector(".error-summary:not([data-read])");
  if (!summary) return;
  summary.dataset.read = "";
  if (!document.querySelector("[autofocus]")) summary.focus();
}

const CONTROLS = "input:not([type=hidden]), select, textarea, button";

/** Focus an element, wherever it is folded away. */
function goTo(element) {
  element?.closest("details")?.setAttribute("open", "");
  element?.focus();
}

/** A summary's link lands in the control itself; a group's in its first one. */
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  event.preventDefault();
  goTo(target.matches(CONTROLS) ? target : target.querySelector(CONTROLS) ?? target);
});

/** The outline follows the scroll: the link of the topmost section in sight is the current one. */
function followScroll() {
  const links = [...document.querySelectorAll(".outline a[href^='#']")];
  const seen = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target.id);
    const current = links.find((link) => seen.has(link.hash.slice(1)));
    if (!current) return;
    for (const link of links) link.toggleAttribute("aria-current", link === current);
  }, { rootMargin: "-64px 0px -40% 0px" });
  for (const link of links) {
    const section = document.getElementById(link.hash.slice(1));
    if (section) observer.observe(section);
  }
  return observer;
}

document.addEventListener("DOMContentLoaded", () => {
  let observer = followScroll();
  focusErrorSummary();
  document.body.addEventListener("htmx:afterSettle", () => {
    focusErrorSummary();
    observer.disconnect();
    observer = followScroll();
  });
  // The server's words, by HX-Trigger: {"announce": "Region 3 added"}, {"goto": "the id of a row"}
  document.body.addEventListener("announce", (event) => announce(event.detail.value));
  document.body.addEventListener("goto", (event) => goTo(document.getElementById(event.detail.value)));
});
