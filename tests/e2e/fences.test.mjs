// What the page may not do, tried in the real window with a server on this computer as the witness.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { open } from './driver.mjs'

const seen = []
const witness = createServer((request, answer) => {
  seen.push(request.url)
  answer.setHeader('access-control-allow-origin', '*').end('seen')
})

let home
let window
let outside

before(async () => {
  witness.listen(0, '127.0.0.1')
  await once(witness, 'listening')
  outside = `http://127.0.0.1:${witness.address().port}`
  home = await mkdtemp(join(tmpdir(), 'recert-fences-'))
  window = await open(process.env.RECERT_E2E_APP, ['--vault', join(home, 'record')], { HOME: home })
  await window.reads('Start a new record')
})

after(async () => {
  await window?.close()
  witness.close()
  await rm(home, { recursive: true, force: true })
})

test('the witness sees whoever does reach it', async () => {
  assert.equal(await (await fetch(`${outside}/from-here`)).text(), 'seen')
  assert.deepEqual(seen, ['/from-here'])
})

test('neither a request, nor a picture, nor a form, nor a frame, nor a new page leaves the window', async () => {
  await window.execute(
    `const [outside] = arguments
     const draw = (tag, set) => document.body.append(Object.assign(document.createElement(tag), set))
     fetch(outside + '/fetch').catch(() => {})
     navigator.sendBeacon?.(outside + '/beacon')
     draw('img', { src: outside + '/picture', alt: '' })
     draw('iframe', { src: outside + '/frame', title: '' })
     draw('script', { src: outside + '/script' })
     draw('link', { rel: 'stylesheet', href: outside + '/style' })
     const form = document.createElement('form')
     form.action = outside + '/form'
     document.body.append(form)
     form.submit()
     window.open(outside + '/open')
     location.href = outside + '/location'`,
    outside,
  )
  await pause(1500)
  assert.deepEqual(seen, ['/from-here'])
  await window.reads('Start a new record')
})

test('text that comes in as markup does not run', async () => {
  const ran = await window.execute(
    `document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title=1">')
     const script = document.createElement('script')
     script.textContent = 'document.title = 2'
     document.body.append(script)
     try { eval('document.title = 3') } catch {}
     return new Promise((done) => setTimeout(() => done(document.title), 300))`,
  )
  assert.equal(ran, 'Recert')
})

test('no script can change what every object is made of', async () => {
  assert.equal(await window.execute('return Object.isFrozen(Object.prototype)'), true)
})

test('the bridge to the shell is not lying about', async () => {
  assert.equal(await window.execute('return typeof window.__TAURI__'), 'undefined')
})

test('the page hears nothing of what Tauri tells of dropped files, as it may listen to no event', async () => {
  const answers = await window.execute(
    `const ask = window.__TAURI_INTERNALS__.invoke
     const listen = (event) => ask('plugin:event|listen', { event, target: { kind: 'Any' }, handler: 1 })
     const refused = (asked) => asked.then(() => 'heard', (error) => String(error))
     return Promise.all(['tauri://drag-drop', 'tauri://drag-enter', 'progress'].map((event) => refused(listen(event))))`,
  )
  for (const answer of answers) assert.match(answer, /not allowed/)
})
