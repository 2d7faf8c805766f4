import './styles/app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { screens } from './frame/screens';
import { START } from './state/archive.svelte';
import { HOME } from './state/router.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('the page has no #app');

// The code of where the program begins comes while the shell answers; what fails is told when it is shown.
for (const screen of screens)
  if (screen.routes.includes(HOME) || screen.routes.includes(START)) screen.load().catch(() => undefined);
mount(App, { target });
// From here on each part says itself when it waits.
target.removeAttribute('aria-busy');
