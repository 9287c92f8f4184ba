// Asks axe-core what on the page keeps people out.

import { readFile } from 'node:fs/promises'

const source = await readFile(new URL('../../ui/node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

/** What is wrong with the page as it stands, one line for each fault. */
export async function faults(window) {
  await window.execute(`${source}; window.axe = axe`)
  return window.execute(`
    const { violations, passes } = await axe.run()
    if (passes.length === 0) throw new Error('axe looked at nothing')
    return violations.flatMap((v) => v.nodes.map((n) => v.id + ': ' + n.target.join(' ') + ': ' + n.failureSummary))`)
}
