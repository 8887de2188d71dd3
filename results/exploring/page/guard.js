/* Before all else, in words that any browser understands: whatever keeps the page from being opened is said, and why. */
;(function () {
  function stopped(event) {
    var place = document.getElementById('live')
    if (!place || place.getAttribute('data-state') !== 'given') return
    var why = event.message || (event.reason && event.reason.message) || ''
    place.setAttribute('data-state', 'cannot')
    var said = place.getAttribute('data-cannot') + (why ? ' (' + why + ')' : '')
    document.getElementById('live-said').textContent = document.getElementById('live-heard').textContent = said
  }
  window.addEventListener('error', stopped)
  window.addEventListener('unhandledrejection', stopped)
  if (!('noModule' in document.createElement('script'))) window.addEventListener('load', stopped)
})()
