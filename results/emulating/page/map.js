// The map: means as colour, hatched where unsure, the line of a threshold, points near it, axes and the cross.

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function frame() {
  const canvas = by("map"), wide = canvas.clientWidth, high = Math.max(260, Math.min(0.62 * wide, 520));
  const dots = window.devicePixelRatio || 1;
  canvas.style.height = `${high}px`;
  canvas.width = Math.round(wide * dots);
  canvas.height = Math.round(high * dots);
  const pen = canvas.getContext("2d");
  pen.setTransform(dots, 0, 0, dots, 0, 0);
  pen.font = '13px system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
  const { one, first, second } = sitting;
  const ticks = sitting.drawn.up.length > 1 ? ticksOf(one.inputs[second]) : [];
  const left = Math.min(wide * 0.3, 12 + Math.max(24, ...ticks.map(([, text]) => pen.measureText(text).width)));
  return { pen, wide, high, box: { left, top: 26, width: wide - left - 14, height: high - 26 - 46 }, first, second };
}

function ticksOf(input) {
  if (input.levels.length) return input.levels.map((value, at) => [(at + 0.5) / input.levels.length, input.names[at]]);
  const span = input.high - input.low, rough = 10 ** Math.floor(Math.log10(span / 4));
  const step = [1, 2, 5, 10].map((many) => many * rough).find((size) => span / size <= 5.5);
  const ticks = [];
  for (let value = Math.ceil(input.low / step) * step; value <= input.high + 1e-9 * span; value += step) {
    ticks.push([shareOf(input, value), plain(value, span)]);
  }
  return ticks;
}

/** How far along its axis a value lies: levels are cells, a range reaches from edge to edge. */
function shareOf(input, value) {
  if (input.levels.length) return (input.levels.indexOf(value) + 0.5) / input.levels.length;
  return (value - input.low) / Math.max(input.high - input.low, 1e-300);
}

/** Place among the steps, whole or between. */
function placeOf(input, share, count) {
  if (input.levels.length) return Math.min(Math.max(Math.floor(share * count), 0), count - 1);
  return Math.min(Math.max(share, 0), 1) * (count - 1);
}

