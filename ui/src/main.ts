import './styles/app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { preferences } from './state/preferences.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('the page has no #app');

// The choices come first, so that nothing is drawn twice; without a shell the usual ones hold.
await preferences.load().catch(() => undefined);
mount(App, { target });
// From here on each part says itself when it waits.
target.removeAttribute('aria-busy');
