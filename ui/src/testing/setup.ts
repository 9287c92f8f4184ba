// Each test begins with the page as index.html has it.
import { readFileSync } from 'node:fs';

import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';

const page = new DOMParser().parseFromString(readFileSync('index.html', 'utf8'), 'text/html');
document.documentElement.lang = page.documentElement.lang;
document.title = page.title;

// Testing Library unmounts by itself only where the test functions are global; here they are imported.
afterEach(() => cleanup());

// happy-dom knows `:checked` for inputs alone; Svelte asks a select for its checked option.
const query = HTMLSelectElement.prototype.querySelector;
HTMLSelectElement.prototype.querySelector = function (this: HTMLSelectElement, selector: string) {
  return selector === ':checked' ? this.selectedOptions[0] : query.call(this, selector);
} as typeof query;
