// Enhancements for all pages; every page also works without them. The only state is the session's end.
"use strict";

// Browsers style the whole page again for each element that is inserted while there is a rule for `+ *`. Bootstrap's
// clears the float of its legends, and ours don't float.
for (const { href, cssRules } of document.styleSheets) {
  if (!href?.includes("bootstrap")) continue;
  const index = Array.prototype.findIndex.call(cssRules, ({ selectorText }) => selectorText === "legend + *");
  if (index >= 0) cssRules[index].parentStyleSheet.deleteRule(index);
}

const FIELDS = "input:not([type=hidden]), select, textarea"; // also used by editor.js

/** Announce a message to screen readers; with `visible`, also show it as a toast, with `undo` one with a button. */
function announce(message, { visible, undo } = {}) {
  const [live, toast] = [document.getElementById("live"), document.getElementById("toast")];
  setTimeout(() => { // after the swap of an answer, which is faster while the layout is known
    live.textContent = "";
    toast.className = visible ? "toast-line" : "visually-hidden";
    toast.querySelector("[data-toast=undo]").hidden = !undo;
    hideToast(8e3);
    // A live region announces changes only, so the same message needs a pause after the text is cleared.
    setTimeout(() => { live.textContent = message; avoidControl(toast); }, 50);
  });
}

/** Move the toast to the top if it would cover the control that was just used. */
let lastClick = { clientX: -1, clientY: -1 };
document.addEventListener("click", (event) => { if (event.detail) lastClick = event; }, true);
function avoidControl(toast) {
  const { top, bottom, left, right } = toast.getBoundingClientRect();
  const focused = document.activeElement === document.body ? null : document.activeElement.getBoundingClientRect();
  const underFocus = focused && focused.bottom > top && focused.top < bottom && focused.right > left && focused.left < right;
  const { clientX: x, clientY: y } = lastClick;
  toast.classList.toggle("toast-top", Boolean(underFocus) || (x > left && x < right && y > top && y < bottom));
}

/** Hide the toast after a time, but not while the pointer or the focus is in it. */
function hideToast(delay) {
  const toast = document.getElementById("toast");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) return hideToast(1e3);
    toast.className = "visually-hidden";
    toast.querySelector("[data-toast=undo]").hidden = true;
  }, delay);
}

function closeToast() {
  const toast = document.getElementById("toast");
  clearTimeout(toast.timer);
  toast.className = "visually-hidden";
}

/** Show a message that has an Undo button as a toast: the page may begin further down. */
function showNoticeAsToast() {
  const notice = document.querySelector("#notices .message:has([value=undo])");
  if (notice) announce(notice.querySelector("p").textContent, { visible: true, undo: true });
  notice?.remove();
}

/** Show the keys; until then they are in a template, which costs a page nothing. */
function showKeys() {
  const keys = document.getElementById("keys");
  const template = keys.querySelector("template");
  template?.replaceWith(template.content);
  keys.showModal();
}

/** Keys for all pages: ? lists them, / searches, Escape closes the toast. */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape") closeToast();
  if (event.target.matches(FIELDS)) return;
  const search = document.querySelector("input[type=search]");
  if (event.key === "?") showKeys();
  else if (event.key === "/" && search) search.focus();
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest(".footer [href$='#keys-list'], .outline [href$='#keys-list']")) return;
  event.preventDefault();
  showKeys();
});

/** Focus an element, or with `inside` the first field in it; with `scrollOnly`, only scroll to it. */
function goTo(element, inside, scrollOnly) {
  element?.closest("details")?.setAttribute("open", "");
  const field = inside && !element?.matches(FIELDS) ? element?.querySelector(FIELDS) : null;
  const target = field ?? element;
  if (!scrollOnly) target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: "nearest" }); // focus() would move it to the middle
}

async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  try {
    await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
    announce(button.dataset.copied ?? "Copied.");
    button.dataset.done = "copied";
  } catch {
    announce("Copying failed. Select the text and copy it.");
    button.dataset.done = "failed";
  }
  setTimeout(() => { delete button.dataset.done; }, 2000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
  // The Undo button of a message presses the editor's own, which stays when the message goes.
  if (event.target.closest("[data-toast=close]")) closeToast();
  const undo = event.target.closest("[data-toast=undo], .message [value=undo]");
  if (undo) {
    event.preventDefault();
    undo.closest(".message")?.remove();
    document.getElementById("undo").focus({ preventScroll: true }); // it is sticky, but its place is the top
    document.getElementById("undo").click();
  }
  // Links to a part of the form focus its field.
  const link = event.target.closest(".error-summary a, #findings a, #findings-badge, .json a");
  const target = link?.getAttribute("href").startsWith("#") && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  goTo(target, true);
});

