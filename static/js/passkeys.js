// When a passkey is refused or not found, say so on the page. allauth's scripts report it by this event.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const notice = document.querySelector("[data-passkey-trouble]");
  if (notice) notice.hidden = false;
});
