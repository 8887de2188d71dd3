// Emulators as `results.emulators` has them: a Gaussian process or boosted trees, asked at a place.

export function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 8 }, (_, place) => view.getFloat64(8 * place, true));
}

/** The columns of an input at a value: a level's row, or how far along its range it is. */
export function columnsOf(input, value) {
  if (input.rows.length) return input.rows[value];
  return [(value - input.low) / Math.max(input.high - input.low, 1e-300)];
}

export function columnsAt(inputs, values) {
  return inputs.flatMap((input, place) => columnsOf(input, values[place]));
}

/** An emulator that can be asked, out of the data of the page. */
export function awake(data) {
  return data.kind === "process" ? awakeProcess(data) : awakeTrees(data);
}

function awakeProcess(data) {
  const points = unpacked(data.points), weights = unpacked(data.weights), root = unpacked(data.root);
  const count = weights.length, wide = data.lengths.length;
  const column = data.lengths.map((length, at) =>
    Float64Array.from({ length: count }, (_, point) => points[point * wide + at]));
  return { ...data, weights, root, count, wide, column };
}

function awakeTrees(data) {
  return { ...data, thresholds: unpacked(data.thresholds), values: unpacked(data.values) };
}

/** Adds what some columns, from `first` on, make of the squared distance to every point. */
function addDistance(process, squared, first, columns) {
  columns.forEach((value, at) => {
    const column = process.column[first + at], length = process.lengths[first + at];
    for (let point = 0; point < process.count; point += 1) {
      const far = (value - column[point]) / length;
      squared[point] += far * far;
    }
  });
}

function alikeOf(process, squared) {
  if (!process.matern) return process.size * Math.exp(-0.5 * squared);
  const far = Math.sqrt(5 * squared);
  return process.size * (1 + far + (5 / 3) * squared) * Math.exp(-far);
}

/** Mean and standard error of an emulator at a place, given by its columns. */
export function predicted(emulator, columns) {
  if (emulator.kind === "trees") return { mean: ofTrees(emulator, columns), error: emulator.error };
  const squared = new Float64Array(emulator.count);
  addDistance(emulator, squared, 0, columns);
  const alike = squared.map((far) => alikeOf(emulator, far));
  return { mean: meanOf(emulator, alike), error: errorOf(emulator, alike) };
}

function meanOf(process, alike) {
  let sum = 0;
  for (let point = 0; point < process.count; point += 1) sum += alike[point] * process.weights[point];
  return process.middle + process.spread * sum;
}

function errorOf(process, alike) {
  const known = new Float64Array(process.count), { root } = process;
  let place = 0, sum = 0;
  for (let row = 0; row < process.count; row += 1) {
    let left = alike[row];
    for (let at = 0; at < row; at += 1) left -= root[place + at] * known[at];
    known[row] = left / root[place + row];
    sum += known[row] * known[row];
    place += row + 1;
  }
  return process.spread * Math.sqrt(Math.max(process.size - sum, 0) + process.rough);
}

function ofTrees(trees, columns) {
  let sum = trees.start;
  for (const root of trees.roots) {
    let node = root;
    while (trees.columns[node] >= 0) {
      node = columns[trees.columns[node]] <= trees.thresholds[node] ? trees.lefts[node] : trees.rights[node];
    }
    sum += trees.values[node];
  }
  return sum;
}

/**
 * The emulator over two inputs, the others held.
 * @returns {{means: Float64Array, errorAt: (across: number, up: number) => number}} means row by row, from below up.
 */
export function surfaceOf(emulator, inputs, values, first, second, across, up) {
  const starts = [];
  inputs.reduce((sum, input) => { starts.push(sum); return sum + columnsOf(input, input.usual).length; }, 0);
  const means = new Float64Array(across.length * up.length);
  if (emulator.kind === "trees") {
    const place = [...values];
    up.forEach((upper, row) => across.forEach((value, at) => {
      place[second] = upper;
      place[first] = value;
      means[row * across.length + at] = ofTrees(emulator, columnsAt(inputs, place));
    }));
    return { means, errorAt: () => emulator.error };
  }
  const base = new Float64Array(emulator.count);
  inputs.forEach((input, place) => {
    if (place !== first && place !== second) addDistance(emulator, base, starts[place], columnsOf(input, values[place]));
  });
  const along = (place, steps) => steps.map((value) => {
    const squared = new Float64Array(emulator.count);
    addDistance(emulator, squared, starts[place], columnsOf(inputs[place], value));
    return squared;
  });
  const right = along(first, across);
  const above = first === second ? up.map(() => new Float64Array(emulator.count)) : along(second, up);
  above.forEach((upper, row) => right.forEach((one, at) => {
    let sum = 0;
    for (let point = 0; point < emulator.count; point += 1) {
      sum += alikeOf(emulator, base[point] + one[point] + upper[point]) * emulator.weights[point];
    }
    means[row * across.length + at] = emulator.middle + emulator.spread * sum;
  }));
  const errorAt = (at, row) =>
    errorOf(emulator, base.map((far, point) => alikeOf(emulator, far + right[at][point] + above[row][point])));
  return { means, errorAt };
}

/** How far each point lies from the surface, in the inputs that are held: 0 on it; 1 is a fifth of their ranges. */
export function distances(inputs, points, values, first, second) {
  const wide = inputs.length;
  return Float64Array.from({ length: points.length / wide }, (_, point) => {
    let sum = 0;
    inputs.forEach((input, place) => {
      if (place === first || place === second) return;
      const here = columnsOf(input, values[place]), there = columnsOf(input, points[point * wide + place]);
      here.forEach((value, at) => { sum += (5 * (value - there[at])) ** 2; });
    });
    return Math.sqrt(sum / Math.max(wide - 2, 1));
  });
}
