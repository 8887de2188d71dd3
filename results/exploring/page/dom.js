/* Elements of the page: made of texts that are set as texts, so that whatever a name holds, it is no markup. */
const SVG = 'http://www.w3.org/2000/svg'

const byId = (id) => document.getElementById(id)

/** An element with its attributes (a function listens to an event, true is an empty one, false and null are none). */
function element(kind, attributes = {}, ...inside) {
  return filled(document.createElement(kind), attributes, inside)
}

/** The same in a drawing. */
function shape(kind, attributes = {}, ...inside) {
  return filled(document.createElementNS(SVG, kind), attributes, inside)
}

function filled(made, attributes, inside) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value)
    else if (value === true) made.setAttribute(name, '')
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value)
  }
  made.append(...inside.filter((one) => one !== null && one !== undefined && one !== ''))
  return made
}
