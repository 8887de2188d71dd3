/* The page on paper. In a brief the answer for the levers stands between the two pages for a meeting and the appendix, and
 * only if a lever was moved; else it is where it is on the screen.
 */
function onPaper(live, answer, isMoved) {
  const appendix = document.querySelector('.appendix')
  const home = document.createComment('')
  let focused = null // what is moved about loses the focus
  addEventListener('beforeprint', () => {
    live.classList.toggle('unprinted', appendix !== null && !isMoved())
    answer.paper(true)
    if (!appendix?.isConnected) return
    focused = document.activeElement
    live.before(home)
    appendix.before(live)
  })
  addEventListener('afterprint', () => {
    answer.paper(false)
    if (!home.isConnected) return
    home.replaceWith(live)
    focused.focus({ preventScroll: true })
  })
}
