// Lets this browser ring for its member, where it can: asks for leave, and sends where the house may ring.
const panel = document.querySelector("[data-devices]");
const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const text = (raw) => btoa(String.fromCharCode(...new Uint8Array(raw))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const raw = (said) => Uint8Array.from(atob(said.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

// A browser holds one leave for each house: one that was given to another key is taken back first.
async function let_in(registration, key) {
  const before = await registration.pushManager.getSubscription();
  if (before && text(before.options.applicationServerKey ?? []) !== key) await before.unsubscribe();
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: raw(key) });
}

async function ring(form) {
  const registration = await navigator.serviceWorker.register(panel.dataset.worker);
  await navigator.serviceWorker.ready;
  const leave = await let_in(registration, panel.dataset.key);
  form.elements.endpoint.value = leave.endpoint;
  form.elements.public_key.value = text(leave.getKey("p256dh"));
  form.elements.secret.value = text(leave.getKey("auth"));
  form.submit();
}

async function show() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  const leave = await registration?.pushManager.getSubscription();
  const mine = leave && panel.querySelector(`[data-device="${text(leave.getKey("p256dh")).slice(-12)}"]`);
  if (mine) mine.hidden = false;
  else panel.querySelector("form[data-ring]").hidden = false;
}

if (able) {
  panel.querySelector("[data-unable]").hidden = true;
  show();
  panel.querySelector("form[data-ring]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const refused = panel.querySelector("[data-refused]");
    refused.hidden = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") throw new Error("no leave");
      await ring(event.target);
    } catch {
      refused.hidden = false;
    }
  });
}
