// Starts the window.
import { mount } from 'svelte';

import './app.css';
import App from './App.svelte';

// A sample record for looking at the screens in a browser; the branch is absent from every other build.
if (import.meta.env.MODE === 'fake') {
  const { installFake } = await import('./ipc/fake');
  const which = new URLSearchParams(location.search).get('fake');
  installFake({
    started: which !== 'start',
    second: which === 'second',
    ...(which === 'empty' && { credits: [] }),
    ...(which === 'checks' && { everyCheck: true, makersLocked: 1 }),
  });
}

const target = document.getElementById('app');
if (!target) throw new Error('invariant: index.html has #app');
mount(App, { target });