function paint() {
  const { one, drawn } = sitting, { pen, wide, high, box, first, second } = frame();
  const [x, y] = [one.inputs[first], one.inputs[second]], flat = drawn.up.length === 1;
  const threshold = thresholdOf(), ink = style("--ink"), quiet = style("--quiet");
  pen.fillStyle = style("--ground");
  pen.fillRect(0, 0, wide, high);
  const at = (grid, across, up) => {
    const left = Math.floor(across), below = Math.floor(up), right = Math.min(left + 1, drawn.across.length - 1);
    const above = Math.min(below + 1, drawn.up.length - 1), a = across - left, b = up - below, row = drawn.across.length;
    return (1 - b) * ((1 - a) * grid[below * row + left] + a * grid[below * row + right])
      + b * ((1 - a) * grid[above * row + left] + a * grid[above * row + right]);
  };
  const wideIn = Math.max(1, Math.round(box.width)), highIn = Math.max(1, Math.round(box.height));
  const picture = pen.createImageData(wideIn, highIn), [red, green, blue] = rgb(ink);
  const values = new Float64Array(wideIn * highIn);
  for (let row = 0; row < highIn; row += 1) {
    const up = flat ? 0 : placeOf(y, 1 - (row + 0.5) / highIn, drawn.up.length);
    for (let column = 0; column < wideIn; column += 1) {
      const across = placeOf(x, (column + 0.5) / wideIn, drawn.across.length);
      const value = at(drawn.means, across, up), pixel = 4 * (row * wideIn + column);
      values[row * wideIn + column] = value;
      const share = (value - sitting.low) / (sitting.high - sitting.low);
      let tone = TONES[Math.min(Math.max(Math.round(255 * share), 0), 255)];
      const isHatch = (row + column) % 9 === 0, isDot = threshold !== null && row % 7 === 3 && column % 7 === 3;
      if (drawn.errors && (isHatch || isDot)) {
        const half = WIDE * at(drawn.errors, across, up), over = tone[0] * 0.3 + tone[1] * 0.6 + tone[2] * 0.1 < 120 ? WHITE : BLACK;
        if (isHatch && 2 * half > (sitting.high - sitting.low) / 5) tone = over;
        if (isDot && Math.abs(value - threshold) < half) tone = over;
      }
      picture.data[pixel] = tone[0];
      picture.data[pixel + 1] = tone[1];
      picture.data[pixel + 2] = tone[2];
      picture.data[pixel + 3] = 255;
    }
  }
  const sheet = document.createElement("canvas");
  sheet.width = wideIn;
  sheet.height = highIn;
  const under = sheet.getContext("2d");
  if (threshold !== null) {
    for (let row = 1; row < highIn; row += 1) {
      for (let column = 1; column < wideIn; column += 1) {
        const here = values[row * wideIn + column] >= threshold;
        const turns = here !== values[row * wideIn + column - 1] >= threshold || here !== values[(row - 1) * wideIn + column] >= threshold;
        if (turns && (row + column) % 14 < 9) {
          for (const [down, over] of [[0, 0], [-1, 0], [0, -1], [-1, -1]]) {
            picture.data.set([red, green, blue, 255], 4 * ((row + down) * wideIn + column + over));
          }
        }
      }
    }
  }
  under.putImageData(picture, 0, 0);
  pen.drawImage(sheet, box.left, box.top, box.width, box.height);
  pen.strokeStyle = quiet;
  pen.strokeRect(box.left, box.top, box.width, box.height);
  dotsOf(pen, box, x, y, flat, ink);
  pen.fillStyle = ink;
  pen.textAlign = "left";
  pen.textBaseline = "top";
  pen.fillText(flat ? "" : `\u2191 ${y.key}`, 4, 4, wide - 8);
  pen.textAlign = "right";
  pen.fillText(`${x.key} \u2192`, box.left + box.width, high - 18, wide - 8);
  pen.textAlign = "center";
  let free = -Infinity;
  for (const [share, text] of ticksOf(x)) {
    const place = box.left + share * box.width, half = pen.measureText(text).width / 2;
    if (place - half < free || place + half > wide) continue;
    free = place + half + 6;
    pen.fillText(text, place, box.top + box.height + 6);
  }
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  if (!flat) for (const [share, text] of ticksOf(y)) pen.fillText(text, box.left - 5, box.top + (1 - share) * box.height, box.left - 6);
  const [over, up] = sitting.cross;
  pen.strokeStyle = ink;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(box.left + over * box.width, box.top);
  pen.lineTo(box.left + over * box.width, box.top + box.height);
  if (!flat) {
    pen.moveTo(box.left, box.top + (1 - up) * box.height);
    pen.lineTo(box.left + box.width, box.top + (1 - up) * box.height);
  }
  pen.stroke();
  sitting.box = box;
  words();
}

const rgb = (text) => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = text;
  pen.fillRect(0, 0, 1, 1);
  return pen.getImageData(0, 0, 1, 1).data;
};

function dotsOf(pen, box, x, y, flat, ink) {
  const { one, drawn, first, second } = sitting, wide = one.inputs.length;
  drawn.far.forEach((far, point) => {
    if (far > 1.2) return;
    const over = shareOf(x, one.values[point * wide + first]), up = flat ? 0.5 : shareOf(y, one.values[point * wide + second]);
    pen.beginPath();
    pen.arc(box.left + over * box.width, box.top + (1 - up) * box.height, 6 - 3.5 * Math.min(far / 1.2, 1), 0, 7);
    pen.fillStyle = colour((one.means[point] - sitting.low) / (sitting.high - sitting.low));
    pen.fill();
    pen.lineWidth = 2.5;
    pen.strokeStyle = "#ffffff";
    pen.stroke();
    pen.lineWidth = 1;
    pen.strokeStyle = "#000000";
    pen.stroke();
  });
  sitting.ink = ink;
}
