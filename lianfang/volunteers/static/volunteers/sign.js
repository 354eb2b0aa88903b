// A frame to sign in, with a finger or the mouse: lines of whole numbers, 0 to 1000 across and down.

const form = document.querySelector("[data-sign]");
const pad = form.querySelector("[data-pad]");
const canvas = pad.querySelector("canvas");
const field = form.querySelector("[data-drawn]");
const way = form.querySelector("[name=way]");
const proof = form.querySelector("[name=proof]").closest(".field");
const LINES = 40;
const POINTS = 600;
let lines = [];
let drawing = null;

function show() {
  const drawn = way.value === "drawn";
  pad.hidden = !drawn;
  proof.hidden = drawn;
}

function point(event) {
  const box = canvas.getBoundingClientRect();
  const part = (at, begin, size) => Math.max(0, Math.min(1000, Math.round((1000 * (at - begin)) / size)));
  return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)];
}

canvas.addEventListener("pointerdown", (event) => {
  if (lines.length >= LINES) return;
  canvas.setPointerCapture?.(event.pointerId);
  drawing = point(event);
  lines.push(drawing);
  event.preventDefault();
});

canvas.addEventListener("pointermove", (event) => {
  if (!drawing || drawing.length >= POINTS) return;
  const [x, y] = point(event);
  const brush = canvas.getContext("2d");
  brush.lineWidth = 5;
  brush.lineCap = "round";
  brush.beginPath();
  brush.moveTo((drawing.at(-2) * canvas.width) / 1000, (drawing.at(-1) * canvas.height) / 1000);
  brush.lineTo((x * canvas.width) / 1000, (y * canvas.height) / 1000);
  brush.stroke();
  drawing.push(x, y);
  field.value = JSON.stringify(lines);
});

for (const end of ["pointerup", "pointercancel"]) {
  canvas.addEventListener(end, () => {
    drawing = null;
  });
}

form.querySelector("[data-again]").addEventListener("click", () => {
  lines = [];
  field.value = "";
  canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
});

way.addEventListener("change", show);
show();
