import '../styles/app.css';
import { mount } from 'svelte';
import { useTransport } from '../backend';
import Gallery from './Gallery.svelte';

// The gallery stands alone: nothing is asked of a core.
useTransport({
  call: () => Promise.resolve({ value: null, changed: [] }),
  command: (name) =>
    Promise.resolve(
      name === 'shell_state'
        ? {
            preferences: {
              actor: null,
              language: null,
              theme: 'system',
              density: 'regular',
              text: 'normal',
              print: { printer: null, sides: null },
              time_stamp_service: '',
            },
            recent: [],
            files: [],
            platform: 'linux',
            platform_theme: 'light',
            version: '0.0.0',
          }
        : null,
    ),
  listen: () => undefined,
});
const target = document.getElementById('app');
if (target) mount(Gallery, { target });
