// Shows a chosen picture before it is sent. It is drawn, not addressed: the policy of the pages allows no blob: pictures.
const WIDTH = 240;

async function preview(input) {
  const shown = input.nextElementSibling?.matches("canvas.preview") ? input.nextElementSibling : null;
  shown?.remove();
  const [file] = input.files;
  if (!file) return;
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return; // not a picture: the form says so when it is sent
  }
  const canvas = document.createElement("canvas");
  canvas.className = "preview";
  canvas.width = Math.min(WIDTH, picture.width);
  canvas.height = Math.round((picture.height * canvas.width) / picture.width);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", input.dataset.preview);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  input.after(canvas);
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("input[type=file][data-preview]")) preview(target);
});
