// Enhancement only: every page works without it. No state but the session's end, no rendering.
"use strict";

const FIELDS = "input:not([type=hidden]), select, textarea"; // editor.js knows it too

/** Say something to people who use a screen reader, once, and with `shown` to all, for a while. */
function announce(message, shown) {
  const live = document.getElementById("live");
  live.textContent = "";
  live.className = shown ? "toast-line" : "visually-hidden";
  clearTimeout(live.hiding);
  live.hiding = setTimeout(() => { live.className = "visually-hidden"; }, 8e3);
  // A region speaks when its text changes, so the same message twice needs a pause between.
  setTimeout(() => { live.textContent = message; }, 50);
}

/** Focus an element, or with `inside` the first field in it, wherever it is folded away; or only show it. */
function goTo(element, inside, glance) {
  element?.closest("details")?.setAttribute("open", "");
  const place = inside && !element?.matches(FIELDS) ? element?.querySelector(FIELDS) ?? element : element;
  if (!glance) place?.focus();
  place?.scrollIntoView({ block: "nearest" }); // all of it: a browser is content with a part
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
  const link = event.target.closest(".error-summary a, #findings a, #findings-badge, .json a");
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

/** Times that are clocks are those of the reader's place. */
function setClocks() {
  for (const time of document.querySelectorAll("time[data-clock]")) {
    time.textContent = new Date(time.dateTime).toLocaleTimeString([], { timeStyle: time.dataset.clock || "short", hourCycle: "h23" });
  }
}

/** Five minutes before the session's end its notice comes, with the button that puts the end off. */
function tellOfEnd() {
  const notice = document.getElementById("session");
  if (!notice) return;
  notice.end ??= Date.now() + notice.dataset.seconds * 1000;
  const rest = notice.end - Date.now();
  const state = rest <= 0 ? "ended" : rest < 5 * 60e3 ? "near" : "";
  if (state === (notice.dataset.state ?? "")) return;
  const text = notice.querySelector("p");
  notice.dataset.near ??= text.textContent;
  notice.dataset.state = state;
  notice.hidden = !state;
  notice.querySelector("button").hidden = state !== "near";
  if (state) announce(text.textContent = notice.dataset[state]);
}

/** The server's word on the session: how many seconds it lasts yet. Whoever pressed for that goes on. */
function setEnd(seconds) {
  const notice = document.getElementById("session");
  if (!notice) return;
  const pressed = notice.contains(document.activeElement);
  notice.end = Date.now() + seconds * 1000;
  tellOfEnd();
  if (pressed) (notice.cameFrom?.isConnected ? notice.cameFrom : document.getElementById("main")).focus();
}

const tabs = new BroadcastChannel("session"); // all tabs have one
tabs.onmessage = ({ data }) => setEnd(data);

document.addEventListener("focusin", ({ target, relatedTarget }) => {
  if (relatedTarget && target.closest("#session")) document.getElementById("session").cameFrom = relatedTarget;
});

document.addEventListener("DOMContentLoaded", () => {
  focusErrorSummary();
  setClocks();
  tellOfEnd();
  setInterval(tellOfEnd, 15e3);
  const notice = document.getElementById("session");
  if (notice) tabs.postMessage(notice.dataset.seconds);
  const on = (name, listener) => document.body.addEventListener(name, listener);
  on("htmx:afterSettle", focusErrorSummary);
  on("htmx:beforeRequest", ({ detail }) => { // what was said of the last press is no longer news
    if (!detail.requestConfig.headers["X-Background"]) document.getElementById("live").className = "visually-hidden";
  });
  on("htmx:afterRequest", () => requestAnimationFrame(setClocks)); // after what was asked for
  // The server's words, by HX-Trigger: {"announce": {"value": "Region 3 added"}}, {"goto": {"url": …, "value": id, "inside": true}}
  on("session", ({ detail }) => {
    setEnd(detail.value);
    tabs.postMessage(detail.value);
  });
  on("token", ({ detail }) => { // of who signed in again in another tab
    for (const input of document.getElementsByName("csrfmiddlewaretoken")) input.value = detail.value;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": detail.value }));
  });
  on("announce", (event) => announce(event.detail.value, true));
  on("goto", ({ detail }) => {
    history.replaceState(null, "", detail.url); // here and not by htmx, which does it before anything is to be seen
    goTo(document.getElementById(detail.value), detail.inside, detail.scroll);
  });
});
