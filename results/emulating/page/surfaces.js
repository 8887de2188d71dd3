// Two inputs to look along, sliders for the others; the surface is drawn again at once.

const SHADES = [[239, 229, 28], [170, 220, 50], [94, 201, 98], [39, 173, 129], [33, 145, 140], [44, 114, 142], [59, 82, 139], [71, 44, 122], [68, 1, 84]];
const WHITE = [255, 255, 255], BLACK = [0, 0, 0];
const TONES = Array.from({ length: 256 }, (_, at) => shade(at / 255));
const STEPS = 41, WIDE = 1.6448536269514722, WORK = 4e7;
const MOST_ALIKE = 6e5; // points times places of a surface, beyond which it has fewer steps
const all = JSON.parse(document.getElementById("emulators").textContent).map((one) => ({
  ...one, emulator: awake(one.emulator), values: unpacked(one.values), means: unpacked(one.means),
}));
const by = (id) => document.getElementById(id);
const sitting = { one: all[0], first: 0, second: 0, values: [], cross: [0.5, 0.5], drawn: null };

function made(tag, about = {}, ...inside) {
  const element = document.createElement(tag);
  Object.entries(about).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...inside);
  return element;
}

function shade(share) {
  const place = Math.min(Math.max(share, 0), 1) * (SHADES.length - 1);
  const low = Math.min(Math.floor(place), SHADES.length - 2);
  return SHADES[low].map((from, at) => Math.round(from + (place - low) * (SHADES[low + 1][at] - from)));
}

const colour = (share) => `rgb(${shade(share).join(",")})`;

function plain(value, span) {
  const digits = Math.min(Math.max(2 - Math.floor(Math.log10(Math.abs(span) || 1)), 0), 6);
  return value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: Math.min(digits, 1) });
}

const shown = (value) => plain(value * sitting.one.shown, (sitting.high - sitting.low) * sitting.one.shown);

function named(input, value) {
  const at = input.levels.indexOf(value);
  if (at >= 0) return input.names[at];
  return input.whole ? value.toLocaleString("en") : plain(value, input.high - input.low);
}

function stepsOf(input, many = STEPS) {
  if (input.levels.length) return input.levels;
  const count = input.whole ? Math.min(many, input.high - input.low + 1) : many;
  const even = Array.from({ length: count }, (_, at) => input.low + ((input.high - input.low) * at) / Math.max(count - 1, 1));
  return input.whole ? [...new Set(even.map(Math.round))] : even;
}

function choices(select, names, chosen) {
  select.replaceChildren(...names.map((name, at) => made("option", { value: at }, name)));
  select.value = chosen;
}

function open(one) {
  Object.assign(sitting, { one, first: one.order[0], second: one.order[1] ?? one.order[0], values: one.inputs.map((input) => input.usual) });
  const names = one.inputs.map((input) => input.key);
  choices(by("across"), names, sitting.first);
  choices(by("up"), names, sitting.second);
  by("threshold-unit").textContent = unitOf(one.name);
  by("threshold").value = "";
  by("trust").className = `trust-box ${one.trust}`;
  by("trust").textContent = one.verdict;
  by("answer").textContent = one.answer;
  by("level").textContent = one.level === null ? "" : `${document.body.dataset.shared} Half a 95 % interval: ${one.level}.`;
  by("level").hidden = one.level === null;
  sliders();
  redraw();
}

const unitOf = (name) => (/\(([^()]+)\)(?: \(.*\))?$/.exec(name) ?? ["", ""])[1];

