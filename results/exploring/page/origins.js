/* Where the answer comes from: what differs and on whose word, which assumptions carry it, and how to have it again. */
function drawnOrigins(origins, { say, base, current }) {
  const heading = (id, values = {}) => element('h3', {}, say(id, values))
  const none = (id) => element('p', {}, say(id))
  const changed = origins.changed.map((one) =>
    element('div', { class: 'live-changed', 'data-key': one.key },
      element('h4', {}, element('code', {}, one.key), ' ', element('span', {}, one.text, ` (${one.unit})`)),
      element('dl', {},
        element('dt', {}, base), element('dd', {}, element('strong', {}, one.base), ` ${one.base_source}`),
        element('dt', {}, current), element('dd', {}, element('strong', {}, one.this), ` ${one.this_source}`),
      ),
    )) // prettier-ignore
  const concerned = origins.concerned.map((one) =>
    element('div', { class: 'live-assumption', 'data-id': one.id },
      element('h4', {}, one.title, ' ', element('span', { class: one.studied ? 'live-badge studied' : 'live-badge' }, one.known)),
      element('p', {}, one.lesson),
      element('p', {}, say('live.mechanism', { mechanism: one.mechanism })),
      element('p', {}, say('live.evidence', { evidence: one.evidence })),
    )) // prettier-ignore
  return [
    heading('live.differs', { baseline: base }),
    ...(changed.length ? changed : [none('live.differs.nothing')]),
    heading('live.assumptions'),
    ...(concerned.length ? concerned : [none('live.assumptions.none')]),
    heading('live.repeat'),
    element('p', {}, origins.luck),
    element('p', {}, origins.parameters),
    element('p', {}, origins.files.length ? say('live.repeat.files', { files: origins.files }) : say('live.repeat.command')),
    element('pre', { id: 'live-command', tabindex: 0 }, element('code', {}, origins.command)),
  ]
}
