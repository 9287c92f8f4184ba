// One holder's way through the real window, from the first start to a printed transcript, and every screen in both themes.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, copyFile, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { faults } from './axe.mjs'
import { choose, dismiss, prepare } from './dialogs.mjs'
import { open, until } from './driver.mjs'

const { RECERT_E2E_APP: application, RECERT_E2E_SCREENSHOTS: pictures } = process.env
const fixture = (name) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))
const certificate = fixture('sample-certificate.pdf')

let home
let window

/** Starts the application on this test's record, with nothing of this computer's in reach. */
async function start(theme = 'Adwaita') {
  const folder = (name) => join(home, name)
  window = await open(application, ['--vault', folder('record'), '--today', '2026-10-12'], {
    GTK_THEME: theme,
    HOME: home,
    XDG_DATA_HOME: folder('data'),
    XDG_CONFIG_HOME: folder('config'),
    XDG_CACHE_HOME: folder('cache'),
    RECERT_E2E_DROP: folder('drop'),
    RECERT_E2E_OPENED: folder('opened'),
    PATH: `${folder('bin')}:${process.env.PATH}`,
  })
}

/** Stands for the desktop's viewers: what is to be opened is noted. */
async function viewer() {
  await mkdir(join(home, 'bin'))
  await writeFile(join(home, 'bin/xdg-open'), '#!/bin/sh\nprintf %s "$1" > "$RECERT_E2E_OPENED"\n')
  await chmod(join(home, 'bin/xdg-open'), 0o755)
}

/** The file that was opened in the viewer, once it was. */
async function opened() {
  const file = await until('a viewer is opened', () => readFile(join(home, 'opened'), 'utf8'))
  await rm(join(home, 'opened'))
  return file
}

/** The words of a PDF. */
const words = async (file) => (await promisify(execFile)('pdftotext', [file, '-'])).stdout

/** Drops files on the window: the shell of this build takes their paths from a file. */
async function drop(...paths) {
  await writeFile(join(home, 'drop.new'), paths.join('\n'))
  await rename(join(home, 'drop.new'), join(home, 'drop'))
}

const trash = '//summary[.//h2[normalize-space()="Removed credits"]]'

const go = (screen) => window.click(window.button(screen))

before(async () => {
  home = await mkdtemp(join(tmpdir(), 'recert-e2e-'))
  await prepare(join(home, 'config'))
  await viewer()
})

after(async () => {
  await window?.close()
  await rm(home, { recursive: true, force: true })
})

