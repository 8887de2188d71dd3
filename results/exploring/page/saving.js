/* What can be taken away: the scenario, the numbers, the curves, a picture of them, a link. Nothing is sent anywhere. */
function save(name, content, kind) {
  const address = URL.createObjectURL(new Blob([content], { type: kind }))
  element('a', { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Rows as CSV (RFC 4180). What a spreadsheet would take for a formula begins with an apostrophe. */
function asCsv(rows) {
  const cell = (value) => {
    if (value === null || value === undefined || Number.isNaN(value)) return ''
    const text = typeof value === 'number' ? String(value) : String(value).replace(/^[=+\-@\t\r]/, "'$&")
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'
}

const PAINT = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'opacity', 'font-size', 'font-family', 'font-weight']

/** Drawings below each other as one PNG, twice as fine as on the screen, on the page's own ground. */
async function asPicture(titles, drawings, ground, ink) {
  const [fine, gap, above] = [2, 16, 26]
  const sizes = drawings.map((one) => one.viewBox.baseVal)
  const width = Math.max(...sizes.map((size) => size.width))
  const height = sizes.reduce((sum, size) => sum + size.height + gap + above, 0)
  const canvas = element('canvas', { width: fine * width, height: fine * height })
  const brush = canvas.getContext('2d')
  brush.scale(fine, fine)
  brush.fillStyle = ground
  brush.fillRect(0, 0, width, height)
  let top = 0
  for (const [place, drawing] of drawings.entries()) {
    brush.fillStyle = ink
    brush.font = '600 15px sans-serif'
    brush.fillText(titles[place], 4, top + 18, width - 8)
    const picture = new Image()
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standingAlone(drawing))}`
    await picture.decode()
    brush.drawImage(picture, 0, top + above, sizes[place].width, sizes[place].height)
    top += sizes[place].height + gap + above
  }
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}

/** A drawing with the colours of the page's style in it. */
function standingAlone(drawing) {
  const copy = drawing.cloneNode(true)
  const [from, to] = [drawing, copy].map((one) => [one, ...one.querySelectorAll('*')])
  for (const [place, one] of from.entries()) {
    const style = getComputedStyle(one)
    for (const name of PAINT) to[place].setAttribute(name, style.getPropertyValue(name))
  }
  copy.setAttribute('xmlns', SVG)
  return new XMLSerializer().serializeToString(copy)
}