/** Follow a row's link also from a text with a tooltip, which is above the link. */
document.addEventListener("click", ({ target }) => {
  if (target.closest("[title]") && !target.closest("a, button")) target.closest("tr")?.querySelector(".row-link")?.click();
});

/** Focus a new error summary once, unless another element has autofocus. */
function focusErrorSummary() {
  const summary = document.querySelector(".error-summary:not([data-read])");
  summary?.toggleAttribute("data-read");
  if (!document.querySelector("[autofocus]")) summary?.focus();
}

/** Keep tables that don't scroll out of the tab order. */
const tables = new ResizeObserver((entries) => {
  for (const { target } of entries) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
});

/** Show clock times in the user's time zone. */
function localizeTimes() {
  for (const time of document.querySelectorAll("time[data-clock]")) {
    time.textContent = new Date(time.dateTime).toLocaleTimeString([], { timeStyle: time.dataset.clock || "short", hourCycle: "h23" });
  }
}

/** Show the session notice 5 minutes before the session ends, and again when it has ended. */
function updateSessionNotice() {
  const notice = document.getElementById("session");
  if (!notice) return;
  notice.endsAt ??= Date.now() + notice.dataset.seconds * 1000;
  const remaining = notice.endsAt - Date.now();
  const state = remaining <= 0 ? "ended" : remaining < 5 * 60e3 ? "near" : "";
  if (state === (notice.dataset.state ?? "")) return;
  const text = notice.querySelector("p");
  notice.dataset.near ??= text.textContent;
  notice.dataset.state = state;
  notice.hidden = !state;
  notice.querySelector("button").hidden = state !== "near";
  if (state) announce(text.textContent = notice.dataset[state]);
}

/** Set the session's remaining seconds; move the focus back if it is in the notice. */
function setSessionEnd(seconds) {
  const notice = document.getElementById("session");
  if (!notice) return;
  const hadFocus = notice.contains(document.activeElement);
  notice.endsAt = Date.now() + seconds * 1000;
  updateSessionNotice();
  if (hadFocus) (notice.previousFocus?.isConnected ? notice.previousFocus : document.getElementById("main")).focus();
}

const otherTabs = new BroadcastChannel("session"); // all tabs share the session
otherTabs.onmessage = ({ data }) => setSessionEnd(data);

document.addEventListener("focusin", ({ target, relatedTarget }) => {
  if (relatedTarget && target.closest("#session")) document.getElementById("session").previousFocus = relatedTarget;
});

document.addEventListener("DOMContentLoaded", () => {
  focusErrorSummary();
  localizeTimes();
  updateSessionNotice();
  showNoticeAsToast();
  for (const table of document.querySelectorAll(".table-wrap")) tables.observe(table);
  setInterval(updateSessionNotice, 15e3);
  const notice = document.getElementById("session");
  if (notice) otherTabs.postMessage(notice.dataset.seconds);
  const on = (name, listener) => document.body.addEventListener(name, listener);
  on("htmx:afterSettle", focusErrorSummary);
  on("htmx:afterRequest", ({ detail }) => { // hide the toast of the previous action, unless this one has its own
    if (!detail.requestConfig.headers["X-Background"]) hideToast(0);
  });
  on("htmx:afterRequest", () => requestAnimationFrame(localizeTimes));
  // Events that the server sends with HX-Trigger, for example {"announce": {"value": "Region added."}}
  // and {"goto": {"url": "…", "value": "element-id", "inside": true}}.
  on("session", ({ detail }) => {
    setSessionEnd(detail.value);
    otherTabs.postMessage(detail.value);
  });
  on("token", ({ detail }) => { // the user signed in again in another tab
    for (const input of document.getElementsByName("csrfmiddlewaretoken")) input.value = detail.value;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": detail.value }));
  });
  on("announce", ({ detail }) => announce(detail.value, { visible: true, undo: detail.undo }));
  on("goto", ({ detail }) => {
    history.replaceState(null, "", detail.url); // not with htmx, which would do it before the swap
    goTo(document.getElementById(detail.value), detail.inside, detail.scroll);
  });
});