function sliders() {
  const fields = sitting.one.inputs.flatMap((input, place) => {
    if (place === sitting.first || place === sitting.second) return [];
    const said = made("output", { for: `slider-${place}` }, named(input, sitting.values[place]));
    const steps = input.levels;
    const control = made("input", steps.length
      ? { type: "range", min: 0, max: steps.length - 1, step: 1 }
      : { type: "range", min: input.low, max: input.high, step: input.whole ? 1 : (input.high - input.low) / 200 });
    control.id = `slider-${place}`;
    control.value = steps.length ? steps.indexOf(sitting.values[place]) : sitting.values[place];
    const tell = () => {
      said.textContent = named(input, sitting.values[place]);
      control.setAttribute("aria-valuetext", said.textContent);
    };
    control.addEventListener("input", () => {
      sitting.values[place] = steps.length ? steps[Number(control.value)] : Number(control.value);
      tell();
      redraw();
    });
    tell();
    return [made("label", { for: control.id }, `${input.key}: `, said), control];
  });
  by("others").replaceChildren(...(fields.length ? fields : ["There is no other."]));
  by("reset").hidden = !fields.length;
}

let waiting = 0;
/** The means at once; how unsure they are as soon as there is time for it. */
function redraw() {
  const { one, first, second, values } = sitting;
  const many = Math.round(Math.min(Math.max(Math.sqrt(MOST_ALIKE / (one.emulator.count ?? 1)), 21), STEPS));
  const across = stepsOf(one.inputs[first], many);
  const up = first === second ? [one.inputs[first].low] : stepsOf(one.inputs[second], many);
  const surface = surfaceOf(one.emulator, one.inputs, values, first, second, across, up);
  const seen = [...one.means];
  sitting.low = Math.min(...seen);
  sitting.high = Math.max(...seen);
  sitting.drawn = { ...surface, across, up, errors: null, far: distances(one.inputs, one.values, values, first, second) };
  paint();
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    sitting.drawn.errors = errorsOf(sitting.drawn);
    paint();
    table();
  }, 30);
}

function errorsOf({ across, up, errorAt }) {
  const each = sitting.one.emulator.kind === "trees" ? 1 : sitting.one.emulator.count ** 2 / 2;
  const most = Math.max(6, Math.floor(Math.sqrt(WORK / each)));
  const some = (count) => Array.from({ length: Math.min(count, most) }, (_, at) =>
    Math.round((at * (count - 1)) / Math.max(Math.min(count, most) - 1, 1)));
  const columns = some(across.length), rows = some(up.length);
  const told = rows.map((row) => columns.map((column) => errorAt(column, row)));
  const between = (places, at) => {
    let low = 0;
    while (low < places.length - 2 && places[low + 1] <= at) low += 1;
    const high = Math.min(low + 1, places.length - 1);
    return [low, high, high === low ? 0 : (at - places[low]) / (places[high] - places[low])];
  };
  return Float64Array.from({ length: across.length * up.length }, (_, cell) => {
    const [left, right, x] = between(columns, cell % across.length);
    const [below, above, y] = between(rows, Math.floor(cell / across.length));
    return (1 - y) * ((1 - x) * told[below][left] + x * told[below][right]) + y * ((1 - x) * told[above][left] + x * told[above][right]);
  });
}

function thresholdOf() {
  const text = by("threshold").value;
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text) / sitting.one.shown;
}

function valueAt(input, share) {
  if (input.levels.length) return input.levels[Math.min(Math.floor(share * input.levels.length), input.levels.length - 1)];
  const value = input.low + share * (input.high - input.low);
  return input.whole ? Math.round(value) : value;
}

