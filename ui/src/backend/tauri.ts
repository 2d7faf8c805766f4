import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Reply, Transport } from './transport';

/** The way inside the desktop window. */
export const tauri: Transport = {
  call: (name, request) => invoke<Reply>('call', { name, request }),
  command: (name, given) => invoke(name, given),
  listen(event, told) {
    void listen(event, ({ payload }) => told(payload as never));
  },
};
