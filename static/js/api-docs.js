// "Try it" on the API's page: sends what the form says and shows what came back. Without it the page is for reading.
const token = document.getElementById("token");
const csrf = document.querySelector("[data-api-csrf] [name=csrfmiddlewaretoken]");

function request(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  const headers = new Headers({ Accept: "application/json" });
  let body;
  for (const input of form.querySelectorAll("[data-place]")) {
    const value = input.value.trim();
    if (input.dataset.place === "path") path = path.replace(`{${input.name}}`, encodeURIComponent(value));
    else if (input.dataset.place === "body") body = input.value;
    else if (value && input.dataset.place === "query") query.append(input.name, value);
    else if (value) headers.set(input.name, value);
  }
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (token.value.trim()) headers.set("Authorization", `Bearer ${token.value.trim()}`);
  else if (csrf) headers.set("X-CSRFToken", csrf.value);
  const address = query.size ? `${path}?${query}` : path;
  // With a token the session stays at home, so that the answer is the one a program would get.
  const credentials = token.value.trim() ? "omit" : "same-origin";
  return [address, { method: form.dataset.method, headers, body, credentials, cache: "no-store" }];
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function send(form) {
  const result = form.querySelector(".api-result");
  const show = (name, text) => {
    const part = result.querySelector(`[data-${name}]`);
    part.textContent = text;
    part.hidden = !text;
  };
  const began = performance.now();
  try {
    const answer = await fetch(...request(form));
    const text = await answer.text();
    show("status", `${answer.status} ${answer.statusText}`);
    show("time", `${Math.round(performance.now() - began)} ms`);
    show("headers", [...answer.headers].map(([name, value]) => `${name}: ${value}`).join("\n"));
    show("answer", pretty(text));
  } catch (error) {
    show("status", String(error.message));
    for (const name of ["time", "headers", "answer"]) show(name, "");
  }
  result.hidden = false;
}

token.form.hidden = false;
token.form.addEventListener("submit", (event) => event.preventDefault());
for (const form of document.querySelectorAll("[data-api-try]")) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    await send(form);
    button.disabled = false;
  });
}

// A link to one operation opens it.
function openLinked() {
  const linked = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (linked instanceof HTMLDetailsElement) linked.open = true;
}
addEventListener("hashchange", openLinked);
openLinked();
