// Drives the desktop's own file dialogs as a person does, by the keyboard: WebDriver sees only the page.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { until } from './driver.mjs'

const run = promisify(execFile)

/** Answers the file dialog called `title` with a full path: of the file to open, or of the file to save. */
export async function choose(title, path) {
  await focus(title)
  await xdotool('key', 'ctrl+l') // shows the line for a path; in the save dialog it is there already
  await xdotool('key', 'ctrl+a')
  await xdotool('type', path)
  // The first Return may only close the list of suggestions.
  await until(`the dialog “${title}” is closed`, async () => {
    await xdotool('key', 'Return')
    return until('it closes', async () => !(await find(title)), 1)
  })
}

/** Leaves the file dialog called `title` without an answer. */
export async function dismiss(title) {
  await focus(title)
  await xdotool('key', 'Escape')
  await until(`the dialog “${title}” is closed`, async () => !(await find(title)))
}

/** Waits for a dialog and gives it the keyboard. */
async function focus(title) {
  const dialog = await until(`the dialog “${title}” is open`, () => find(title))
  await until(`the dialog “${title}” has the keyboard`, async () => {
    await xdotool('windowfocus', dialog)
    return (await xdotool('getwindowfocus')) === dialog
  })
}

/** The window on the screen with this title, if there is one. */
async function find(title) {
  const pattern = `^${title.replace(/[^\w ]/g, '.')}$`
  const found = await xdotool('search', '--onlyvisible', '--name', pattern).catch(() => '') // none is exit code 1
  return found.split('\n')[0]
}

async function xdotool(...args) {
  return (await run('xdotool', args)).stdout.trim()
}
