// Drives the desktop's own file dialogs as a person does, by the keyboard: WebDriver sees only the page.

import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { until } from './driver.mjs'

const run = promisify(execFile)

/**
 * Sets the desktop up, in this configuration folder: file dialogs open on a folder. On the list of recent files, where
 * they open otherwise, the first letters of a typed path get lost.
 */
export async function prepare(config) {
  const folder = join(config, 'glib-2.0/settings')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'keyfile'), "[org/gtk/settings/file-chooser]\nstartup-mode='cwd'\n")
}

/** Answers the file dialog called `title` with a full path: of the file to open, or of the file to save. */
export async function choose(title, path) {
  await focus(title)
  await xdotool('key', 'ctrl+a') // the save dialog proposes a name: it is typed over
  await xdotool('type', path) // in the open dialog the first slash shows the line for it
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