describe('from the first start to the transcript', () => {
  test('a name and one date start a record, after the period was read back', async () => {
    await start()
    await window.reads('Know where you stand')
    await window.click(window.button('Start a new record Add your credits one by one, from your certificates.'))
    await window.type(window.field('Your name'), 'Maria Delgado')
    await window.click(window.option('Your certification', 'CMA (AAMA)'))
    await window.click(window.option('Which date do you have at hand?', 'The day I was certified'))
    await window.type(window.field('That date'), '2023-06-14')
    await window.click(window.button('Continue'))
    await window.reads('30 June 2028')
    await window.click(window.button('Yes, start my record'))
    await window.reads('You still need 60 points', 'h1')
  })

  test('a certificate dropped on the window opens a form that waits for it to be filled in', async () => {
    await drop(certificate)
    await window.reads('New credit', 'h1')
    await window.reads('sample-certificate.pdf')
    await window.click(window.option('What was it?', 'Course or event'))
    await window.type(window.field('Title'), 'Safe Injection Practices')
    await window.type(window.field('Provider'), 'Bayview Allied Health Academy')
    await window.type(window.field('Date'), '2023-07-11')
    await window.type(window.field('Amount'), '2')
    await window.type(window.field('Unit'), 'AAMA CEUs')
    await window.click(window.option('Does the certificate say it is AAMA-approved?', 'Yes'))
    await window.click(window.option('Category', 'Clinical'))
    await window.reads('You still need 58 points')
    await window.click(window.button('Save'))
    await window.reads('Saved: Safe Injection Practices.')
  })

  test('a second certificate is attached through the desktop’s own dialog', async () => {
    await window.click(window.button('Safe Injection Practices'))
    await window.click(window.button('Choose a file…'))
    await choose('Attach files', fixture('sample.csv')) // not a certificate
    await window.reads('sample.csv was not added')
    await window.click(window.button('Choose a file…'))
    await dismiss('Attach files')
    await writeFile(join(home, 'outline.pdf'), Buffer.concat([await readFile(certificate), Buffer.from('\n')]))
    await window.click(window.button('Choose a file…'))
    await choose('Attach files', join(home, 'outline.pdf'))
    await window.type(window.field('What this file shows: outline.pdf'), 'Course description')
    await window.reads('outline.pdf now shows: course description.')
  })

  test('a spreadsheet is shown before it is kept, and moves the bars', async () => {
    await go('Credits')
    await window.click(window.button('Import a spreadsheet'))
    await window.click(window.button('Choose a spreadsheet…'))
    await choose('Choose a spreadsheet', fixture('sample.csv'))
    await window.reads('29 credits in sample.csv') // the one above is known already
    await window.click(window.button('Keep these 29 credits'))
    await window.reads('30 credits')
    await go('Overview')
    await window.reads('You still need 7 points, at least 3 of them administrative', 'h1')
    await window.reads('53')
  })

  test('a line of the overview is marked as done, and a card is entered, put back and given its file in her details', async () => {
    const fee = await window.find('//summary[.//h3[normalize-space()="Fee"]]')
    await window.click(window.button('Close message')) // it may lie over the line
    await window.click(fee)
    await window.click(window.button('Mark as done'))
    await window.type(window.field('Paid on'), '2026-10-01')
    await window.click(window.button('Save'))
    await window.reads('1 Oct 2026')
    assert.match(await window.text(fee), /done/)

    await go('Your details')
    await window.click(window.button('Close message'))
    await window.click(window.button('Add a card, hours or a statement'))
    await window.type(window.field('What is it?'), 'CPR card')
    await window.type(window.field('What the card says'), 'BLS Provider')
    await window.type(window.field('Issued on'), '2026-03-04')
    await window.type(window.field('Valid until'), '2026-03-03')
    await window.click(window.button('Save'))
    await window.reads('This is before the first day.')
    await window.type(window.field('Valid until'), '2028-03-31')
    await window.click(window.button('Save'))
    await window.reads('CPR card, 4 Mar 2026 to 31 Mar 2028')
    await window.click(window.button('Remove BLS Provider'))
    await window.reads('Removed: BLS Provider.')
    await window.click(window.button('Undo'))
    await window.reads('It is back.')
    await window.reads('CPR card, 4 Mar 2026 to 31 Mar 2028')
    await window.click(window.button('Close message'))
    await copyFile(certificate, join(home, 'card.pdf'))
    await window.click(window.button('Attach a file… to BLS Provider'))
    await choose('Attach files', join(home, 'card.pdf'))
    await window.find('//button[@aria-label="Remove card.pdf"]')
  })

  test('a credit is found by what its certificate says, pictured, removed, and put back twice', async () => {
    await go('Credits')
    await window.type(window.field('Search'), 'bayview injec')
    await window.reads('1 of 30 credits')
    await window.click(window.button('Safe Injection Practices'))
    const picture = await window.find('//img[@alt="sample-certificate.pdf, page 1"]')
    await until('the picture is drawn', () => window.execute('return arguments[0].naturalWidth > 100', picture))
    await window.click(window.button('Show larger: sample-certificate.pdf, page 1'))
    await until('it is larger', () =>
      window.execute('return [...document.querySelectorAll("dialog[open] img")].some((i) => i.naturalWidth > 1000)'))
    await window.click(window.button('Close'))
    await window.click(window.button('History'))
    await window.reads('A file attached')
    await window.click(window.button('Remove'))
    await window.reads('Removed: Safe Injection Practices.')
    await window.click(window.button('Close message'))
    await window.click(window.button('Undo: removed “Safe Injection Practices”'))
    await window.reads('Undone: removed “Safe Injection Practices”.')
    await window.reads('30 credits')
    await window.click(window.button('Redo: removed “Safe Injection Practices”'))
    await window.reads('29 credits')
    await window.click(window.find(trash))
    await window.click(window.button('Put back Safe Injection Practices'))
    await window.reads('Back in your record: Safe Injection Practices.')
    await window.reads('30 credits')
    await window.reads('None. A credit that you remove waits here')
    await window.click(window.button('Close message'))
    await window.click(window.button('Add a credit'))
    await window.type(window.field('Title'), 'A talk that was called off')
    await window.click(window.button('Save as draft'))
    await window.click(window.button('A talk that was called off'))
    await window.click(window.button('Remove'))
    await window.reads('Removed: A talk that was called off.')
    await window.click(window.button('Close message'))
  })

  test('what was backed up comes back after a look at what would change, and so does what it replaced', async () => {
    await go('Backups')
    await window.click(window.button('Back up now'))
    await window.reads('Your record is backed up.')
    await window.click(window.button('Close message'))
    await go('Credits')
    await window.click(window.button('Safe Injection Practices'))
    await window.click(window.button('Remove'))
    await window.reads('Removed: Safe Injection Practices.')
    await window.click(window.button('Close message'))
    await go('Backups')
    await window.click(window.find('button[aria-label^="Restore the backup of"]'))
    await window.reads('What would change')
    await window.reads('Safe Injection Practices')
    await window.click(window.button('Restore this backup'))
    await window.reads('The record before it was kept as a backup.')
    await window.click(window.button('Take it back'))
    await window.reads('Your record is as it was before.')
    await go('Credits')
    await window.reads('29 credits')
    await window.click(window.button('Close message'))
    await window.click(window.find(trash))
    await window.click(window.button('Put back Safe Injection Practices'))
    await window.reads('30 credits')
    await window.click(window.button('Close message'))
  })

  test('the transcript is saved where the dialog says, and names her', async () => {
    const file = join(home, 'for the AAMA.pdf')
    await go('Transcript')
    await window.click(window.option('Which credits', 'All of them'))
    await window.click(window.button('Save PDF…'))
    await choose('Save the transcript', file)
    await window.reads('Saved as for the AAMA.pdf')
    const text = await words(file)
    assert.match(text, /Maria Delgado/)
    assert.match(text, /Safe Injection Practices/)
    await window.click(window.button('Open'))
    assert.equal(await opened(), file)
  })

  test('its pages are chosen from small ones, turned, and seen larger', async () => {
    const shown = (page) => window.find(`//img[starts-with(@alt, "Page ${page} of your transcript")]`)
    const broad = (picture) => window.execute('return arguments[0].clientWidth', picture)
    await shown(1)
    const list = '//div[@role="radiogroup"]'
    await window.execute('arguments[0].scrollIntoView()', await window.find(list)) // none is drawn out of sight
    await until('the first small page is drawn', async () =>
      window.execute('return arguments[0].naturalWidth > 100', await window.find(`${list}/label[1]//img`)))
    await window.click(window.find(`${list}/label[2]`))
    await shown(2)
    await window.press('\uE013') // the arrow upwards
    await shown(1)
    await window.click(window.button('Next page'))
    const before = await broad(await shown(2))
    await window.type(window.field('Size'), '200 %')
    await until('it is larger', async () => (await broad(await shown(2))) > before)
    await window.type(window.field('Size'), 'Full width')
    const pages = await window.execute('return document.querySelectorAll("[role=radiogroup] label").length')
    await window.type(window.field('Page'), `Page ${pages} of ${pages}`)
    await shown(pages)
  })

  test('what is printed opens in the viewer and lies apart from her record', async () => {
    await window.click(window.button('Print…'))
    await window.reads('It is open in your PDF viewer. Print it there.')
    const file = await opened()
    assert.ok(file.startsWith(join(home, 'cache')), file)
    assert.match(await words(file), /Maria Delgado/)
  })

  test('what gets applications refused is shown, leads to where it is mended, and goes when it is', async () => {
    await go('Credits')
    await window.click(window.button('Safe Injection Practices'))
    await window.click(window.button('More on this certificate'))
    await window.type(window.field('Name on the certificate'), 'Maria Reyes')
    await window.click(window.button('Save'))
    await window.reads('Saved: Safe Injection Practices.')
    await window.click(window.button('Close message'))
    await go('Transcript')
    await window.click(window.find('//summary[.//h3[normalize-space()="Another name on the certificate"]]'))
    await window.reads('It says “Maria Reyes”.')
    await window.click(window.button('Open your details'))
    await window.reads('Your details', 'h1')
    await window.type(window.field('Former names'), 'Maria Reyes')
    await window.click(window.button('Save your details'))
    await window.reads('Your details are saved.')
    await window.click(window.button('Close message'))
    await go('Transcript')
    await window.reads('No certificate attached')
    assert.doesNotMatch(await window.text(window.find('main')), /Another name on the certificate/)
  })

  test('a sheet is saved where the dialog says', async () => {
    const file = join(home, 'letter.pdf')
    await window.click(window.button('Save PDF… Letter for mail'))
    await choose('Save the sheet', file)
    await window.reads('Saved as letter.pdf')
    assert.match(await words(file), /Maria Delgado/)
  })

  test('the packet holds her certificates, as one file and as a folder, and says what it could not put in', async () => {
    await writeFile(join(home, 'broken.pdf'), '%PDF-1.4\n%%EOF\n')
    await go('Credits')
    await window.click(window.button('Safe Injection Practices'))
    await window.click(window.button('Choose a file…'))
    await choose('Attach files', join(home, 'broken.pdf'))
    await window.find('//button[@aria-label="Remove broken.pdf"]')
    const file = join(home, 'packet.pdf')
    await go('Transcript')
    await window.click(window.option('Which credits', 'All of them'))
    await window.click(window.button('Save packet…'))
    await choose('Save the packet', file)
    await window.reads('Saved as packet.pdf')
    await window.reads('1 file to know about')
    await window.reads('broken.pdf.')
    assert.equal((await readFile(file)).subarray(0, 5).toString(), '%PDF-')
    assert.match(await words(file), /A made-up certificate for trying out Recert/)
    await mkdir(join(home, 'upload'))
    await window.click(window.button('Save as a folder of files…'))
    await choose('Choose where the new folder goes', join(home, 'upload'))
    await window.reads('Saved as Recertification packet 2026-10-12')
    const files = await readdir(join(home, 'upload', 'Recertification packet 2026-10-12'))
    assert.ok(files.length > 1, files.join())
  })

  test('after quitting and starting again everything is there, the certificate byte for byte', async () => {
    await window.close()
    await start()
    await window.reads('You still need 7 points', 'h1')
    assert.deepEqual(await readdir(join(home, 'cache/org.recert.desktop/printed')).catch(() => []), [])
    await go('Credits')
    await window.reads('30 credits')
    await go('Your details')
    await window.reads('BLS Provider')
    await window.find('//button[@aria-label="Remove card.pdf"]')
    await go('Credits')
    await window.click(window.button('Safe Injection Practices'))
    await window.find('//button[@aria-label="Remove sample-certificate.pdf"]')
    const bytes = await readFile(certificate)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const original = join(home, 'record', 'originals', sha256.slice(0, 2), `${sha256}.pdf`)
    assert.deepEqual(await readFile(original), bytes)
  })

  test('the usual place of a record is left alone when another is named', async () => {
    await assert.rejects(stat(join(home, 'data', 'recert')), { code: 'ENOENT' })
  })
})