function words() {
  const { one, first, second, cross } = sitting, [x, y] = [one.inputs[first], one.inputs[second]];
  const place = [...sitting.values];
  place[second] = valueAt(y, cross[1]);
  place[first] = valueAt(x, cross[0]);
  const { mean, error } = predicted(one.emulator, columnsAt(one.inputs, place));
  const where = [...new Set([first, second])].map((at) => `${one.inputs[at].key} = ${named(one.inputs[at], place[at])}`).join(", ");
  by("readout").textContent = `${one.name}: ${shown(mean)} (${shown(mean - WIDE * error)} to ${shown(mean + WIDE * error)}) at ${where}`;
  by("heading").textContent = `${one.name}, over ${x.key}${x.words ? `, ${x.words},` : ""}${first === second ? "" : ` and ${y.key}${y.words ? `, ${y.words}` : ""}`}`;
  by("map").setAttribute("aria-label", `Map of ${by("heading").textContent}`);
  by("colours-words").textContent = `from ${shown(sitting.low)} to ${shown(sitting.high)}, the lowest and highest of the points`;
  by("line-words").hidden = thresholdOf() === null;
  const bar = by("colours"), pen = bar.getContext("2d");
  [bar.width, bar.height] = [256, 1];
  for (let at = 0; at < 256; at += 1) {
    pen.fillStyle = colour(at / 255);
    pen.fillRect(at, 0, 1, 1);
  }
}

function table() {
  const { one, first, second, drawn } = sitting, [x, y] = [one.inputs[first], one.inputs[second]];
  const some = (count) => [...new Set(Array.from({ length: Math.min(count, 5) }, (_, at) => Math.round((at * (count - 1)) / Math.max(Math.min(count, 5) - 1, 1))))];
  const columns = some(drawn.across.length), rows = some(drawn.up.length).reverse();
  const cell = (row, column) => {
    const at = row * drawn.across.length + column, mean = drawn.means[at], half = WIDE * drawn.errors[at];
    return made("td", { class: "number" }, shown(mean), made("small", {}, `${shown(mean - half)} to ${shown(mean + half)}`));
  };
  const head = made("tr", {}, made("th", { scope: "col" }, first === second ? "" : `${y.key} \\ ${x.key}`),
    ...columns.map((column) => made("th", { scope: "col", class: "number" }, named(x, drawn.across[column]))));
  const body = rows.map((row) => made("tr", {},
    made("th", { scope: "row" }, first === second ? x.key : named(y, drawn.up[row])), ...columns.map((column) => cell(row, column))));
  by("numbers").replaceChildren(made("caption", {}, by("heading").textContent), made("thead", {}, head), made("tbody", {}, ...body));
  document.body.dataset.state = "answered";
}

function chosen(which, other) {
  return () => {
    const before = sitting[which];
    sitting[which] = Number(by(which === "first" ? "across" : "up").value);
    if (sitting[which] === sitting[other] && sitting.one.inputs.length > 1) {
      sitting[other] = before;
      by(other === "first" ? "across" : "up").value = before;
    }
    sliders();
    redraw();
  };
}

function point(event) {
  const { box } = sitting, edge = by("map").getBoundingClientRect();
  const inside = (value) => Math.min(Math.max(value, 0), 1);
  sitting.cross = [inside((event.clientX - edge.left - box.left) / box.width), inside(1 - (event.clientY - edge.top - box.top) / box.height)];
  paint();
}

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
by("map").addEventListener("pointerdown", point);
by("map").addEventListener("pointermove", (event) => { if (event.pointerType === "mouse" || event.buttons) point(event); });
by("map").addEventListener("keydown", (event) => {
  const move = KEYS[event.key];
  if (!move) return;
  event.preventDefault();
  sitting.cross = sitting.cross.map((value, at) => {
    const input = sitting.one.inputs[at ? sitting.second : sitting.first];
    const step = input.levels.length ? 1 / input.levels.length : event.shiftKey ? 0.1 : 0.02;
    return Math.min(Math.max(value + move[at] * step, 0), 1);
  });
  paint();
});
by("outcome").addEventListener("change", () => open(all[Number(by("outcome").value)]));
by("across").addEventListener("change", chosen("first", "second"));
by("up").addEventListener("change", chosen("second", "first"));
by("threshold").addEventListener("input", paint);
by("reset").addEventListener("click", () => {
  sitting.values = sitting.one.inputs.map((input) => input.usual);
  sliders();
  redraw();
});
document.querySelector("form.controls").addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("resize", paint);
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
choices(by("outcome"), all.map((one) => one.name), 0);
if (all.length) open(all[0]);
