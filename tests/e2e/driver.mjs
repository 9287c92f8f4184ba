// Drives the real window: plain W3C WebDriver calls to WebKitWebDriver. Knows nothing of what the window shows.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf' // the key that the W3C gives to element references

/** Asks `question` until its answer is truthy, and returns that; an error counts as "not yet". */
export async function until(what, question, seconds = 15) {
  const end = performance.now() + seconds * 1000
  let last
  do {
    try {
      const answer = await question()
      if (answer) return answer
    } catch (error) {
      last = error
    }
    await pause(50)
  } while (performance.now() < end)
  throw new Error(`after ${seconds} s still not: ${what}`, { cause: last })
}

/** Starts `application` with these arguments and additions to the environment, and returns its window. */
export async function open(application, args = [], env = {}) {
  const port = await freePort()
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // The first lets the driver in; the second takes the desktop's settings from a file in XDG_CONFIG_HOME.
    env: { ...process.env, ...env, TAURI_WEBVIEW_AUTOMATION: 'true', GSETTINGS_BACKEND: 'keyfile' },
  })
  try {
    const base = `http://127.0.0.1:${port}`
    await until('the driver is ready', async () => (await (await fetch(`${base}/status`)).json()).value.ready)
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary: application, args } } }
    const { sessionId } = await call(`${base}/session`, 'POST', { capabilities })
    const window = new Window(`${base}/session/${sessionId}`, driver)
    await until('the page is drawn', () => window.execute('return document.readyState === "complete"'))
    return window
  } catch (error) {
    driver.kill()
    throw error
  }
}

class Window {
  #session
  #driver

  constructor(session, driver) {
    this.#session = session
    this.#driver = driver
  }

  /** The first element that matches a CSS selector, or an XPath beginning with `//`, as soon as there is one. */
  find(selector) {
    const using = selector.startsWith('//') ? 'xpath' : 'css selector'
    return until(`there is ${selector}`, () => this.#post('element', { using, value: selector }))
  }

  /** The form control with this label, found as a person finds it. */
  field(label) {
    const script = `return [...document.querySelectorAll('label')]
      .find((l) => l.control && l.textContent.trim().startsWith(arguments[0]))?.control`
    return until(`there is a field “${label}”`, () => this.execute(script, label))
  }

  /** The button or link that reads `name`. */
  button(name) {
    const script = `return [...document.querySelectorAll('button, a, [role=tab], summary')]
      .find((b) => (b.getAttribute('aria-label') ?? b.textContent).replace(/\\s+/g, ' ').trim() === arguments[0]
        && b.checkVisibility())`
    return until(`there is a button “${name}”`, () => this.execute(script, name))
  }

  /** The answer to a question that offers several, found by what both say. */
  option(question, answer) {
    const script = `const starts = (e, text) => e?.textContent.trim().startsWith(text)
      const group = [...document.querySelectorAll('fieldset')].find((f) => starts(f.querySelector('legend'), arguments[0]))
      return [...(group?.querySelectorAll('label') ?? [])].find((l) => starts(l, arguments[1]))`
    return until(`“${question}” offers “${answer}”`, () => this.execute(script, question, answer))
  }

  async click(element) {
    await this.#post(`element/${(await element)[ELEMENT]}/click`, {})
  }

  /** Types over what a control holds, or picks what reads so. Date fields take no keys here: they are set, as a picker does. */
  async type(element, text) {
    const target = await element
    const script = `const [e, text] = arguments
      if (e.type !== 'date' && e.tagName !== 'SELECT') { e.focus(); e.select(); return true }
      e.value = e.type === 'date' ? text : [...e.options].find((o) => o.text === text).value
      for (const name of ['input', 'change']) e.dispatchEvent(new Event(name, { bubbles: true }))`
    if (await this.execute(script, target, text)) {
      await this.#post(`element/${target[ELEMENT]}/value`, { text })
    }
  }

  /** Presses keys on whatever has the focus; special keys by their W3C code points. */
  async press(keys) {
    const actions = [...keys].flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })))
    await this.#post('actions', { actions: [{ type: 'key', id: 'keyboard', actions }] })
  }

  /** What a person reads in an element. */
  async text(element) {
    return call(`${this.#session}/element/${(await element)[ELEMENT]}/text`, 'GET')
  }

  /** Waits until the page, or the element that matches, reads `text`. */
  reads(text, selector = 'body') {
    return until(`${selector} reads “${text}”`, async () => {
      const read = await this.execute('return document.querySelector(arguments[0])?.innerText', selector)
      if (read?.includes(text)) return true
      throw new Error(`it reads: ${read}`)
    })
  }

  /** Runs a script in the page; a promise that it returns is waited for. */
  execute(script, ...args) {
    return this.#post('execute/sync', { script, args })
  }

  /** Waits until what has changed is drawn and nothing moves any more. */
  settle() {
    return this.execute(`const frame = () => new Promise(requestAnimationFrame)
      return frame().then(frame).then(() => Promise.allSettled(document.getAnimations().map((a) => a.finished))).then(frame)`)
  }

  /** The window's picture, a PNG. */
  async screenshot() {
    return Buffer.from(await call(`${this.#session}/screenshot`, 'GET'), 'base64')
  }

  /** Closes the window, waits for the application to end by itself, and ends the driver. */
  async close() {
    await call(`${this.#session}/window`, 'DELETE')
    const { pid } = this.#driver
    await until('the application has ended', async () => !(await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')))
    const ended = once(this.#driver, 'exit')
    this.#driver.kill()
    await ended
  }

  #post(path, body) {
    return call(`${this.#session}/${path}`, 'POST', body)
  }
}

async function call(url, method, body) {
  const answer = await fetch(url, { method, body: body && JSON.stringify(body) })
  const { value, sessionId } = await answer.json()
  if (!answer.ok) throw new Error(`${method} ${new URL(url).pathname}: ${value.error}: ${value.message}`)
  return value?.sessionId || sessionId ? { sessionId: value?.sessionId ?? sessionId, ...value } : value
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  await new Promise((done) => server.close(done))
  return port
}