/** Each screen: its heading, and how it is reached from the one before. */
const screens = {
  overview: ['You still need 7 points', () => go('Overview')],
  credits: ['Credits', () => go('Credits')],
  credit: ['Safe Injection Practices', () => window.click(window.button('Safe Injection Practices'))],
  history: ['Safe Injection Practices', () => window.click(window.button('History'))],
  picture: [
    'Safe Injection Practices',
    () => window.click(window.button('Show larger: sample-certificate.pdf, page 1')),
  ],
  search: [
    'Credits',
    async () => {
      await window.click(window.button('Close'))
      await go('Credits')
      await window.type(window.field('Search'), 'certif')
      await window.find('mark')
    },
  ],
  trash: [
    'Credits',
    async () => {
      await go('Credits')
      await window.click(window.find(trash))
      await window.click(window.button('Empty the trash…'))
      await window.reads('Delete 1 removed credit?')
    },
  ],
  'new-credit': ['New credit', () => window.click(window.button('Keep it')).then(() => window.click(window.button('Add a credit')))],
  import: ['Import a spreadsheet', () => go('Credits').then(() => window.click(window.button('Import a spreadsheet')))],
  transcript: ['Transcript', () => go('Transcript')],
  preflight: [
    'Transcript',
    () => window.click(window.find('//summary[.//h3[normalize-space()="No certificate attached"]]')),
  ],
  printed: [
    'Transcript',
    () => window.click(window.button('Print…')).then(() => window.reads('Print it there.')).then(opened),
  ],
  pages: [
    'Transcript',
    async () => {
      await window.find('//img[starts-with(@alt, "Page 1")]')
      await window.click(window.button('Next page'))
      await window.find('//img[starts-with(@alt, "Page 2")]')
      await window.execute('document.querySelector("#pages-heading").scrollIntoView()')
      await window.find('//div[@role="radiogroup"]//img')
    },
  ],
  renewals: ['Renewals', () => go('Renewals').then(() => window.reads('Your present period'))],
  sending: [
    'Renewals',
    () => window.click(window.button('I sent my application…')).then(() => window.find('input[type="date"]')),
  ],
  backups: ['Backups', () => go('Backups').then(() => window.reads('Last backed up on'))],
  restore: [
    'Restore the backup of',
    () => window.click(window.find('button[aria-label^="Restore the backup of"]')),
  ],
  'move-out': [
    'Move to another computer',
    () => window.click(window.button('Back')).then(() => window.click(window.button('Move to another computer…'))),
  ],
  details: ['Your details', () => go('Your details')],
  delete: ['Delete everything', () => window.click(window.button('Delete everything…'))],
}

for (const [name, theme] of [['light', 'Adwaita'], ['dark', 'Adwaita:dark']]) {
  describe(`in the ${name} theme`, () => {
    before(async () => {
      await window.close()
      await start(theme)
      await window.reads('You still need', 'h1')
    })

    test(`the window is ${name}`, async () => {
      assert.equal(await window.execute('return matchMedia("(prefers-color-scheme: dark)").matches'), name === 'dark')
    })

    for (const [screen, [heading, reach]] of Object.entries(screens)) {
      test(`${screen} has no fault that axe can find`, async () => {
        await reach()
        await window.reads(heading, 'h1')
        await window.settle()
        if (pictures) {
          await mkdir(pictures, { recursive: true })
          await writeFile(join(pictures, `${screen}-${name}.png`), await window.screenshot())
        }
        assert.deepEqual(await faults(window), [])
      })
    }
  })
}
